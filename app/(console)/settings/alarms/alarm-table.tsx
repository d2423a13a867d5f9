import { BellOff, CircleAlert, CircleCheck, Eye } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { acknowledgeAlarmAction } from '~/app/(console)/settings/alarms/actions';
import { Delivery } from '~/app/(console)/settings/alarms/message-table';
import { ConfirmDialog } from '~/components/form/confirm-dialog';
import { Offers } from '~/components/form/offers';
import { type Column, DataTable } from '~/components/list/data-table';
import { EmptyState } from '~/components/list/empty-state';
import { Timestamp } from '~/components/record/timestamp';
import { Badge } from '~/components/ui/badge';
import { Link } from '~/components/ui/link';
import { known } from '~/components/ui/to';
import { useKindWord, useSubjectWord } from '~/components/words/alarm-words';
import type { AlarmRow } from '~/lib/alarms/read';

/** What is wrong now, and what was lately. */
export function AlarmTable({ alarms, writer }: { alarms: readonly AlarmRow[]; writer: boolean }) {
  const t = useTranslations('alarms.now');
  const kind = useKindWord();
  const subjectOf = useSubjectWord();
  const columns: Column<AlarmRow>[] = [
    {
      key: 'what',
      header: t('columns.what'),
      className: 'sm:max-w-72 sm:whitespace-normal sm:py-2',
      cell: (alarm) => (
        <span className="text-pretty">
          {kind(alarm.kind)}
          {alarm.count > 1 ? (
            <span className="block text-muted-foreground text-xs">{t('count', { count: alarm.count })}</span>
          ) : null}
        </span>
      ),
    },
    {
      key: 'subject',
      header: t('columns.subject'),
      className: 'max-sm:col-span-2',
      cell: (alarm) => (
        <Link
          href={known(alarm.path)}
          title={subjectOf(alarm)}
          className="block max-w-64 truncate rounded-sm text-link hover:underline max-sm:py-2.5"
        >
          {subjectOf(alarm)}
        </Link>
      ),
    },
    {
      key: 'since',
      header: t('columns.since'),
      phone: 'start',
      className: 'max-sm:col-span-2',
      cell: ({ since, firstAt }) => <Timestamp at={since ?? firstAt} format="seconds" />,
    },
    { key: 'state', header: t('columns.state'), phone: 'end', cell: (alarm) => <State alarm={alarm} /> },
    {
      key: 'told',
      header: t('columns.told'),
      phone: 'start',
      className: 'max-sm:col-span-2',
      hideBelow: 'lg',
      cell: ({ lastMessage }) =>
        lastMessage ? (
          <Delivery message={lastMessage} />
        ) : (
          <span className="text-muted-foreground">{t('untold')}</span>
        ),
    },
  ];
  if (writer) {
    columns.push({
      key: 'actions',
      header: <span className="sr-only">{t('columns.actions')}</span>,
      className: 'max-sm:col-span-2 max-sm:pt-2 sm:text-right',
      cell: (alarm) => (
        <Offers standing={`${alarm.state} ${alarm.acknowledgedAt !== null}`} timeline={acknowledged(alarm)}>
          {alarm.state === 'raised' && !alarm.acknowledgedAt ? <Acknowledge id={alarm.id} /> : null}
        </Offers>
      ),
    });
  }
  return (
    <DataTable
      label={t('label')}
      rows={alarms}
      rowKey={({ id }) => String(id)}
      empty={<EmptyState icon={BellOff} title={t('empty')} description={t('emptyHint')} />}
      columns={columns}
    />
  );
}

/** What somebody did about it. */
function acknowledged({ acknowledgedAt, acknowledgedBy }: AlarmRow) {
  if (acknowledgedAt === null) return [];
  return [{ at: acknowledgedAt, kind: 'alarm.acknowledged', actor: acknowledgedBy }];
}

function State({ alarm: { state, acknowledgedAt } }: { alarm: AlarmRow }) {
  const t = useTranslations('alarms.now');
  if (state === 'cleared') {
    return (
      <Badge tone="success" icon={CircleCheck}>
        {t('cleared')}
      </Badge>
    );
  }
  return acknowledgedAt ? (
    <Badge tone="warning" icon={Eye}>
      {t('acknowledged')}
    </Badge>
  ) : (
    <Badge tone="danger" icon={CircleAlert}>
      {t('raised')}
    </Badge>
  );
}

function Acknowledge({ id }: { id: bigint }) {
  const t = useTranslations('alarms.acknowledge');
  return (
    <ConfirmDialog
      act="acknowledge_alarm"
      action={acknowledgeAlarmAction}
      hidden={{ alarmId: String(id) }}
      trigger={t('trigger')}
      title={t('title')}
      consequence={t('consequence')}
      confirm={t('confirm')}
      reason="required"
      success={t('done')}
    />
  );
}
