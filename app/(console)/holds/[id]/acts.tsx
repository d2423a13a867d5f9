import { ArrowRight, CalendarX, HandCoins, type LucideIcon, Undo2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Money } from '~/components/money/money';
import { Timeline } from '~/components/record/timeline';
import { Link } from '~/components/ui/link';
import type { HoldRecord } from '~/lib/holds/read';

const ICONS: Record<HoldRecord['acts'][number]['kind'], LucideIcon> = {
  placed: HandCoins,
  released: Undo2,
  captured: ArrowRight,
  expired: CalendarX,
};

/** What was done with a hold, from its placing: each with how much, by whom and why. */
export function Acts({ hold }: { hold: HoldRecord }) {
  const t = useTranslations('holds.acts');
  const actors = useTranslations('audit.actors');
  return (
    <Timeline
      items={hold.acts.map((act) => {
        const title = t.rich(act.kind, { amount: () => <Money amount={act.amount} asset={hold.asset} /> });
        return {
          id: String(act.id),
          at: act.at,
          title: act.adjustmentId ? (
            <Link href={`/adjustments/${act.adjustmentId}`} className="hover:text-link hover:underline">
              {title}
            </Link>
          ) : (
            title
          ),
          actor: act.actorKind === 'system' ? actors('system') : act.actorName,
          detail: act.reason,
          icon: ICONS[act.kind],
          tone: act.kind === 'placed' ? ('warning' as const) : ('neutral' as const),
        };
      })}
    />
  );
}
