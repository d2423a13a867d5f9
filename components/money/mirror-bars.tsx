import { cn } from '~/components/ui/cn';

export type MirrorBar = {
  key: string;
  /** Both from zero up. */
  up: bigint;
  down: bigint;
  /** What it says when pointed at. */
  label: string;
};

const STEP = 8;
const GAP = 2;
/** Of both sides together. */
const HEIGHT = 120;
/** Something is never drawn as nothing. */
const LEAST = 2;

/** Bars on both sides of a line, on one scale; each side has as much room as its highest needs. They take the width that they are given. */
export function MirrorBars({
  bars,
  label,
  className,
}: {
  bars: readonly MirrorBar[];
  label: string;
  className?: string;
}) {
  const most = (side: 'up' | 'down') => bars.reduce((sum, bar) => (bar[side] > sum ? bar[side] : sum), 0n);
  const [up, down] = [most('up'), most('down')];
  const whole = up + down || 1n;
  const tall = (amount: bigint) =>
    amount === 0n ? 0 : Math.max(LEAST, (Number((amount * 1_000n) / whole) / 1_000) * HEIGHT);
  const line = up + down === 0n ? HEIGHT / 2 : (Number((up * 1_000n) / whole) / 1_000) * HEIGHT;
  const width = Math.max(1, bars.length) * STEP;
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${width} ${HEIGHT}`}
      preserveAspectRatio="none"
      className={cn('block h-40 w-full', className)}
    >
      {bars.map(({ key, up, down, label: told }, nth) => (
        <g key={key} className="group/bar">
          <title>{told}</title>
          <rect
            x={nth * STEP}
            y={0}
            width={STEP}
            height={HEIGHT}
            className="fill-transparent group-hover/bar:fill-accent"
          />
          <rect
            x={nth * STEP + GAP / 2}
            y={line - tall(up)}
            width={STEP - GAP}
            height={tall(up)}
            className="fill-success"
          />
          <rect
            x={nth * STEP + GAP / 2}
            y={line}
            width={STEP - GAP}
            height={tall(down)}
            className="fill-primary"
          />
        </g>
      ))}
      <line
        x1={0}
        x2={width}
        y1={line}
        y2={line}
        vectorEffect="non-scaling-stroke"
        className="stroke-border-strong"
      />
    </svg>
  );
}
