import { BookOpen } from 'lucide-react';
import { notFound } from 'next/navigation';
import { getFormatter, getTranslations } from 'next-intl/server';
import { type Detail, DetailList } from '~/components/layout/detail-list';
import { PageHeader } from '~/components/layout/page-header';
import { Section } from '~/components/layout/section';
import { DataTable } from '~/components/list/data-table';
import { EmptyState } from '~/components/list/empty-state';
import { LookBackBar, lookBackQuery } from '~/components/list/look-back';
import { type LookBack, readLookBack } from '~/components/list/look-back-params';
import { Pager } from '~/components/list/pager';
import { listAsRead } from '~/components/list/read-address';
import { Live } from '~/components/live/live';
import { BookedTime, bookedTimes } from '~/components/money/booked-time';
import { Money } from '~/components/money/money';
import { Identifier } from '~/components/record/identifier';
import { Timestamp } from '~/components/record/timestamp';
import { Link } from '~/components/ui/link';
import { to } from '~/components/ui/to';
import { transactionLabel } from '~/components/words/action-label';
import { getWalletName } from '~/components/words/get-wallet-name';
import { momentWords } from '~/components/words/moment-words';
import { getLedgerAccountPage, type LedgerAccountRecord } from '~/lib/books/books';
import { type ExplainedEntry, explainLedgerAccount } from '~/lib/books/explain';
import { saysCause } from '~/lib/ledger/cause';
import { balancesAt } from '~/lib/ledger/history';
import { followed } from '~/lib/live';
import { orNotFound, requireOperator } from '~/lib/session';

export async function generateMetadata() {
  return { title: (await getTranslations('ledger'))('account.title') };
}

export default async function LedgerAccountPage({
  params,
  searchParams,
}: PageProps<'/ledger/accounts/[id]'>) {
  const operator = await requireOperator('console:read');
  const { id } = await params;
  if (!/^\d{1,18}$/.test(id)) notFound();
  const { look, ...read } = readLookBack(await searchParams, operator.timeZone);
  const live = await followed('movements');
  const [t, kinds, account, { items, nextCursor }] = await Promise.all([
    getTranslations('ledger'),
    getTranslations('kinds'),
    orNotFound(getLedgerAccountPage(BigInt(id))),
    orNotFound(
      listAsRead(read, ({ cursor }) =>
        explainLedgerAccount(operator, { accountId: BigInt(id), at: look.at, cursor }),
      ),
    ),
  ]);
  const times = bookedTimes(items);
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: t('title'), href: '/ledger' }]}
        title={t(`groups.${account.group}`)}
        description={account.owner ? (await getWalletName())(account.owner) : undefined}
      />
      <LookBackBar look={look} read={read} />
      <Facts account={account} past={await pastOf(account, look)} />
      <Section
        title={t('account.entries')}
        description={t(look.at ? 'account.entriesHintThen' : 'account.entriesHint')}
        flush
      >
        <DataTable
          label={t('account.entries')}
          rows={items}
          rowKey={({ sequence }) => String(sequence)}
          rowHref={({ transactionId }) => to(`/ledger/transactions/${transactionId}`)}
          empty={<EmptyState icon={BookOpen} title={t('account.empty')} />}
          columns={[
            {
              key: 'kind',
              header: t('transactions.kind'),
              cell: ({ transaction }) => transactionLabel(kinds, transaction.kind),
            },
            {
              key: 'sequence',
              header: t('account.sequence'),
              cell: ({ sequence }) => (
                <span className="text-muted-foreground tabular-nums">{String(sequence)}</span>
              ),
              phone: 'hide',
            },
            {
              key: 'effective',
              header: t('transactions.effective'),
              cell: (entry) => <BookedTime {...times(entry)} seconds />,
            },
            {
              key: 'cause',
              header: t('account.cause'),
              cell: (entry) => <Cause entry={entry} />,
              className: 'text-muted-foreground sm:max-w-72',
              phone: 'hide',
              hideBelow: 'lg',
            },
            {
              key: 'debit',
              header: t('sides.debitColumn'),
              align: 'end',
              phoneLabel: false,
              cell: ({ amount, asset }) => <Change amount={amount} asset={asset} />,
            },
            {
              key: 'credit',
              header: t('sides.creditColumn'),
              align: 'end',
              cell: ({ amount, asset }) => (amount < 0n ? <Money amount={-amount} asset={asset} /> : null),
              phone: 'hide',
            },
            {
              key: 'balance',
              header: t('account.balanceAfter'),
              align: 'end',
              phoneLabel: false,
              cell: ({ balanceAfter, asset }) => (
                <Money amount={balanceAfter} asset={asset} className="text-muted-foreground" />
              ),
            },
          ]}
        />
        <Pager nextCursor={nextCursor} count={items.length} />
      </Section>
      <Live {...live} />
    </>
  );
}

