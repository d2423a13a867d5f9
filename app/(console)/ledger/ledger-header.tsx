import { useTranslations } from 'next-intl';
import { PageHeader } from '~/components/page-header';
import { TabLinks } from '~/components/tab-links';

/** The head that the ledger's three lists share. */
export function LedgerHeader() {
  const t = useTranslations('ledger');
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} />
      <TabLinks
        label={t('tabs.label')}
        tabs={[
          { href: '/ledger', label: t('tabs.accounts') },
          { href: '/ledger/transactions', label: t('tabs.transactions') },
          { href: '/ledger/trial-balance', label: t('tabs.trialBalance') },
        ]}
      />
    </>
  );
}
