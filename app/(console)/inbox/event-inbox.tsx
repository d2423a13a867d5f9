import { FlaskConical, Inbox, MailCheck } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { ConflictAlert } from '~/app/(console)/inbox/conflict-alert';
import { eventQuery, readEvents } from '~/app/(console)/inbox/event-params';
import { EventTable } from '~/app/(console)/inbox/event-table';
import { Health } from '~/app/(console)/inbox/health';
import { InboxHead } from '~/app/(console)/inbox/inbox-head';
import { RefusedAlert } from '~/app/(console)/inbox/refused-alert';
import { SelectionBar } from '~/app/(console)/inbox/selection-bar';
import { EmptyState } from '~/components/list/empty-state';
import { FilterBar } from '~/components/list/filter-bar';
import { Pager } from '~/components/list/pager';
import { listAsRead, type ReadAddress } from '~/components/list/read-address';
import { type SearchParams, textParam } from '~/components/list/search-params';
import { Live } from '~/components/live/live';
import { Button } from '~/components/ui/button';
import { Link } from '~/components/ui/link';
import { to } from '~/components/ui/to';
import { HEALTH_VIEWS, readHealth } from '~/lib/inbox/health';
import { EVENT_MARKS, EVENT_ORIGINS, EVENT_STATES } from '~/lib/inbox/matching';
import { listEvents } from '~/lib/inbox/read';
import { eventTypes } from '~/lib/inbox/searched';
import { followed } from '~/lib/live';
import { can } from '~/lib/roles';
import type { Operator } from '~/lib/session';

type EventInboxProps = {
  params: SearchParams;
  operator: Operator;
  /** Only the dead letters. */
  dead?: boolean;
};

/** What Fintoc delivered, newest first. */
export async function EventInbox({ params, operator, dead = false }: EventInboxProps) {
  // The token first: what changes while the list is read is then seen as a change.
  const live = await followed('inbox');
  const types = await eventTypes();
  const read = readEvents(params, operator.timeZone, types, dead);
  const [t, { items, nextCursor }] = await Promise.all([
    getTranslations('inbox'),
    listAsRead(read, (filter) => listEvents(operator, filter)),
  ]);
  const replayer = can(operator.role, 'inbox:replay');
  const { filtered } = read;
  const query = eventQuery(params, dead ? { state: 'dead' } : {});
  return (
    <div className="group/inbox">
      <InboxHead
        actions={
          replayer && items.length > 0 && (dead || filtered) ? (
            <Button asChild>
              <Link href={`/inbox/replay?all=1&${query}`}>
                <FlaskConical aria-hidden />
                {t(dead && !filtered ? 'rehearse.allDead' : 'rehearse.allFiltered')}
              </Link>
            </Button>
          ) : null
        }
      />
      <RefusedAlert />
      <ConflictAlert />
      {dead ? null : <HealthOf params={params} timeZone={operator.timeZone} />}
      <Filters read={read} types={types} dead={dead} />
      <EventTable
        events={items}
        label={t(dead ? 'tabs.dead' : 'list')}
        dead={dead}
        selectable={replayer}
        filtered={filtered}
        empty={
          dead ? (
            <EmptyState icon={MailCheck} title={t('empty.dead')} description={t('empty.deadHint')} />
          ) : (
            <EmptyState icon={Inbox} title={t('empty.all')} description={t('empty.allHint')} />
          )
        }
      />
      <Pager nextCursor={nextCursor} count={items.length} />
      {replayer ? <SelectionBar /> : null}
      <Live {...live} />
    </div>
  );
}

async function HealthOf({ params, timeZone }: { params: SearchParams; timeZone: string }) {
  const view = HEALTH_VIEWS.find((each) => each === textParam(params, 'health')) ?? 'hours';
  const buckets = await readHealth(view, timeZone);
  return (
    <Health
      view={view}
      buckets={buckets}
      hrefOf={(health) => to(`/inbox?${eventQuery(params, { health })}`)}
    />
  );
}

type FiltersProps = { read: ReadAddress<unknown>; types: readonly string[]; dead: boolean };

async function Filters({ read, types, dead }: FiltersProps) {
  const [t, status, origins] = await Promise.all([
    getTranslations('inbox'),
    getTranslations('status.event'),
    getTranslations('kinds.origin'),
  ]);
  const choice = <Value extends string>(
    name: string,
    label: string,
    values: readonly Value[],
    word: (value: Value) => string,
  ) => ({
    kind: 'select' as const,
    name,
    label,
    options: values.map((value) => ({ value, label: word(value) })),
  });
  return (
    <FilterBar
      search={t('search')}
      read={read}
      filters={[
        choice('type', t('filters.type'), types, (value) => value),
        ...(dead ? [] : [choice('state', t('filters.state'), EVENT_STATES, (value) => status(value))]),
        choice('origin', t('filters.origin'), EVENT_ORIGINS, (value) => origins(value)),
        choice('mark', t('filters.mark'), EVENT_MARKS, (value) => t(`filters.marks.${value}`)),
        { kind: 'dates', name: 'dates', label: t('filters.received') },
      ]}
    />
  );
}
