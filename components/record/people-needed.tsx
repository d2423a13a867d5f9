import { useFormatter, useTranslations } from 'next-intl';
import { Alert } from '~/components/ui/alert';
import type { PeopleOn } from '~/lib/approvals/read';

/** How many people have to approve what waits, and who did; nothing where one is enough. */
export function PeopleNeeded({ people }: { people: PeopleOn | null }) {
  const t = useTranslations('approvals.people');
  const roles = useTranslations('kinds.role');
  const formatter = useFormatter();
  if (!people) return null;
  const { needed, approved, nextRole } = people;
  return (
    <Alert tone="info" className="mb-5" title={t('needed', { count: needed })}>
      {approved.length > 0
        ? t('approved', { names: formatter.list(approved, { type: 'conjunction' }), count: approved.length })
        : t('nobody')}
      {nextRole ? ` ${t('next', { role: roles(nextRole) })}` : null}
    </Alert>
  );
}
