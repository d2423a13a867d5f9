import { useTranslations } from 'next-intl';
import { Timestamp } from '~/components/record/timestamp';
import { Alert } from '~/components/ui/alert';
import { Link } from '~/components/ui/link';
import type { CustomerRow } from '~/lib/people/customers';
import { textOf } from '~/lib/people/masking';

/** That others are called the same, and what tells each apart: nobody acts on the wrong one. */
export function Namesakes({ others }: { others: readonly CustomerRow[] }) {
  const t = useTranslations('customers.namesakes');
  if (others.length === 0) return null;
  return (
    <Alert tone="warning" title={t('title', { count: others.length })} className="mb-5">
      <p>{t('text')}</p>
      <ul className="mt-1 flex flex-wrap gap-x-5 gap-y-1">
        {others.map(({ id, taxId, createdAt }) => (
          <li key={id}>
            <Link
              href={`/customers/${id}`}
              className="rounded-sm font-mono text-link hover:underline max-sm:py-2"
            >
              {textOf(taxId)}
            </Link>{' '}
            <span className="text-muted-foreground">
              {t.rich('since', { day: () => <Timestamp at={createdAt} format="date" /> })}
            </span>
          </li>
        ))}
      </ul>
    </Alert>
  );
}
