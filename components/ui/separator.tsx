import { cn } from './cn';

/** A hairline that means nothing to a screen reader. */
export function Separator({ className, vertical = false }: { className?: string; vertical?: boolean }) {
  return (
    <div
      aria-hidden
      className={cn('shrink-0 bg-border', vertical ? 'h-full w-px' : 'h-px w-full', className)}
    />
  );
}