/** The people behind an entry, else Fintoc's word of it, else what we call its cause. */
async function Cause({ entry: { cause, transaction } }: { entry: ExplainedEntry }) {
  const t = await getTranslations('ledger.account');
  const requester = cause.withdrawal?.requestedBy ?? cause.adjustment?.requestedBy ?? cause.operator;
  const approver = cause.withdrawal?.approvedBy ?? cause.adjustment?.decidedBy;
  const people =
    requester &&
    (approver ? t('approvedBy', { requester, approver }) : t('requestedBy', { name: requester }));
  return (
    <span className="grid min-w-0 leading-tight">
      {people ? <span className="truncate">{people}</span> : null}
      <Identifier value={cause.event?.type ?? saysCause(transaction)} copy={false} />
    </span>
  );
}

/** The debit, if it is one. A phone has one column for both, so there it says which. */
async function Change({ amount, asset }: { amount: bigint; asset: string }) {
  const t = await getTranslations('ledger.sides');
  const isDebit = amount > 0n;
  return (
    <span className={isDebit ? undefined : 'sm:hidden'}>
      <span className="text-muted-foreground text-xs sm:hidden">
        {t(isDebit ? 'debitColumn' : 'creditColumn')}{' '}
      </span>
      <Money amount={isDebit ? amount : -amount} asset={asset} />
    </span>
  );
}

/** The account's balance at the moments that are looked at, and what came between. */
async function pastOf({ id, asset, balance }: LedgerAccountRecord, look: LookBack): Promise<Detail[]> {
  const { at, compared, words } = look;
  const [t, moments] = [await getTranslations('common.moment'), momentWords(await getFormatter())];
  const of = async (moment: LookBack['at']) => moment && (await balancesAt([id], moment)).get(id);
  const [then, before] = await Promise.all([of(at), of(compared)]);
  // Each leads to the entries that make it.
  const line = (amount: bigint, label: string, which: 'at' | 'compared') => ({
    label,
    value: (
      <Link
        href={`/ledger/accounts/${id}${lookBackQuery(look, which).replace('&', '?')}`}
        className="rounded-sm decoration-1 decoration-muted-foreground underline-offset-4 hover:underline"
      >
        <Money amount={amount} asset={asset} />
      </Link>
    ),
  });
  return [
    ...(then === undefined ? [] : [line(then, t('balanceAt', { moment: moments(words.at) ?? '' }), 'at')]),
    ...(before === undefined
      ? []
      : [
          line(before, t('balanceAt', { moment: moments(words.compared) ?? '' }), 'compared'),
          {
            label: t('change'),
            value: <Money amount={(then ?? balance) - before} asset={asset} signed />,
          },
        ]),
  ];
}

async function Facts({ account, past }: { account: LedgerAccountRecord; past: Detail[] }) {
  const [t, nameOf] = await Promise.all([getTranslations('ledger'), getWalletName()]);
  const { owner, balance, asset, side, sequence, code, createdAt, nonNegative } = account;
  return (
    <Section title={t('account.facts')}>
      <DetailList
        columns={2}
        items={[
          {
            label: t('accounts.balance'),
            value: <Money amount={balance} asset={asset} className="font-semibold" />,
          },
          ...past,
          { label: t('accounts.side'), value: t(`sides.${side}`) },
          { label: t('account.count'), value: <span className="tabular-nums">{String(sequence)}</span> },
          { label: t('account.limit'), value: t(nonNegative ? 'account.nonNegative' : 'account.anySign') },
          { label: t('accounts.code'), value: <Identifier value={code} /> },
          { label: t('account.since'), value: <Timestamp at={createdAt} /> },
          ...(owner?.kind === 'wallet'
            ? [
                {
                  label: t('accounts.owner'),
                  value: (
                    <Link
                      href={`/wallets/${owner.id}`}
                      className="rounded-sm text-link hover:underline max-sm:py-2"
                    >
                      {nameOf(owner)}
                    </Link>
                  ),
                },
              ]
            : []),
        ]}
      />
    </Section>
  );
}
