import { useTranslations } from 'next-intl';
import { RecoveredBadge } from '~/components/record/event-marks';
import { StatusBadge } from '~/components/record/status-badge';
import { Timestamp } from '~/components/record/timestamp';
import { Link } from '~/components/ui/link';
import type { TransferRecord } from '~/lib/transfers/read';

type EventsProps = { events: TransferRecord['events'] };

/** What Fintoc told us of this transfer, each leading to the event as it came. */
export function Events({ events }: EventsProps) {
  const t = useTranslations('deposits.detail');
  if (events.length === 0) return <p className="text-muted-foreground text-sm">{t('noEvents')}</p>;
  return (
    <ul className="grid gap-3 text-sm">
      {events.map(({ id, type, state, origin, receivedAt }) => (
        <li key={id} className="grid gap-0.5">
          <span className="flex flex-wrap items-center justify-between gap-2">
            <Link
              href={`/inbox/${id}`}
              className="min-w-0 break-all rounded-sm font-mono text-link text-xs hover:underline"
            >
              {type}
            </Link>
            <StatusBadge kind="event" status={state} />
          </span>
          <span className="flex flex-wrap items-center gap-2">
            <Timestamp at={receivedAt} format="seconds" className="text-muted-foreground text-xs" />
            {origin === 'poll' ? <RecoveredBadge /> : null}
          </span>
        </li>
      ))}
    </ul>
  );
}
