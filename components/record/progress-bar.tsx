import { cn } from '~/components/ui/cn';

type ProgressBarProps = { label: string; value: number; most: number; className?: string };

/** How far something is that takes its time. */
export function ProgressBar({ label, value, most, className }: ProgressBarProps) {
  const percent = Math.round((value / most) * 100);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      className={cn('h-1.5 w-full overflow-hidden rounded-full bg-muted', className)}
    >
      <div
        className="h-full rounded-full bg-primary transition-[width] duration-300"
        style={{ width: `${percent}%` }}
      />
    </div>
  );
}
