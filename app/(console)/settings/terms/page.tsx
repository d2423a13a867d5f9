import { Plus, Scale } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { Section } from '~/components/layout/section';
import { DataTable } from '~/components/list/data-table';
import { EmptyState } from '~/components/list/empty-state';
import { Money } from '~/components/money/money';
import { Button } from '~/components/ui/button';
import { Link } from '~/components/ui/link';
import { to } from '~/components/ui/to';
import { can } from '~/lib/roles';
import { requireOperator } from '~/lib/session';
import { listTerms } from '~/lib/terms/terms';

export async function generateMetadata() {
  return { title: (await getTranslations('settings.terms'))('title') };
}

export default async function TermsPage() {
  const operator = await requireOperator('settings:read');
  const [t, terms] = await Promise.all([getTranslations('settings.terms'), listTerms()]);
  const create = can(operator.role, 'settings:write') ? (
    <Button asChild variant="primary">
      <Link href="/settings/terms/new">
        <Plus aria-hidden />
        {t('new')}
      </Link>
    </Button>
  ) : null;
  const limit = (amount: bigint | null, asset: string) =>
    amount === null ? (
      <span className="text-muted-foreground">{t('noLimit')}</span>
    ) : (
      <Money amount={amount} asset={asset} />
    );
  const fee = ({ withdrawalFeeAmount, withdrawalFeeBps, asset }: (typeof terms)[number]) => {
    if (withdrawalFeeAmount === 0n && withdrawalFeeBps === 0)
      return <span className="text-muted-foreground">{t('noFee')}</span>;
    const part = withdrawalFeeBps > 0 ? t('part', { percent: withdrawalFeeBps / 100 }) : null;
    if (withdrawalFeeAmount === 0n) return part;
    return (
      <>
        <Money amount={withdrawalFeeAmount} asset={asset} />
        {part ? ` + ${part}` : null}
      </>
    );
  };
  const switched = (isOn: boolean) =>
    isOn ? t('on') : <span className="text-muted-foreground">{t('off')}</span>;
  return (
    <Section title={t('title')} description={t('description')} actions={create} flush>
      <DataTable
        label={t('title')}
        rows={terms}
        rowKey={({ id }) => id}
        rowHref={({ id }) => to(`/settings/terms/${id}`)}
        empty={<EmptyState icon={Scale} title={t('empty.title')} description={t('empty.description')} />}
        columns={[
          { key: 'name', header: t('columns.name'), cell: ({ name }) => name },
          { key: 'asset', header: t('columns.asset'), cell: ({ asset }) => asset },
          {
            key: 'version',
            header: t('columns.version'),
            align: 'end',
            cell: ({ version }) => <span className="tabular-nums">{version}</span>,
          },
          {
            key: 'deposits',
            header: t('columns.deposits'),
            hideBelow: 'md',
            cell: ({ depositsEnabled }) => switched(depositsEnabled),
          },
          {
            key: 'withdrawals',
            header: t('columns.withdrawals'),
            hideBelow: 'md',
            cell: ({ withdrawalsEnabled }) => switched(withdrawalsEnabled),
          },
          {
            key: 'max',
            header: t('columns.max'),
            align: 'end',
            cell: ({ withdrawalMaxAmount, asset }) => limit(withdrawalMaxAmount, asset),
          },
          {
            key: 'day',
            header: t('columns.day'),
            align: 'end',
            hideBelow: 'lg',
            phone: 'hide',
            cell: ({ withdrawalDayAmount, asset }) => limit(withdrawalDayAmount, asset),
          },
          {
            key: 'fees',
            header: t('columns.fees'),
            align: 'end',
            hideBelow: 'lg',
            phone: 'hide',
            cell: fee,
          },
          {
            key: 'wallets',
            header: t('columns.wallets'),
            align: 'end',
            cell: ({ _count }) => <span className="tabular-nums">{_count.wallets}</span>,
          },
        ]}
      />
    </Section>
  );
}
