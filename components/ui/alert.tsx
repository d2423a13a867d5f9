import { CircleAlert, CircleCheck, Info, type LucideIcon, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Tone } from './badge';
import { cn } from './cn';

const LOOKS: Record<Tone, { icon: LucideIcon; box: string; mark: string }> = {
  success: { icon: CircleCheck, box: 'border-success/25 bg-success-soft', mark: 'text-success' },
  warning: { icon: TriangleAlert, box: 'border-warning/25 bg-warning-soft', mark: 'text-warning' },
  danger: { icon: CircleAlert, box: 'border-danger/25 bg-danger-soft', mark: 'text-danger' },
  info: { icon: Info, box: 'border-info/25 bg-info-soft', mark: 'text-info' },
  neutral: { icon: Info, box: 'border-border bg-muted', mark: 'text-muted-foreground' },
};

type AlertProps = {
  tone?: Tone;
  title?: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
  /** `alert` only for what appears after something went wrong; a standing notice is silent. */
  role?: 'alert' | 'status';
  className?: string;
};

/** A notice in the page: what is the matter, and what to do. */
export function Alert({ tone = 'info', title, children, action, role, className }: AlertProps) {
  const { icon: Icon, box, mark } = LOOKS[tone];
  return (
    <div
      role={role}
      className={cn(
        'flex items-start gap-2.5 rounded-lg border px-3.5 py-3 text-sm max-sm:flex-wrap',
        box,
        className,
      )}
    >
      <Icon aria-hidden className={cn('mt-0.5 size-4 shrink-0', mark)} />
      <div className="min-w-0 flex-1">
        {title ? <div className="font-medium">{title}</div> : null}
        {children ? <div className={title ? 'mt-0.5 text-foreground/85' : undefined}>{children}</div> : null}
      </div>
      {action ? <div className="shrink-0 empty:hidden max-sm:basis-full max-sm:pl-6.5">{action}</div> : null}
    </div>
  );
}
