import { CircleAlert, CircleCheck, Clock } from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import { Badge } from '~/components/ui/badge';
import type { ReplicaHealth } from '~/lib/replica';

const LOOKS = {
  near: { tone: 'success', icon: CircleCheck },
  late: { tone: 'warning', icon: Clock },
  away: { tone: 'danger', icon: CircleAlert },
  strange: { tone: 'danger', icon: CircleAlert },
} as const;

/** Whether lists are read from the replica, and how far behind it is. */
export function ReplicaState({ replica }: { replica: ReplicaHealth | null }) {
  const t = useTranslations('health.replica');
  const formatter = useFormatter();
  if (!replica) return <p className="text-pretty text-muted-foreground text-sm">{t('none')}</p>;
  const { state, lagMs } = replica;
  const lag = formatter.number((lagMs ?? 0) / 1_000, {
    ...{ style: 'unit', unit: 'second', maximumFractionDigits: 1 },
  });
  return (
    <div className="grid gap-2">
      <div className="flex flex-wrap items-center gap-3">
        <Badge tone={LOOKS[state].tone} icon={LOOKS[state].icon}>
          {t(`${state}.short`)}
        </Badge>
        {lagMs === null ? null : <span className="text-sm tabular-nums">{t('lag', { lag })}</span>}
      </div>
      <p className="text-pretty text-muted-foreground text-sm">{t(`${state}.hint`)}</p>
    </div>
  );
}
