import { Plus, UserCog } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { getTranslations } from 'next-intl/server';
import { PERMISSION_GROUPS, wordKey } from '~/app/(console)/settings/roles/permission-groups';
import { RoleMatrix } from '~/app/(console)/settings/roles/role-matrix';
import { Section } from '~/components/layout/section';
import { WaitsBadge } from '~/components/layout/waits-badge';
import { DataTable } from '~/components/list/data-table';
import { EmptyState } from '~/components/list/empty-state';
import { Badge } from '~/components/ui/badge';
import { Button } from '~/components/ui/button';
import { Link } from '~/components/ui/link';
import { to } from '~/components/ui/to';
import { waitingAbout } from '~/lib/approvals/read';
import { listRoles, type RoleRow } from '~/lib/people/custom-roles';
import { can } from '~/lib/roles';
import { requireOperator } from '~/lib/session';

export async function generateMetadata() {
  return { title: (await getTranslations('roles'))('title') };
}

/** The roles that people made, and what the built-in ones let people do. */
export default async function RolesPage() {
  const me = await requireOperator('settings:read');
  const [t, roles, waiting] = await Promise.all([
    getTranslations('roles'),
    listRoles(me),
    waitingAbout(me, 'role'),
  ]);
  const writer = can(me.role, 'operators:write');
  const isNewWaiting = [...waiting.keys()].some((id) => roles.every((role) => role.id !== id));
  return (
    <>
      <Section
        title={t('title')}
        description={t('description')}
        actions={
          <>
            {isNewWaiting ? <WaitsBadge /> : null}
            {writer ? (
              <Button asChild variant="primary">
                <Link href="/settings/roles/new">
                  <Plus aria-hidden />
                  {t('new')}
                </Link>
              </Button>
            ) : null}
          </>
        }
        flush
      >
        <DataTable
          label={t('title')}
          rows={roles}
          rowKey={({ id }) => id}
          {...(writer && { rowHref: ({ id }: RoleRow) => to(`/settings/roles/${id}`) })}
          empty={<EmptyState icon={UserCog} title={t('none.title')} description={t('none.description')} />}
          columns={[
            {
              key: 'name',
              header: t('name'),
              className: 'sm:w-1/4 sm:max-w-0',
              cell: ({ id, name, portfolioIds }) => (
                <span className="flex min-w-0 items-center gap-2 font-medium">
                  <span title={name} className="block min-w-0 truncate">
                    {name}
                  </span>
                  {portfolioIds.length > 0 ? (
                    <Badge>{t('scope.of', { count: portfolioIds.length })}</Badge>
                  ) : null}
                  {waiting.has(id) ? <WaitsBadge /> : null}
                </span>
              ),
            },
            {
              key: 'permissions',
              header: t('may'),
              className: 'max-sm:col-span-2 sm:whitespace-normal',
              cell: (role) => <May role={role} />,
            },
            {
              key: 'people',
              header: t('people'),
              className: 'sm:text-right',
              phoneLabel: true,
              cell: ({ people }) => <span className="tabular-nums">{people}</span>,
            },
          ]}
        />
      </Section>
      <Section title={t('builtIn')} description={t('builtInHint')} flush>
        <RoleMatrix />
      </Section>
    </>
  );
}

function May({ role }: { role: RoleRow }) {
  const t = useTranslations('roles');
  const words = PERMISSION_GROUPS.flatMap(({ permissions }) =>
    permissions.filter((permission) => can(role, permission)),
  ).map((permission) => t(`permissions.${wordKey(permission)}`));
  return (
    <span className="text-muted-foreground">{words.length > 0 ? words.join(' · ') : t('readOnly')}</span>
  );
}
