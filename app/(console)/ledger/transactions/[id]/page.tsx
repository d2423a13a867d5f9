import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { debitsOf } from '~/app/(console)/ledger/transactions/debits';
import { type Detail, DetailList } from '~/components/layout/detail-list';
import { PageHeader } from '~/components/layout/page-header';
import { Section } from '~/components/layout/section';
import { Journal } from '~/components/money/journal';
import { Money } from '~/components/money/money';
import { Duration } from '~/components/record/duration';
import { RecoveredBadge } from '~/components/record/event-marks';
import { Identifier } from '~/components/record/identifier';
import { StatusBadge } from '~/components/record/status-badge';
import { Timestamp } from '~/components/record/timestamp';
import { Card } from '~/components/ui/card';
import { Link } from '~/components/ui/link';
import { transactionLabel } from '~/components/words/action-label';
import { getLedgerTransactionPage, type LedgerTransactionRecord } from '~/lib/books/books';
import { saysCause } from '~/lib/ledger/cause';
import { orNotFound, requireOperator } from '~/lib/session';

export async function generateMetadata({ params }: PageProps<'/ledger/transactions/[id]'>) {
  const [t, { id }] = await Promise.all([getTranslations('ledger'), params]);
  return { title: t('transactions.one', { id }) };
}

export default async function LedgerTransactionPage({ params }: PageProps<'/ledger/transactions/[id]'>) {
  const operator = await requireOperator('console:read');
  const { id } = await params;
  if (!/^\d{1,18}$/.test(id)) notFound();
  const [t, kinds, transaction] = await Promise.all([
    getTranslations('ledger'),
    getTranslations('kinds'),
    orNotFound(getLedgerTransactionPage(operator, BigInt(id))),
  ]);
  const kind = transactionLabel(kinds, transaction.kind);
  return (
    <>
      <PageHeader
        breadcrumbs={[
          { label: t('title'), href: '/ledger' },
          { label: t('tabs.transactions'), href: '/ledger/transactions' },
        ]}
        title={kind}
        description={
          <span className="flex flex-wrap items-baseline gap-x-3">
            {t('transactions.one', { id })}
            {debitsOf(transaction.entries).map(({ asset, amount }) => (
              <Money key={asset} amount={amount} asset={asset} size="md" className="text-foreground" />
            ))}
          </span>
        }
      />
      <Section title={t('journal.title')} description={t('journal.hint')} flush>
        <Card>
          <Journal label={t('journal.title')} entries={transaction.entries} owners={transaction.owners} />
        </Card>
      </Section>
      <Section title={t('transactions.facts')}>
        <DetailList items={[...(await timesOf(transaction)), ...(await causesOf(transaction))]} />
      </Section>
    </>
  );
}

async function timesOf(transaction: LedgerTransactionRecord): Promise<Detail[]> {
  const { effectiveAt, postedAt } = transaction;
  const t = await getTranslations('ledger.transactions');
  const lagMs = postedAt.getTime() - effectiveAt.getTime();
  return [
    { label: t('source'), value: <Identifier value={saysCause(transaction)} /> },
    { label: t('effectiveAt'), value: <Timestamp at={effectiveAt} format="seconds" /> },
    {
      label: t('postedAt'),
      value: (
        <span className="flex flex-wrap gap-x-2">
          <Timestamp at={postedAt} format="seconds" />
          {lagMs > 0 ? (
            <span className="text-muted-foreground">
              {t.rich('later', { lag: () => <Duration ms={lagMs} /> })}
            </span>
          ) : null}
        </span>
      ),
    },
  ];
}

const LINK = 'rounded-sm text-link hover:underline max-sm:py-2';

async function causesOf({
  transfer,
  withdrawal,
  adjustment,
  event,
  operator,
  ...facts
}: LedgerTransactionRecord): Promise<Detail[]> {
  const t = await getTranslations('ledger.transactions');
  const inbound = transfer?.direction === 'inbound';
  return [
    ...(transfer
      ? [
          {
            label: t('transfer'),
            value: (
              <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
                {inbound ? (
                  <Link href={`/deposits/${transfer.id}`} className={`${LINK} font-mono`}>
                    {transfer.id}
                  </Link>
                ) : (
                  <Identifier value={transfer.id} />
                )}
                <StatusBadge kind="transfer" status={transfer.state} />
              </span>
            ),
          },
        ]
      : facts.transferId
        ? [{ label: t('transfer'), value: <Identifier value={facts.transferId} /> }]
        : []),
    ...(withdrawal
      ? [
          {
            label: t('withdrawal'),
            value: (
              <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
                <Link href={`/withdrawals/${withdrawal.id}`} className={LINK}>
                  {withdrawal.beneficiaryName ?? withdrawal.id}
                </Link>
                <StatusBadge kind="withdrawal" status={withdrawal.status} />
              </span>
            ),
          },
        ]
      : []),
    ...(adjustment
      ? [
          {
            label: t('adjustment'),
            value: (
              <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
                <Link href={`/adjustments/${adjustment.id}`} className={LINK}>
                  {adjustment.reason}
                </Link>
                <StatusBadge kind="adjustment" status={adjustment.status} />
              </span>
            ),
          },
        ]
      : []),
    ...(event
      ? [
          {
            label: t('event'),
            value: (
              <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
                <Link href={`/inbox/${event.id}`} className={`${LINK} font-mono`}>
                  {event.type}
                </Link>
                <StatusBadge kind="event" status={event.state} />
                {event.origin === 'poll' ? <RecoveredBadge /> : null}
              </span>
            ),
          },
        ]
      : []),
    ...(operator ? [{ label: t('operator'), value: operator.name }] : []),
    ...(facts.note ? [{ label: t('note'), value: facts.note }] : []),
  ];
}
