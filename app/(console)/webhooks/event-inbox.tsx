import { Inbox, MailCheck } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { EventTable } from '~/app/(console)/webhooks/event-table';
import { EmptyState } from '~/components/empty-state';
import { FilterBar } from '~/components/filter-bar';
import { Live } from '~/components/live';
import { PageHeader } from '~/components/page-header';
import { Pager } from '~/components/pager';
import {
  choicesParam,
  daysParam,
  hasFilters,
  type SearchParams,
  textParam,
} from '~/components/search-params';
import { TabLinks } from '~/components/tab-links';
import { Badge } from '~/components/ui/badge';
import { liveToken } from '~/lib/live';
import { countDeadEvents, EVENT_STATES, eventTypes, listEvents } from '~/lib/webhooks/read';

type EventInboxProps = {
  params: SearchParams;
  timeZone: string;
  /** Only the dead letters. */
  dead?: boolean;
};

/** What Fintoc delivered, newest first. */
export async function EventInbox({ params, timeZone, dead = false }: EventInboxProps) {
  // The token first: what changes while the list is read is then seen as a change.
  const token = await liveToken('events');
  const types = await eventTypes();
  const [t, status, deadCount, { items, nextCursor }] = await Promise.all([
    getTranslations('webhooks'),
    getTranslations('status.event'),
    countDeadEvents(),
    listEvents({
      types: choicesParam(params, 'type', types),
      states: dead ? ['dead'] : choicesParam(params, 'state', EVENT_STATES),
      text: textParam(params, 'q'),
      ...daysParam(params, timeZone),
      cursor: textParam(params, 'cursor'),
    }),
  ]);
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} />
      <TabLinks
        label={t('tabs.label')}
        tabs={[
          { href: '/webhooks', label: t('tabs.all') },
          {
            href: '/webhooks/dead',
            label: (
              <>
                {t('tabs.dead')}
                {deadCount > 0 ? <Badge tone="danger">{deadCount}</Badge> : null}
              </>
            ),
          },
        ]}
      />
      <FilterBar
        search={t('search')}
        filters={[
          {
            kind: 'select',
            name: 'type',
            label: t('filters.type'),
            options: types.map((value) => ({ value, label: value })),
          },
          ...(dead
            ? []
            : [
                {
                  kind: 'select' as const,
                  name: 'state',
                  label: t('filters.state'),
                  options: EVENT_STATES.map((value) => ({ value, label: status(value) })),
                },
              ]),
          { kind: 'dates', name: 'dates', label: t('filters.received') },
        ]}
      />
      <EventTable
        events={items}
        label={t(dead ? 'tabs.dead' : 'list')}
        dead={dead}
        filtered={hasFilters(params, ['q', 'type', 'state', 'from', 'to'])}
        empty={
          dead ? (
            <EmptyState icon={MailCheck} title={t('empty.dead')} description={t('empty.deadHint')} />
          ) : (
            <EmptyState icon={Inbox} title={t('empty.all')} description={t('empty.allHint')} />
          )
        }
      />
      <Pager nextCursor={nextCursor} count={items.length} />
      <Live topic="events" {...(token === null ? {} : { token })} />
    </>
  );
}
