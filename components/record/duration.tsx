import { useFormatter } from 'next-intl';
import { cn } from '~/components/ui/cn';

const STEPS = [
  { unit: 'day', ms: 86_400_000 },
  { unit: 'hour', ms: 3_600_000 },
  { unit: 'minute', ms: 60_000 },
  { unit: 'second', ms: 1_000 },
  { unit: 'millisecond', ms: 1 },
] as const;

/** How long something took, in the largest unit that fills: 340 ms, 4 s, 12 min. */
export function Duration({ ms, className }: { ms: number; className?: string }) {
  const formatter = useFormatter();
  const { unit, ms: size } = STEPS.find((step) => Math.abs(ms) >= step.ms) ?? { unit: 'millisecond', ms: 1 };
  const value = ms / size;
  const text = formatter.number(value, {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: Math.abs(value) < 10 && unit !== 'millisecond' ? 1 : 0,
  });
  return <span className={cn('whitespace-nowrap tabular-nums', className)}>{text}</span>;
}
