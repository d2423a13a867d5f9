import { getTranslations } from 'next-intl/server';
import { Standing } from '~/app/(console)/inbox/standing';
import { Section } from '~/components/layout/section';
import { Journal } from '~/components/money/journal';
import { Card } from '~/components/ui/card';
import { Link } from '~/components/ui/link';
import { transactionLabel } from '~/components/words/action-label';
import { ownersOf } from '~/lib/books/books';
import type { EventRecord } from '~/lib/inbox/read';

/** What the event put into the books; one that only repeated what stood there already put in nothing. */
export async function EventPostings({ event }: { event: EventRecord }) {
  const { transactions, standing, state } = event;
  const [t, kinds, owners] = await Promise.all([
    getTranslations('inbox.postings'),
    getTranslations('kinds'),
    ownersOf(transactions.flatMap(({ entries }) => entries.map(({ account }) => account))),
  ]);
  if (transactions.length === 0) {
    return (
      <Section title={t('title')}>
        <div className="grid gap-3">
          <p className="text-muted-foreground text-sm">{t(state === 'processed' ? 'nothingNew' : 'none')}</p>
          <Standing title={t('standing')} transactions={standing} />
        </div>
      </Section>
    );
  }
  return (
    <Section title={t('title')} description={t('hint')} flush>
      <div className="grid gap-3">
        {transactions.map((transaction) => (
          <Card key={String(transaction.id)}>
            <h3 className="border-b px-4 py-2.5 font-medium text-sm">
              <Link
                href={`/ledger/transactions/${transaction.id}`}
                className="rounded-sm hover:text-link hover:underline max-sm:py-2"
              >
                {transactionLabel(kinds, transaction.kind)}{' '}
                <span className="font-normal text-muted-foreground">
                  {t('number', { id: String(transaction.id) })}
                </span>
              </Link>
            </h3>
            <Journal
              label={transactionLabel(kinds, transaction.kind)}
              entries={transaction.entries}
              owners={owners}
            />
          </Card>
        ))}
        <Standing title={t('standing')} transactions={standing} />
      </div>
    </Section>
  );
}
