import { Check } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { PERMISSION_GROUPS, wordKey } from '~/app/(console)/settings/roles/permission-groups';
import { type Column, DataTable } from '~/components/list/data-table';
import { can, type Permission, ROLES } from '~/lib/roles';

/** Who may what by the built-in roles: the table that the server asks. */
export function RoleMatrix() {
  const t = useTranslations('roles');
  const roles = useTranslations('kinds.role');
  const columns: Column<Permission>[] = [
    {
      key: 'permission',
      header: t('may'),
      className: 'max-sm:col-span-2 max-sm:font-medium sm:whitespace-normal',
      cell: (permission) => t(`permissions.${wordKey(permission)}`),
    },
    ...ROLES.map(
      (role): Column<Permission> => ({
        key: role,
        header: roles(role),
        className: 'sm:text-center',
        phoneLabel: true,
        cell: (permission) => <Mark may={can(role, permission)} />,
      }),
    ),
  ];
  return (
    <DataTable
      label={t('builtIn')}
      rows={PERMISSION_GROUPS.flatMap(({ permissions }) => permissions)}
      rowKey={(permission) => permission}
      columns={columns}
    />
  );
}

function Mark({ may }: { may: boolean }) {
  const t = useTranslations('roles');
  return may ? (
    <>
      <Check aria-hidden className="inline size-4 text-success" />
      <span className="sr-only">{t('yes')}</span>
    </>
  ) : (
    <span className="text-muted-foreground">
      <span aria-hidden>—</span>
      <span className="sr-only">{t('no')}</span>
    </span>
  );
}
