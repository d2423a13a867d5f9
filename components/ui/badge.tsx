import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from './cn';

export type Tone = 'success' | 'warning' | 'danger' | 'info' | 'neutral';

const TONES: Record<Tone, string> = {
  success: 'bg-success-soft text-success',
  warning: 'bg-warning-soft text-warning',
  danger: 'bg-danger-soft text-danger',
  info: 'bg-info-soft text-info',
  neutral: 'bg-neutral-soft text-neutral',
};

type BadgeProps = { tone?: Tone; icon?: LucideIcon; children: ReactNode; className?: string };

/** A small label. For a status use `StatusBadge`, which knows tone, icon and word. */
export function Badge({ tone = 'neutral', icon: Icon, children, className }: BadgeProps) {
  return (
    <span
      className={cn(
        'inline-flex h-5 items-center align-middle gap-1 whitespace-nowrap rounded-md px-1.5 font-medium text-xs',
        TONES[tone],
        className,
      )}
    >
      {Icon ? <Icon aria-hidden strokeWidth={2.25} className="size-3 shrink-0" /> : null}
      {children}
    </span>
  );
}
