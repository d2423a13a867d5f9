import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { TabLinks } from '~/components/list/tab-links';
import { approvalTotals, countInFlight } from '~/lib/withdrawals/waiting';

/** The views of withdrawals, with how many wait in the two that empty themselves. */
export async function WithdrawalTabs() {
  const [t, totals, inFlight] = await Promise.all([
    getTranslations('withdrawals'),
    approvalTotals(),
    countInFlight(),
  ]);
  const waiting = totals.reduce((sum, { count }) => sum + count, 0);
  return (
    <TabLinks
      label={t('title')}
      tabs={[
        { href: '/withdrawals', label: <Counted count={waiting}>{t('tabs.approval')}</Counted> },
        { href: '/withdrawals/in-flight', label: <Counted count={inFlight}>{t('tabs.inFlight')}</Counted> },
        { href: '/withdrawals/failed', label: t('tabs.failed') },
        { href: '/withdrawals/all', label: t('tabs.all') },
        { href: '/withdrawals/scheduled', label: t('tabs.scheduled') },
        { href: '/withdrawals/batches', label: t('tabs.batches') },
      ]}
    />
  );
}

function Counted({ count, children }: { count: number; children: ReactNode }) {
  if (count === 0) return children;
  return (
    <>
      {children}{' '}
      <span className="rounded-md bg-neutral-soft px-1.5 text-neutral text-xs tabular-nums">{count}</span>
    </>
  );
}
