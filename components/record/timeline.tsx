import { Circle, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Timestamp } from '~/components/record/timestamp';
import type { Tone } from '~/components/ui/badge';
import { cn } from '~/components/ui/cn';

export type TimelineItem = {
  id: string;
  /** Null for a step that has not come yet. */
  at: Date | string | null;
  title: ReactNode;
  /** Who did it. */
  actor?: ReactNode;
  detail?: ReactNode;
  tone?: Tone;
  icon?: LucideIcon;
};

const DOTS: Record<Tone, string> = {
  success: 'bg-success-soft text-success',
  warning: 'bg-warning-soft text-warning',
  danger: 'bg-danger-soft text-danger',
  info: 'bg-info-soft text-info',
  neutral: 'bg-neutral-soft text-neutral',
};

/** What happened, in order, with who and when. Steps still to come are faint. */
export function Timeline({ items }: { items: readonly TimelineItem[] }) {
  return (
    <ol className="grid">
      {items.map(({ id, at, title, actor, detail, tone = 'neutral', icon: Icon = Circle }) => (
        <li key={id} className="group relative flex gap-3 pb-5 last:pb-0">
          <span
            aria-hidden
            className="absolute top-7 bottom-1 left-3 w-px -translate-x-1/2 bg-border group-last:hidden"
          />
          <span
            className={cn(
              'flex size-6 shrink-0 items-center justify-center rounded-full',
              at === null ? 'border border-border-strong border-dashed text-muted-foreground' : DOTS[tone],
            )}
          >
            <Icon aria-hidden className="size-3.5" />
          </span>
          <div className="min-w-0 flex-1 pt-0.5 text-sm">
            <div className="flex flex-wrap items-baseline justify-between gap-x-3">
              <span className={cn('font-medium', at === null && 'text-muted-foreground')}>{title}</span>
              {at === null ? null : (
                <Timestamp at={at} format="seconds" className="text-muted-foreground text-xs" />
              )}
            </div>
            {actor ? <div className="text-muted-foreground">{actor}</div> : null}
            {detail ? <div className="mt-0.5 break-words text-muted-foreground">{detail}</div> : null}
          </div>
        </li>
      ))}
    </ol>
  );
}
