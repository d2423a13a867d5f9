import { ShieldCheck } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { readRefused } from '~/app/(console)/inbox/event-params';
import { InboxHead } from '~/app/(console)/inbox/inbox-head';
import { type Column, DataTable } from '~/components/list/data-table';
import { EmptyState } from '~/components/list/empty-state';
import { FilterBar } from '~/components/list/filter-bar';
import { Pager } from '~/components/list/pager';
import { listAsRead } from '~/components/list/read-address';
import { Live } from '~/components/live/live';
import { Timestamp } from '~/components/record/timestamp';
import { to } from '~/components/ui/to';
import { KEPT_PER_REASON, listRefused, REFUSALS, type RefusedRow } from '~/lib/inbox/refused';
import { followed } from '~/lib/live';
import { requireOperator } from '~/lib/session';

export async function generateMetadata() {
  return { title: (await getTranslations('inbox'))('tabs.refused') };
}

export default async function RefusedPage({ searchParams }: PageProps<'/inbox/refused'>) {
  const operator = await requireOperator('console:read');
  const read = readRefused(await searchParams, operator.timeZone);
  const live = await followed('inbox');
  const [t, { items, nextCursor }] = await Promise.all([
    getTranslations('inbox'),
    listAsRead(read, (filter) => listRefused(operator, filter)),
  ]);
  const columns: Column<RefusedRow>[] = [
    {
      key: 'reason',
      header: t('refused.columns.reason'),
      cell: ({ reason }) => t(`refused.reasons.${known(reason)}`),
      className: 'sm:whitespace-normal sm:py-2',
    },
    {
      key: 'received',
      header: t('columns.received'),
      cell: ({ receivedAt }) => <Timestamp at={receivedAt} format="seconds" />,
    },
    {
      key: 'sender',
      header: t('refused.columns.sender'),
      cell: ({ headers }) => (
        <span className="font-mono text-muted-foreground text-xs">{senderOf(headers) ?? '—'}</span>
      ),
      phone: 'hide',
    },
    {
      key: 'size',
      header: t('refused.columns.size'),
      align: 'end',
      cell: ({ bodyBytes }) => (
        <span className="text-muted-foreground tabular-nums">{t('refused.bytes', { bytes: bodyBytes })}</span>
      ),
      phone: 'hide',
      hideBelow: 'md',
    },
    {
      key: 'unkept',
      header: t('refused.columns.unkept'),
      align: 'end',
      cell: ({ unkept }) => <span className="tabular-nums">{unkept}</span>,
      phone: 'hide',
      hideBelow: 'md',
    },
  ];
  return (
    <>
      <InboxHead note={t('refused.description', { count: KEPT_PER_REASON })} />
      <FilterBar
        read={read}
        filters={[
          {
            kind: 'select',
            name: 'reason',
            label: t('refused.columns.reason'),
            options: REFUSALS.map((value) => ({ value, label: t(`refused.reasons.${value}`) })),
          },
          { kind: 'dates', name: 'dates', label: t('filters.received') },
        ]}
      />
      <DataTable
        label={t('tabs.refused')}
        columns={columns}
        rows={items}
        rowKey={({ id }) => String(id)}
        rowHref={({ id }) => to(`/inbox/refused/${id}`)}
        filtered={read.filtered}
        empty={
          <EmptyState icon={ShieldCheck} title={t('refused.empty')} description={t('refused.emptyHint')} />
        }
      />
      <Pager nextCursor={nextCursor} count={items.length} />
      <Live {...live} />
    </>
  );
}

function known(reason: string) {
  return REFUSALS.find((each) => each === reason) ?? 'wrong_secret';
}

function senderOf(headers: unknown): string | null {
  const forwarded = (headers as Record<string, string | null>)['x-forwarded-for'];
  return forwarded?.split(',')[0]?.trim() || null;
}
