import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { PageHeader } from '~/components/layout/page-header';
import { TabLinks } from '~/components/list/tab-links';
import { to } from '~/components/ui/to';
import { can, type Permission } from '~/lib/roles';
import { requireOperator } from '~/lib/session';

const TABS = [
  ['start', 'settings:read'],
  ['operators', 'settings:read'],
  ['guests', 'settings:read'],
  ['terms', 'settings:read'],
  ['assets', 'settings:read'],
  ['rules', 'settings:read'],
  ['beneficiaries', 'people:read'],
  ['cases', 'settings:read'],
  ['accounting', 'settings:read'],
  ['platform', 'settings:read'],
  ['fintoc', 'settings:read'],
  ['keys', 'settings:read'],
  ['webhooks', 'settings:read'],
  ['alarms', 'settings:read'],
  ['health', 'settings:read'],
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
          href: to(`/settings/${tab}`),
          label: t(`tabs.${tab}`),
        }))}
      />
      {children}
    </>
  );
}
