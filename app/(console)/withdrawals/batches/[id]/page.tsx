import { useTranslations } from 'next-intl';
import { getTranslations } from 'next-intl/server';
import { Decisions } from '~/app/(console)/withdrawals/batches/[id]/decisions';
import { Draft } from '~/app/(console)/withdrawals/batches/[id]/draft';
import { Payers } from '~/app/(console)/withdrawals/batches/[id]/payers';
import { Progress } from '~/app/(console)/withdrawals/batches/[id]/progress';
import { RowTable } from '~/app/(console)/withdrawals/batches/[id]/row-table';
import { readRows } from '~/app/(console)/withdrawals/batches/params';
import { Offers } from '~/components/form/offers';
import { PageHeader } from '~/components/layout/page-header';
import { Section } from '~/components/layout/section';
import { ThumbActs } from '~/components/layout/thumb-acts';
import { AddressNotice } from '~/components/list/address-notice';
import { Pager } from '~/components/list/pager';
import { listAsRead } from '~/components/list/read-address';
import { TabLinks } from '~/components/list/tab-links';
import { Live } from '~/components/live/live';
import { Money } from '~/components/money/money';
import { History } from '~/components/record/history';
import { PeopleNeeded } from '~/components/record/people-needed';
import { StatusBadge } from '~/components/record/status-badge';
import { Alert } from '~/components/ui/alert';
import { Button } from '~/components/ui/button';
import { to } from '~/components/ui/to';
import { peopleOn } from '~/lib/approvals/read';
import { type BatchRecord, getBatch, listBatchRows, ROW_VIEWS, type RowView } from '~/lib/batches/read';
import { followed } from '~/lib/live';
import { can } from '~/lib/roles';
import { orNotFound, requireOperator } from '~/lib/session';

export async function generateMetadata() {
  return { title: (await getTranslations('batches'))('detail.title') };
}

export default async function BatchPage({ params, searchParams }: PageProps<'/withdrawals/batches/[id]'>) {
  const operator = await requireOperator('console:read');
  const { id } = await params;
  const topic = `batch:${id}` as const;
  const live = await followed(topic);
  const batch = await orNotFound(getBatch(operator, id));
  const read = readRows(await searchParams);
  const view = viewOf(read.filter.view, batch);
  const [t, list, people, { items, nextCursor }] = await Promise.all([
    getTranslations('batches'),
    getTranslations('withdrawals'),
    peopleOn('batch.pay', id),
    listAsRead(read, ({ cursor }) => listBatchRows(operator, { batchId: id, view, cursor })),
  ]);
  const { state, asset, totals, timeline, payers } = batch;
  const isDraft = state === 'draft';
  return (
    <>
      <PageHeader
        breadcrumbs={[
          { label: list('title'), href: '/withdrawals' },
          { label: t('title'), href: '/withdrawals/batches' },
        ]}
        title={batch.splitAmount === null ? batch.fileName : t('split.title', { name: batch.fileName })}
        badge={<StatusBadge kind="batch" status={state} />}
        description={
          <>
            {t('draft.rowsPaid', { count: totals.payable })} · <Money amount={totals.amount} asset={asset} />
          </>
        }
        actions={
          <>
            {can(operator.role, 'lists:export') && !isDraft ? <Result id={id} /> : null}
            <ThumbActs>
              <Offers standing={state} timeline={timeline}>
                <Decisions batch={batch} operator={operator} />
              </Offers>
            </ThumbActs>
          </>
        }
      />
      <Alert tone={state === 'refused' ? 'danger' : 'info'} className="mb-6">
        <Meaning batch={batch} /> {batch.splitAmount === null ? null : t('split.hint')}
      </Alert>
      <PeopleNeeded people={people} />
      {isDraft ? <Draft batch={batch} operator={operator} /> : <Progress batch={batch} />}
      {isDraft && payers.length > 1 ? <Payers payers={payers} asset={asset} /> : null}
      <Section title={t('detail.rows')} flush>
        <AddressNotice read={read} />
        <Views batch={batch} view={view} />
        <RowTable rows={items} asset={asset} isDraft={isDraft} many={payers.length > 1} />
        <Pager nextCursor={nextCursor} count={items.length} />
      </Section>
      <Section title={t('detail.timeline')}>
        <History items={timeline} />
      </Section>
      <Live {...live} />
    </>
  );
}

/** What is wrong comes first, for who has to put it right. */
function viewOf(asked: RowView | undefined, { state, totals }: BatchRecord): RowView {
  return asked ?? (state === 'draft' && totals.faulty > 0 ? 'faulty' : 'all');
}

function Views({ batch, view }: { batch: BatchRecord; view: RowView }) {
  const t = useTranslations('batches.views');
  const { id, totals, progress } = batch;
  const counts = {
    all: totals.rows,
    faulty: totals.faulty,
    repeated: totals.repeated,
    problem: progress.over + progress.refused,
  };
  const seen = ROW_VIEWS.filter((each) => each === 'all' || each === view || counts[each] > 0);
  const href = (each: RowView) => to(`/withdrawals/batches/${id}?view=${each}`);
  return (
    <TabLinks
      label={t('all')}
      current={href(view)}
      tabs={seen.map((each) => ({ href: href(each), label: `${t(each)} (${counts[each]})` }))}
    />
  );
}

function Meaning({ batch }: { batch: BatchRecord }) {
  const t = useTranslations('batches.meaning');
  const { state, settledAt, decidedBy } = batch;
  const name = decidedBy ?? '';
  return t(state === 'approved' && settledAt !== null ? 'settled' : state, { name });
}

function Result({ id }: { id: string }) {
  const t = useTranslations('batches.result');
  return (
    <>
      {(['xlsx', 'csv'] as const).map((format) => (
        <Button key={format} asChild>
          <a href={`/api/batches/${id}/result?format=${format}`} download>
            {t('action')} · {t(format)}
          </a>
        </Button>
      ))}
    </>
  );
}
