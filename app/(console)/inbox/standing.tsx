import { useTranslations } from 'next-intl';
import { Timestamp } from '~/components/record/timestamp';
import { Link } from '~/components/ui/link';
import { transactionLabel } from '~/components/words/action-label';

type StandingProps = {
  title: string;
  transactions: readonly { id: bigint; kind: string; postedAt: Date; eventId: string | null }[];
};

/** What stands in the books of the same object already, each leading to its ledger transaction. */
export function Standing({ title, transactions }: StandingProps) {
  const t = useTranslations('inbox.postings');
  const kinds = useTranslations('kinds');
  if (transactions.length === 0) return null;
  return (
    <div className="grid gap-1 text-sm">
      <h3 className="text-muted-foreground">{title}</h3>
      <ul className="grid gap-1">
        {transactions.map(({ id, kind, postedAt }) => (
          <li key={String(id)} className="flex flex-wrap items-baseline gap-x-2">
            <Link
              href={`/ledger/transactions/${id}`}
              className="rounded-sm text-link hover:underline max-sm:py-2"
            >
              {transactionLabel(kinds, kind)} {t('number', { id: String(id) })}
            </Link>
            <Timestamp at={postedAt} format="seconds" className="text-muted-foreground text-xs" />
          </li>
        ))}
      </ul>
    </div>
  );
}
