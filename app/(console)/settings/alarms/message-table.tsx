import { CircleCheck, CircleX, Clock, RotateCw } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { DataTable } from '~/components/list/data-table';
import { Timestamp } from '~/components/record/timestamp';
import { Badge } from '~/components/ui/badge';
import { useKindWord } from '~/components/words/alarm-words';
import type { AlarmMessageRow, AlarmRow } from '~/lib/alarms/read';

/** What was told lately, and how each message fared. */
export function MessageTable({ messages }: { messages: readonly AlarmMessageRow[] }) {
  const t = useTranslations('alarms.messages');
  const kind = useKindWord();
  return (
    <DataTable
      label={t('label')}
      rows={messages}
      rowKey={({ id }) => String(id)}
      empty={<p className="px-4 py-5 text-muted-foreground text-sm sm:px-5">{t('empty')}</p>}
      columns={[
        {
          key: 'at',
          header: t('columns.at'),
          cell: ({ createdAt }) => <Timestamp at={createdAt} format="seconds" />,
        },
        { key: 'event', header: t('columns.event'), cell: ({ event }) => <EventWord event={event} /> },
        {
          key: 'about',
          header: t('columns.about'),
          hideBelow: 'md',
          className: 'max-w-64 sm:whitespace-normal sm:py-2',
          cell: ({ alarm }) => (alarm ? kind(alarm.kind) : null),
        },
        {
          key: 'channel',
          header: t('columns.channel'),
          cell: ({ channel }) => <Channel channel={channel} />,
        },
        {
          key: 'attempts',
          header: t('columns.attempts'),
          align: 'end',
          phone: 'hide',
          cell: ({ attempts }) => <span className="tabular-nums">{attempts}</span>,
        },
        {
          key: 'result',
          header: t('columns.result'),
          phone: 'end',
          className: 'sm:whitespace-normal sm:py-2',
          cell: (message) => <Delivery message={message} />,
        },
      ]}
    />
  );
}

function EventWord({ event }: { event: string }) {
  const t = useTranslations('alarms.messages.events');
  const key = event as Parameters<typeof t>[0];
  return t.has(key) ? t(key) : event;
}

function Channel({ channel }: { channel: string }) {
  const t = useTranslations('alarms.messages.channels');
  const key = channel as Parameters<typeof t>[0];
  return t.has(key) ? t(key) : channel;
}

type Told = Pick<
  NonNullable<AlarmRow['lastMessage']>,
  'deliveredAt' | 'givenUpAt' | 'error' | 'nextAttemptAt'
>;

export function Delivery({ message: { deliveredAt, givenUpAt, error, nextAttemptAt } }: { message: Told }) {
  const t = useTranslations('alarms.messages');
  if (deliveredAt) {
    return (
      <Badge tone="success" icon={CircleCheck}>
        {t('delivered')}
      </Badge>
    );
  }
  if (error === null) {
    return (
      <Badge tone="info" icon={Clock}>
        {t('waiting')}
      </Badge>
    );
  }
  return (
    <span className="grid gap-0.5">
      {givenUpAt ? (
        <Badge tone="danger" icon={CircleX} className="w-fit">
          {t('givenUp')}
        </Badge>
      ) : (
        <Badge tone="warning" icon={RotateCw} className="w-fit">
          <span>{t.rich('retrying', { at: () => <Timestamp at={nextAttemptAt} format="seconds" /> })}</span>
        </Badge>
      )}
      <span className="break-words text-muted-foreground text-xs">
        <Failure error={error} />
      </span>
    </span>
  );
}

function Failure({ error }: { error: string }) {
  const t = useTranslations('alarms.failures');
  const [key = '', ...detail] = error.split(' ');
  const known = key as Parameters<typeof t>[0];
  return t.has(known) ? t(known, { detail: detail.join(' ') }) : t('unknown', { detail: error });
}
