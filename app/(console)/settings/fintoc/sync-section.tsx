import { CircleCheck, Clock, OctagonX, RefreshCw } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { syncNowAction } from '~/app/(console)/settings/fintoc/actions';
import { Form, SubmitButton } from '~/components/form/form';
import { Section } from '~/components/layout/section';
import { type Column, DataTable } from '~/components/list/data-table';
import { Timestamp } from '~/components/record/timestamp';
import { Alert } from '~/components/ui/alert';
import { Badge } from '~/components/ui/badge';
import { RunFailureWords } from '~/components/words/run-failure-words';
import type { SyncCounts } from '~/lib/inbox/bring-over';
import type { SyncRunRow } from '~/lib/inbox/sync';

/** When we last brought over what stands at Fintoc, how much it was, and what went wrong. */
export function SyncSection({ runs, writer }: { runs: readonly SyncRunRow[]; writer: boolean }) {
  const t = useTranslations('settings.fintoc.sync');
  const last = runs.find(({ finishedAt }) => finishedAt);
  const count = (key: keyof SyncCounts, header: string): Column<SyncRunRow> => ({
    key,
    header,
    align: 'end',
    phone: 'hide',
    cell: ({ counts }) => <span className="tabular-nums">{counts?.[key] ?? '—'}</span>,
  });
  return (
    <Section
      title={t('title')}
      description={t('description')}
      flush
      actions={
        writer ? (
          <Form act="sync_now" action={syncNowAction} success={t('done')}>
            <SubmitButton variant="secondary">
              <RefreshCw aria-hidden />
              {t('now')}
            </SubmitButton>
          </Form>
        ) : null
      }
    >
      {last?.error ? (
        <Alert tone="danger" title={t('failedTitle')} className="mb-3">
          <RunFailureWords error={last.error} />
        </Alert>
      ) : null}
      <DataTable
        label={t('label')}
        rows={runs}
        rowKey={({ id }) => id}
        empty={<p className="px-4 py-5 text-muted-foreground text-sm sm:px-5">{t('empty')}</p>}
        columns={[
          {
            key: 'started',
            header: t('started'),
            cell: ({ startedAt }) => <Timestamp at={startedAt} format="seconds" />,
          },
          { key: 'result', header: t('result'), phone: 'end', cell: (run) => <Result run={run} /> },
          count('entities', t('entities')),
          count('onboardings', t('onboardings')),
          count('accounts', t('accounts')),
          count('accountNumbers', t('numbers')),
        ]}
      />
    </Section>
  );
}

function Result({ run }: { run: SyncRunRow }) {
  const t = useTranslations('settings.fintoc.sync');
  if (run.isInterrupted) return <Badge tone="neutral">{t('interrupted')}</Badge>;
  if (run.error) {
    return (
      <Badge tone="danger" icon={OctagonX}>
        {t('failed')}
      </Badge>
    );
  }
  return run.finishedAt ? (
    <Badge tone="success" icon={CircleCheck}>
      {t('ok')}
    </Badge>
  ) : (
    <Badge tone="info" icon={Clock}>
      {t('running')}
    </Badge>
  );
}
