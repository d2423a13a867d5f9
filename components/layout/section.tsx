import { type ReactNode, useId } from 'react';
import { Card } from '~/components/ui/card';
import { cn } from '~/components/ui/cn';

type SectionProps = {
  title: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  /** Tables and lists bring their own edges: no padding around them. */
  flush?: boolean;
  className?: string;
};

/** A part of a page: a heading over a card. */
export function Section({ title, description, actions, children, flush = false, className }: SectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={cn('mb-8', className)}>
      <div className="mb-2.5 flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <div>
          <h2 id={id} className="font-semibold text-base">
            {title}
          </h2>
          {description ? (
            <p className="max-w-3xl text-pretty text-muted-foreground text-sm">{description}</p>
          ) : null}
        </div>
        {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
      </div>
      {flush ? children : <Card className="p-4 sm:p-5">{children}</Card>}
    </section>
  );
}
