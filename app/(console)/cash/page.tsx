import { Landmark } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { getTranslations } from 'next-intl/server';
import { StopButton, StopWords } from '~/app/(console)/cash/stop-button';
import { PageHeader } from '~/components/layout/page-header';
import { type Column, DataTable } from '~/components/list/data-table';
import { EmptyState } from '~/components/list/empty-state';
import { Live } from '~/components/live/live';
import { AccountName } from '~/components/money/account-name';
import { Money } from '~/components/money/money';
import { Alert } from '~/components/ui/alert';
import { Badge } from '~/components/ui/badge';
import { type CashAccount, cashBoard } from '~/lib/cash/board';
import { followed } from '~/lib/live';
import type { Role } from '~/lib/roles';
import { requireHouse, requireOperator } from '~/lib/session';

export async function generateMetadata() {
  return { title: (await getTranslations('cash'))('title') };
}

/** Whether every account can pay what has to leave it, and the button that stops payouts. */
export default async function CashPage() {
  const operator = await requireOperator('console:read');
  requireHouse(operator);
  const live = await followed('cash');
  const [t, { accounts, stop }] = await Promise.all([getTranslations('cash'), cashBoard(operator)]);
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('description')}
        actions={stop ? null : <StopButton stop={null} operator={operator} />}
      />
      {stop ? (
        <Alert
          tone="danger"
          title={t('stopped.all')}
          className="mb-6"
          action={<StopButton stop={stop} operator={operator} />}
        >
          <StopWords stop={stop} />
        </Alert>
      ) : null}
      <Board accounts={accounts} operator={operator} />
      <Live {...live} />
    </>
  );
}

type BoardProps = { accounts: CashAccount[]; operator: { id: string; role: Role } };

function Board({ accounts, operator }: BoardProps) {
  const t = useTranslations('cash');
  return (
    <DataTable
      label={t('title')}
      rows={accounts}
      rowKey={({ id }) => id}
      filtered={false}
      wide
      empty={<EmptyState icon={Landmark} title={t('empty.title')} description={t('empty.description')} />}
      columns={[
        {
          key: 'account',
          header: t('columns.account'),
          cell: (account) => <AccountName account={account} leads />,
          className: 'sm:max-w-56',
        },
        amountColumn('cash', t('columns.cash')),
        amountColumn('inTransit', t('columns.inTransit'), 'lg'),
        countedColumn('going', t('columns.going')),
        countedColumn('asked', t('columns.asked')),
        {
          key: 'topUp',
          header: t('columns.topUp'),
          align: 'end',
          cell: ({ shortfall, topUp, asset }) =>
            topUp === 0n ? (
              <Badge tone="success">{t('covered')}</Badge>
            ) : (
              <Money
                amount={topUp}
                asset={asset}
                className={shortfall > 0n ? 'text-danger' : 'text-warning'}
              />
            ),
        },
        {
          key: 'tomorrow',
          header: t('columns.tomorrow'),
          cell: (account) => <Tomorrow account={account} />,
          className: 'sm:max-w-72 sm:whitespace-normal',
          hideBelow: 'xl',
        },
        {
          key: 'stop',
          header: t('columns.stop'),
          cell: ({ stop, ...account }) => (
            <span className="relative z-10 grid justify-items-start gap-1.5 py-1.5 max-sm:justify-items-end">
              {stop ? <Badge tone="danger">{t('stopped.one')}</Badge> : null}
              {stop ? (
                <span className="max-w-64 whitespace-normal text-xs">
                  <StopWords stop={stop} />
                </span>
              ) : null}
              <StopButton account={account} stop={stop} operator={operator} />
            </span>
          ),
          phone: 'end',
          phoneLabel: false,
        },
      ]}
    />
  );
}

function amountColumn(key: 'cash' | 'inTransit', header: string, hideBelow?: 'lg'): Column<CashAccount> {
  return {
    ...{ key, header, align: 'end' },
    cell: (account) => <Money amount={account[key]} asset={account.asset} />,
    ...(hideBelow && { hideBelow }),
  };
}

function countedColumn(key: 'going' | 'asked', header: string): Column<CashAccount> {
  return {
    ...{ key, header, align: 'end' },
    cell: (account) => <Counted amount={account[key]} count={account[`${key}Count`]} asset={account.asset} />,
  };
}

function Counted({ amount, count, asset }: { amount: bigint; count: number; asset: string }) {
  const t = useTranslations('cash');
  return (
    <span className="inline-grid justify-items-end py-1 leading-tight">
      <Money amount={amount} asset={asset} />
      {count > 0 ? <span className="text-muted-foreground text-xs">{t('count', { count })}</span> : null}
    </span>
  );
}

function Tomorrow({ account }: { account: CashAccount }) {
  const t = useTranslations('cash');
  const { sweep, funding, asset } = account;
  if (sweep === null || funding === null)
    return <span className="text-muted-foreground">{t('noSweep')}</span>;
  const money = (amount: bigint) => () => <Money amount={amount} asset={asset} className="font-medium" />;
  return (
    <span className="grid py-1 text-sm leading-snug">
      <span>{t.rich('sweep', { amount: money(sweep) })}</span>
      <span>{t.rich('funding', { amount: money(funding) })}</span>
    </span>
  );
}
