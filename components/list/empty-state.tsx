import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from '~/components/ui/cn';

type EmptyStateProps = {
  icon: LucideIcon;
  title: ReactNode;
  /** What would be here, and how it comes to be. */
  description?: ReactNode;
  action?: ReactNode;
  className?: string;
};

/** What stands in for a list that has nothing yet. */
export function EmptyState({ icon: Icon, title, description, action, className }: EmptyStateProps) {
  return (
    <div className={cn('flex flex-col items-center px-6 py-14 text-center', className)}>
      <span className="mb-3 flex size-10 items-center justify-center rounded-lg border bg-card text-muted-foreground shadow-raised">
        <Icon aria-hidden className="size-5" strokeWidth={1.75} />
      </span>
      <div className="font-medium text-base">{title}</div>
      {description ? (
        <p className="mt-1 max-w-sm text-pretty text-muted-foreground text-sm">{description}</p>
      ) : null}
      {action ? <div className="mt-4">{action}</div> : null}
    </div>
  );
}
