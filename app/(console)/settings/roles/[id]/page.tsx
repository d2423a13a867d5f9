import { getTranslations } from 'next-intl/server';
import { removeRoleAction } from '~/app/(console)/settings/roles/actions';
import { RoleForm } from '~/app/(console)/settings/roles/role-form';
import { ConfirmDialog } from '~/components/form/confirm-dialog';
import { Way } from '~/components/layout/page-header';
import { Section } from '~/components/layout/section';
import { getRole } from '~/lib/people/custom-roles';
import { portfoliosNamed } from '~/lib/people/portfolios';
import { orNotFound, requireOperator } from '~/lib/session';

export async function generateMetadata() {
  return { title: (await getTranslations('roles'))('change') };
}

/** A role that people made, to let people do more or less by it. */
export default async function RolePage({ params }: PageProps<'/settings/roles/[id]'>) {
  const me = await requireOperator('operators:write');
  const [t, role] = await Promise.all([getTranslations('roles'), orNotFound(getRole(me, (await params).id))]);
  const { id, name, people } = role;
  const portfolios = (await portfoliosNamed(me, role.portfolioIds)).map(({ customer, ...each }) => ({
    ...{ id: each.id, name: `${each.name} · ${customer}` },
  }));
  return (
    <>
      <Way breadcrumbs={[{ label: t('title'), href: '/settings/roles' }]} here={name} />
      <Section
        title={name}
        description={t('changeHint', { people })}
        className="max-w-4xl"
        actions={
          people === 0 ? (
            <ConfirmDialog
              act="remove_role"
              action={removeRoleAction}
              hidden={{ id }}
              trigger={t('remove')}
              title={t('removeTitle', { name })}
              consequence={t('removeHint')}
              confirm={t('remove')}
              danger
              success={t('removed')}
            />
          ) : null
        }
      >
        <RoleForm role={role} portfolios={portfolios} own={me.role} />
      </Section>
    </>
  );
}
