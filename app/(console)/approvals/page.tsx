import { CircleCheck } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { getTranslations } from 'next-intl/server';
import { ApprovalInbox } from '~/app/(console)/approvals/inbox';
import { waitingItem } from '~/app/(console)/approvals/items';
import { InboxFilters } from '~/app/(console)/approvals/list/inbox-filters';
import { KindTabs } from '~/app/(console)/approvals/list/kind-tabs';
import { readInbox } from '~/app/(console)/approvals/params';
import { sentences } from '~/app/(console)/approvals/sentences';
import { Offers } from '~/components/form/offers';
import { PageHeader } from '~/components/layout/page-header';
import { EmptyState } from '~/components/list/empty-state';
import { Pager } from '~/components/list/pager';
import { listAsRead } from '~/components/list/read-address';
import type { SearchParams } from '~/components/list/search-params';
import { Live } from '~/components/live/live';
import { AmountTotals } from '~/components/money/approval-totals';
import { Card } from '~/components/ui/card';
import { type ApprovalGroup, decidableBy } from '~/lib/approvals/actions';
import { countWaiting, type Ending, endedLately } from '~/lib/approvals/read';
import { type InboxTotals, inboxTotals, listInbox } from '~/lib/deciding/inbox';
import { followed } from '~/lib/live';
import { requireHouse, requireOperator } from '~/lib/session';

/** A morning's worth on one page: what is decided together is chosen together. */
const INBOX_SIZE = 200;
const NONE = { count: 0, totals: [], decidable: 0 };

export async function generateMetadata() {
  return { title: (await getTranslations('approvals'))('title') };
}

/** Everything that one person asked for and another decides on. */
export default async function ApprovalsPage({ searchParams }: PageProps<'/approvals'>) {
  const operator = await requireOperator('people:read');
  requireHouse(operator);
  const params = await searchParams;
  const read = readInbox(params, operator.timeZone);
  const live = await followed('approvals');
  const [t, say, counts, totals, { items, nextCursor }, endings] = await Promise.all([
    getTranslations('approvals'),
    sentences(),
    countWaiting(operator),
    read.unreadable.length > 0 ? NONE : inboxTotals(operator, read.filter),
    listAsRead(read, (filter) => listInbox(operator, { ...filter, size: INBOX_SIZE })),
    endedLately(),
  ]);
  const decides = decidableBy(operator.role).length > 0;
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} />
      <KindTabs counts={counts} shown={read.filter.group} />
      <InboxFilters params={params} read={read} />
      <Offers
        standing={Object.fromEntries(items.map(({ id }) => [id, 'waiting']))}
        timeline={timelineOf(endings)}
      >
        <ApprovalInbox
          key={viewOf(params)}
          page={read.cursor ?? ''}
          items={items.map((row) => waitingItem(row, say(row), operator.role))}
          filtered={read.filtered || read.filter.group !== undefined}
          decidable={totals.decidable}
          endings={endings}
          now={new Date()}
          decides={decides}
          summary={<Summary {...totals} decides={decides} filtered={read.filtered} />}
          empty={<Empty filtered={read.filtered} group={read.filter.group} />}
        />
      </Offers>
      <Pager nextCursor={nextCursor} count={items.length} />
      <Live {...live} />
    </>
  );
}

/** What others decided, the latest last, for the dialog of who takes their own request back. */
function timelineOf(endings: readonly Ending[]) {
  return endings
    .map(({ id, at, ending, by }) => ({ at, kind: `approval.${ending}`, actor: by || null, about: id }))
    .sort((one, other) => one.at.getTime() - other.at.getTime());
}

/** Another filter is another list: what was chosen in the one is not carried unseen into the other. */
function viewOf(params: SearchParams): string {
  const { cursor: _page, trail: _way, peek: _beside, ...filters } = params;
  return JSON.stringify(Object.entries(filters).sort());
}

type SummaryProps = InboxTotals & { decides: boolean; filtered: boolean };

function Summary({ count, totals, decidable, decides, filtered }: SummaryProps) {
  const t = useTranslations('approvals');
  return (
    <p className="flex flex-wrap gap-x-2 text-muted-foreground text-sm">
      <span>{t(filtered ? 'waitingFiltered' : 'waiting', { count })}</span>
      <AmountTotals of={totals} />
      <span>{decides ? t('yours', { count: decidable }) : t('readsOnly')}</span>
    </p>
  );
}

function Empty({ filtered, group }: { filtered: boolean; group: ApprovalGroup | undefined }) {
  const t = useTranslations('approvals.empty');
  const which = filtered ? 'filtered' : (group ?? 'all');
  return (
    <Card>
      <EmptyState icon={CircleCheck} title={t(`${which}.title`)} description={t(`${which}.description`)} />
    </Card>
  );
}
