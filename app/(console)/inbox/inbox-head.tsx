import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { PageHeader } from '~/components/layout/page-header';
import { TabLinks } from '~/components/list/tab-links';
import { Badge } from '~/components/ui/badge';
import { countDeadEvents } from '~/lib/inbox/read';

/** The head of the four looks at what Fintoc tells us; the same on each, so that nothing moves between them. */
export async function InboxHead({ actions, note }: { actions?: ReactNode; note?: ReactNode }) {
  const [t, dead] = await Promise.all([getTranslations('inbox'), countDeadEvents()]);
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} actions={actions} />
      <TabLinks
        label={t('tabs.label')}
        tabs={[
          { href: '/inbox', label: t('tabs.all') },
          {
            href: '/inbox/dead',
            label: (
              <>
                {t('tabs.dead')}
                {dead > 0 ? <Badge tone="danger">{dead}</Badge> : null}
              </>
            ),
          },
          { href: '/inbox/refused', label: t('tabs.refused') },
          { href: '/inbox/polls', label: t('tabs.polls') },
        ]}
      />
      {note ? <p className="-mt-1 mb-4 max-w-3xl text-pretty text-muted-foreground text-sm">{note}</p> : null}
    </>
  );
}
