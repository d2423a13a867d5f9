import { useTranslations } from 'next-intl';
import { Section } from '~/components/layout/section';
import { StatusBadge } from '~/components/record/status-badge';
import { Timestamp } from '~/components/record/timestamp';
import { Link } from '~/components/ui/link';
import type { CaseRow } from '~/lib/cases/read';

/** The latest cases about a customer or a payment of theirs: what each is about, whose it is and how it stands. */
export function CustomerCases({ cases }: { cases: readonly CaseRow[] }) {
  const t = useTranslations('cases');
  if (cases.length === 0) return null;
  return (
    <Section title={t('title')}>
      <ul className="-my-2 divide-y">
        {cases.map(({ id, type, state, owner, openedAt }) => (
          <li key={id} className="grid gap-0.5 py-2 text-sm">
            <span className="flex flex-wrap items-center justify-between gap-2">
              <Link
                href={`/cases/${id}`}
                className="rounded-sm font-medium hover:text-link hover:underline max-sm:py-2"
              >
                {t(`types.${type}`)}
              </Link>
              <StatusBadge kind="case" status={state} />
            </span>
            <span className="text-muted-foreground text-xs">
              {owner ? `${owner.name} · ` : null}
              <Timestamp at={openedAt} />
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
