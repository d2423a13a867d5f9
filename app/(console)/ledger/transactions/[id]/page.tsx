import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { PageHeader } from '~/components/layout/page-header';
import { Section } from '~/components/layout/section';
import { Moved, TransactionFacts, TransactionJournal } from '~/components/money/transaction';
import { transactionLabel } from '~/components/words/action-label';
import { getLedgerTransactionPage } from '~/lib/books/books';
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
            <Moved entries={transaction.entries} />
          </span>
        }
      />
      <Section title={t('journal.title')} description={t('journal.hint')} flush>
        <TransactionJournal transaction={transaction} />
      </Section>
      <Section title={t('transactions.facts')}>
        <TransactionFacts transaction={transaction} />
      </Section>
    </>
  );
}
