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
/** Of one side. */
const HEIGHT = 60;
/** Something is never drawn as nothing. */
const LEAST = 2;

/** Bars on both sides of a line, all to the highest of them. They take the width that they are given. */
export function MirrorBars({
  bars,
  label,
  className,
}: {
  bars: readonly MirrorBar[];
  label: string;
  className?: string;
}) {
  const highest = bars.reduce((most, { up, down }) => (up > most ? up : down > most ? down : most), 1n);
  const tall = (amount: bigint) =>
    amount === 0n ? 0 : LEAST + (Number((amount * 1_000n) / highest) / 1_000) * (HEIGHT - LEAST);
  const width = Math.max(1, bars.length) * STEP;
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${width} ${HEIGHT * 2}`}
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
            height={HEIGHT * 2}
            className="fill-transparent group-hover/bar:fill-accent"
          />
          <rect
            x={nth * STEP + GAP / 2}
            y={HEIGHT - tall(up)}
            width={STEP - GAP}
            height={tall(up)}
            className="fill-success"
          />
          <rect
            x={nth * STEP + GAP / 2}
            y={HEIGHT}
            width={STEP - GAP}
            height={tall(down)}
            className="fill-primary"
          />
        </g>
      ))}
      <line
        x1={0}
        x2={width}
        y1={HEIGHT}
        y2={HEIGHT}
        vectorEffect="non-scaling-stroke"
        className="stroke-border-strong"
      />
    </svg>
  );
}
