import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { PageHeader } from '~/components/page-header';
import { TabLinks } from '~/components/tab-links';
import { can, type Permission } from '~/lib/roles';
import { requireOperator } from '~/lib/session';

const TABS = [
  ['operators', 'settings:read'],
  ['terms', 'settings:read'],
  ['assets', 'settings:read'],
  ['approval', 'settings:read'],
  ['beneficiaries', 'people:read'],
  ['fintoc', 'settings:read'],
  ['alarms', 'settings:read'],
  ['preferences', 'console:read'],
] as const satisfies [string, Permission][];

/** The tabs that the role may open; each page asks for its own permission. */
export default async function SettingsLayout({ children }: { children: ReactNode }) {
  const operator = await requireOperator('console:read');
  const t = await getTranslations('settings');
  return (
    <>
      <PageHeader title={t('title')} />
      <TabLinks
        label={t('tabs.label')}
        tabs={TABS.filter(([, permission]) => can(operator.role, permission)).map(([tab]) => ({
          href: `/settings/${tab}`,
          label: t(`tabs.${tab}`),
        }))}
      />
      {children}
    </>
  );
}
