import type { Route } from 'next';
import { getTranslations } from 'next-intl/server';
import { PeekFrame, PeekGone, PeekSection } from '~/components/list/peek/peek-frame';
import { Moved, TransactionFacts, TransactionJournal } from '~/components/money/transaction';
import { transactionLabel } from '~/components/words/action-label';
import { getLedgerTransactionPage } from '~/lib/books/books';
import { type Operator, orNone } from '~/lib/session';

type MovementPeekProps = {
  /** The ledger transaction that the movement is a line of. */
  transactionId: string;
  /** Where its row leads. */
  page: Route;
  operator: Operator;
};

/** What made one movement, beside the list: both sides of it, when, and what caused it. */
export async function MovementPeek({ transactionId, page, operator }: MovementPeekProps) {
  const [t, kinds, transaction] = await Promise.all([
    getTranslations('ledger'),
    getTranslations('kinds'),
    /^\d{1,18}$/.test(transactionId)
      ? orNone(getLedgerTransactionPage(operator, BigInt(transactionId)))
      : null,
  ]);
  if (!transaction) return <PeekGone />;
  return (
    <PeekFrame
      title={transactionLabel(kinds, transaction.kind)}
      description={
        <span className="flex flex-wrap items-baseline gap-x-3">
          {t('transactions.one', { id: transactionId })}
          <Moved entries={transaction.entries} />
        </span>
      }
      page={page}
    >
      <PeekSection title={t('transactions.facts')}>
        <TransactionFacts transaction={transaction} />
      </PeekSection>
      <PeekSection title={t('journal.title')}>
        <TransactionJournal transaction={transaction} />
      </PeekSection>
    </PeekFrame>
  );
}
