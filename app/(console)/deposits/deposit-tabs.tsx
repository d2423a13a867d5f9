import { getTranslations } from 'next-intl/server';
import { TabLinks } from '~/components/list/tab-links';
import { countDepositRequests } from '~/lib/deposits/requests-read';
import type { AssetTotal } from '~/lib/search/money';

/** The views of deposits, with how many wait. */
export async function DepositTabs({ waiting }: { waiting: readonly AssetTotal[] }) {
  const [t, requests] = await Promise.all([getTranslations('deposits'), countDepositRequests()]);
  const suspended = waiting.reduce((sum, total) => sum + total.count, 0);
  return (
    <TabLinks
      label={t('title')}
      tabs={[
        { href: '/deposits', label: <Counted label={t('tabs.suspense')} count={suspended} /> },
        { href: '/deposits/requests', label: <Counted label={t('tabs.requests')} count={requests} /> },
        { href: '/deposits/debts', label: t('tabs.debts') },
        { href: '/deposits/all', label: t('tabs.all') },
      ]}
    />
  );
}

function Counted({ label, count }: { label: string; count: number }) {
  return (
    <>
      {label}{' '}
      {count > 0 ? (
        <span className="rounded-md bg-warning-soft px-1.5 text-warning text-xs tabular-nums">{count}</span>
      ) : null}
    </>
  );
}
