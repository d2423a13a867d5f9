import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { SettingsTabs } from '~/app/(console)/settings/settings-tabs';
import { PageHeader } from '~/components/layout/page-header';
import { to } from '~/components/ui/to';
import { can, type Permission } from '~/lib/roles';
import { requireOperator } from '~/lib/session';

/** By what they are about: more tabs than these fit on no screen. */
const GROUPS = {
  start: [['start', 'settings:read']],
  people: [
    ['operators', 'settings:read'],
    ['roles', 'settings:read'],
    ['guests', 'settings:read'],
  ],
  money: [
    ['terms', 'settings:read'],
    ['assets', 'settings:read'],
    ['rules', 'settings:read'],
    ['beneficiaries', 'people:read'],
    ['cases', 'settings:read'],
  ],
  books: [
    ['accounting', 'settings:read'],
    ['platform', 'settings:read'],
  ],
  connections: [
    ['fintoc', 'settings:read'],
    ['keys', 'settings:read'],
    ['webhooks', 'settings:read'],
  ],
  watch: [
    ['alarms', 'settings:read'],
    ['health', 'settings:read'],
  ],
  own: [['preferences', 'console:read']],
} as const satisfies Record<string, readonly [string, Permission][]>;

const GROUP_NAMES = Object.keys(GROUPS) as (keyof typeof GROUPS)[];

/** The sections that the role may open; each page asks for its own permission. */
export default async function SettingsLayout({ children }: { children: ReactNode }) {
  const operator = await requireOperator('console:read');
  const t = await getTranslations('settings');
  const groups = GROUP_NAMES.map((group) => ({
    label: t(`groups.${group}`),
    tabs: GROUPS[group]
      .filter(([, permission]) => can(operator.role, permission))
      .map(([tab]) => ({ href: to(`/settings/${tab}`), label: t(`tabs.${tab}`) })),
  }));
  return (
    <>
      <PageHeader title={t('title')} />
      <SettingsTabs
        label={t('tabs.label')}
        groups={groups.flatMap(({ label, tabs }) => (tabs.length > 0 ? [{ label, tabs }] : []))}
      />
      {children}
    </>
  );
}
