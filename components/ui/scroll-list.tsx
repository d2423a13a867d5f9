import type { ReactNode } from 'react';
import { cn } from '~/components/ui/cn';

type ScrollListProps = { label: string; className?: string; children: ReactNode };

/** A list that scrolls by itself inside a dialog. What scrolls has to be reachable by keyboard. */
export function ScrollList({ label, className, children }: ScrollListProps) {
  const classes = cn('overflow-y-auto overscroll-contain rounded-lg text-sm', className);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above.
    <ul tabIndex={0} aria-label={label} className={classes}>
      {children}
    </ul>
  );
}
