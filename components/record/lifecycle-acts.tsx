import { CircleCheck, Lock, type LucideIcon, Snowflake } from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import { Timeline } from '~/components/record/timeline';
import type { Tone } from '~/components/ui/badge';
import { MOMENT } from '~/components/words/moment';
import type { LifecycleActRow } from '~/lib/wallets/acts';

const LOOKS: Record<string, { icon: LucideIcon; tone: Tone }> = {
  frozen: { icon: Snowflake, tone: 'warning' },
  unfrozen: { icon: CircleCheck, tone: 'success' },
  reopened: { icon: CircleCheck, tone: 'success' },
};
const OTHER = { icon: Lock, tone: 'neutral' } as const;

/** Who froze, unfroze, closed or reopened it, with what each stopped and until when. The latest first. */
export function LifecycleActs({ acts }: { acts: readonly LifecycleActRow[] }) {
  const t = useTranslations('wallets.lifecycle');
  const actors = useTranslations('audit.actors');
  const formatter = useFormatter();
  if (acts.length === 0) return <p className="text-muted-foreground text-sm">{t('none')}</p>;
  const titleOf = ({ act, direction, untilAt, closedBy }: LifecycleActRow) => {
    if (act === 'closed') return t(closedBy === 'customer' ? 'closedByCustomer' : 'closedByPlatform');
    if (act !== 'frozen') return t(act as 'unfrozen' | 'reopened' | 'opening_cancelled');
    const until = untilAt ? formatter.dateTime(untilAt, MOMENT) : t('untilLifted');
    return t('frozen', { direction: direction ?? 'both', until });
  };
  return (
    <Timeline
      items={acts.map((act) => ({
        id: String(act.id),
        at: act.at,
        title: titleOf(act),
        actor: act.actorKind === 'system' ? actors('system') : act.actorName,
        detail: [
          act.reason,
          act.whole ? t(`partOf.${act.whole.subjectType as 'customer' | 'portfolio'}`) : '',
        ]
          .filter((text) => text !== '')
          .join(' · '),
        ...(LOOKS[act.act] ?? OTHER),
      }))}
    />
  );
}
