import { cn } from './cn';

/** A stand-in of the right size while something loads. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={cn('skeleton rounded-md', className)} />;
}
