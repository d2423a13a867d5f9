import { CircleCheck, Eye, EyeOff, Lock, type LucideIcon, Snowflake } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { ActionLabel } from '~/components/action-label';
import { Timeline } from '~/components/timeline';
import type { Tone } from '~/components/ui/badge';
import type { TimelineItem } from '~/lib/transfers/read';

const LOOKS: Record<string, { tone: Tone; icon: LucideIcon }> = {
  'wallet.opened': { tone: 'success', icon: CircleCheck },
  'wallet.reopened': { tone: 'success', icon: CircleCheck },
  'wallet.unfrozen': { tone: 'success', icon: CircleCheck },
  'wallet.frozen': { tone: 'warning', icon: Snowflake },
  'wallet.opening_cancelled': { tone: 'neutral', icon: Lock },
  'wallet.closed': { tone: 'neutral', icon: Lock },
  'person.revealed': { tone: 'warning', icon: Eye },
  'person.concealed': { tone: 'neutral', icon: EyeOff },
};

/** Everything that was done to a record, newest first: what, who, when and why. */
export function History({ items }: { items: readonly TimelineItem[] }) {
  const t = useTranslations('audit.actors');
  return (
    <Timeline
      items={items.toReversed().map(({ at, kind, actor, reason }) => ({
        id: `${at.toISOString()} ${kind}`,
        at,
        title: <ActionLabel kind={kind} />,
        // The worker is a program; people know it as the system.
        actor: actor === 'worker' ? t('system') : actor,
        detail: reason,
        ...LOOKS[kind],
      }))}
    />
  );
}
