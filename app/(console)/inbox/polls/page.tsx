import { CircleCheck, Clock, OctagonX, Radar } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { InboxHead } from '~/app/(console)/inbox/inbox-head';
import { Section } from '~/components/layout/section';
import { type Column, DataTable } from '~/components/list/data-table';
import { EmptyState } from '~/components/list/empty-state';
import { textParam } from '~/components/list/search-params';
import { Live } from '~/components/live/live';
import { ProgressBar } from '~/components/record/progress-bar';
import { Timestamp } from '~/components/record/timestamp';
import { Badge } from '~/components/ui/badge';
import { Button } from '~/components/ui/button';
import { Link } from '~/components/ui/link';
import { RunFailureWords } from '~/components/words/run-failure-words';
import { lastPollRun, listPollRuns, type PollRunRow } from '~/lib/inbox/poll-runs';
import { followed } from '~/lib/live';
import { requireOperator } from '~/lib/session';

export async function generateMetadata() {
  return { title: (await getTranslations('inbox'))('tabs.polls') };
}

export default async function PollsPage({ searchParams }: PageProps<'/inbox/polls'>) {
  const operator = await requireOperator('console:read');
  const all = textParam(await searchParams, 'show') === 'all';
  const live = await followed('polls');
  const [t, last, runs] = await Promise.all([
    getTranslations('inbox'),
    lastPollRun(),
    listPollRuns(operator, { all }),
  ]);
  return (
    <>
      <InboxHead note={t('polls.description')} />
      {last ? <LastRun run={last} /> : null}
      <Section
        title={t(all ? 'polls.all' : 'polls.notable')}
        flush
        actions={
          <Button asChild size="sm">
            <Link href={all ? '/inbox/polls' : '/inbox/polls?show=all'}>
              {t(all ? 'polls.showNotable' : 'polls.showAll')}
            </Link>
          </Button>
        }
      >
        <Runs runs={runs} />
      </Section>
      <Live {...live} />
    </>
  );
}

async function LastRun({ run }: { run: PollRunRow }) {
  const t = await getTranslations('inbox.polls');
  const done = run.finishedAt !== null;
  const span = run.since ? run.until.getTime() - run.since.getTime() : 0;
  const read = run.since && run.readUntil ? run.readUntil.getTime() - run.since.getTime() : 0;
  return (
    <Section title={t(done ? 'last' : 'running')} actions={<Result run={run} />}>
      <div className="grid gap-3 text-sm">
        <p>
          {run.readUntil
            ? t.rich('readUntil', {
                at: () => <Timestamp at={run.readUntil ?? run.until} format="seconds" />,
              })
            : t('readingAll', { found: run.found })}{' '}
          <span className="text-muted-foreground">
            {t('counts', { found: run.found, asked: run.asked, recovered: run.recovered })}
          </span>
        </p>
        {done || !run.since ? null : (
          <ProgressBar label={t('progress')} value={Math.min(read, span)} most={Math.max(span, 1)} />
        )}
        {run.error ? (
          <p className="text-danger">
            <RunFailureWords error={run.error} />
          </p>
        ) : null}
      </div>
    </Section>
  );
}

async function Runs({ runs }: { runs: readonly PollRunRow[] }) {
  const t = await getTranslations('inbox.polls');
  const count = (key: 'found' | 'asked' | 'recovered'): Column<PollRunRow> => ({
    key,
    header: t(`columns.${key}`),
    align: 'end',
    cell: (run) => (
      <span
        className={
          key === 'recovered' && run[key] > 0
            ? 'font-medium tabular-nums'
            : 'text-muted-foreground tabular-nums'
        }
      >
        {run[key]}
      </span>
    ),
    ...(key === 'recovered' ? { phoneLabel: true } : { phone: 'hide' as const }),
  });
  return (
    <DataTable
      label={t('list')}
      rows={runs}
      rowKey={({ id }) => id}
      empty={<EmptyState icon={Radar} title={t('empty')} description={t('emptyHint')} />}
      columns={[
        {
          key: 'started',
          header: t('columns.started'),
          cell: ({ startedAt }) => <Timestamp at={startedAt} format="seconds" />,
        },
        {
          key: 'since',
          header: t('columns.since'),
          cell: ({ since }) => (since ? <Timestamp at={since} /> : t('beginning')),
          phone: 'hide',
          hideBelow: 'md',
          className: 'text-muted-foreground',
        },
        {
          key: 'until',
          header: t('columns.until'),
          cell: ({ readUntil }) => (readUntil ? <Timestamp at={readUntil} /> : '—'),
          phone: 'hide',
          hideBelow: 'md',
          className: 'text-muted-foreground',
        },
        count('found'),
        count('asked'),
        count('recovered'),
        { key: 'result', header: t('columns.result'), cell: (run) => <Result run={run} />, phone: 'end' },
      ]}
    />
  );
}

async function Result({ run }: { run: PollRunRow }) {
  const t = await getTranslations('inbox.polls');
  if (run.error)
    return (
      <Badge tone="danger" icon={OctagonX}>
        {t('failed')}
      </Badge>
    );
  return run.finishedAt ? (
    <Badge tone="success" icon={CircleCheck}>
      {t('complete')}
    </Badge>
  ) : (
    <Badge tone="info" icon={Clock}>
      {t('underWay')}
    </Badge>
  );
}
