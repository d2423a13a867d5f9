import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { PageHeader } from '~/components/page-header';
import { TabLinks } from '~/components/tab-links';
import { can } from '~/lib/roles';
import { requireOperator } from '~/lib/session';

const FOR_READERS = ['operators', 'terms', 'approval', 'fintoc'] as const;

/** The tabs that the role may open; each page asks for its own permission. */
export default async function SettingsLayout({ children }: { children: ReactNode }) {
  const operator = await requireOperator('console:read');
  const t = await getTranslations('settings');
  const shown = can(operator.role, 'settings:read') ? FOR_READERS : [];
  return (
    <>
      <PageHeader title={t('title')} />
      <TabLinks
        label={t('tabs.label')}
        tabs={[...shown, 'preferences' as const].map((tab) => ({
          href: `/settings/${tab}`,
          label: t(`tabs.${tab}`),
        }))}
      />
      {children}
    </>
  );
}
