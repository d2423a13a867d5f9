import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { PageHeader } from '~/components/layout/page-header';
import { TabLinks } from '~/components/list/tab-links';

/** The head that the ledger's lists share. */
export function LedgerHeader({ actions }: { actions?: ReactNode }) {
  const t = useTranslations('ledger');
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} actions={actions} />
      <TabLinks
        label={t('tabs.label')}
        tabs={[
          { href: '/ledger', label: t('tabs.accounts') },
          { href: '/ledger/transactions', label: t('tabs.transactions') },
          { href: '/ledger/trial-balance', label: t('tabs.trialBalance') },
          { href: '/ledger/polizas', label: t('tabs.polizas') },
        ]}
      />
    </>
  );
}
