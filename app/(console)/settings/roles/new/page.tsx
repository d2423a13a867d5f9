import { getTranslations } from 'next-intl/server';
import { RoleForm } from '~/app/(console)/settings/roles/role-form';
import { Way } from '~/components/layout/page-header';
import { Section } from '~/components/layout/section';
import { requireOperator } from '~/lib/session';

export async function generateMetadata() {
  return { title: (await getTranslations('roles'))('newTitle') };
}

export default async function NewRolePage() {
  const me = await requireOperator('operators:write');
  const t = await getTranslations('roles');
  return (
    <>
      <Way breadcrumbs={[{ label: t('title'), href: '/settings/roles' }]} here={t('newTitle')} />
      <Section title={t('newTitle')} description={t('newHint')} className="max-w-4xl">
        <RoleForm own={me.role} />
      </Section>
    </>
  );
}
