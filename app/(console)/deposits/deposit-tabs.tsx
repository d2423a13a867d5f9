import { getTranslations } from 'next-intl/server';
import { TabLinks } from '~/components/tab-links';
import type { AssetTotal } from '~/lib/transfers/inbox';

/** The two views of deposits, with how many wait. */
export async function DepositTabs({ waiting }: { waiting: readonly AssetTotal[] }) {
  const t = await getTranslations('deposits');
  const count = waiting.reduce((sum, total) => sum + total.count, 0);
  return (
    <TabLinks
      label={t('title')}
      tabs={[
        {
          href: '/deposits',
          label: (
            <>
              {t('tabs.suspense')}{' '}
              {count > 0 ? (
                <span className="rounded-md bg-warning-soft px-1.5 text-warning text-xs tabular-nums">
                  {count}
                </span>
              ) : null}
            </>
          ),
        },
        { href: '/deposits/all', label: t('tabs.all') },
      ]}
    />
  );
}
