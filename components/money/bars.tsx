import { cn } from '~/components/ui/cn';

export type Bar = {
  key: string;
  value: number /** What it says when pointed at: "14 nov · 12". */;
  label: string;
};

type BarsProps = {
  bars: readonly Bar[];
  /** The whole in one sentence, for who can't see it. */
  label: string;
  tone?: 'primary' | 'info' | 'warning' | 'danger' | 'neutral';
  className?: string;
};

const FILLS = {
  primary: 'fill-primary',
  info: 'fill-info',
  warning: 'fill-warning',
  danger: 'fill-danger',
  neutral: 'fill-neutral',
} as const;

const STEP = 8;
const GAP = 2;
const HEIGHT = 40;
/** Something is never drawn as nothing. */
const LEAST = 3;

/** A row of bars on a common baseline, each to the highest of them. It takes the width it is given. */
export function Bars({ bars, label, tone = 'primary', className }: BarsProps) {
  const highest = Math.max(1, ...bars.map(({ value }) => value));
  const width = bars.length * STEP;
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${width} ${HEIGHT}`}
      preserveAspectRatio="none"
      className={cn('block h-10 w-full', className)}
    >
      {bars.map(({ key, value, label: told }, index) => {
        const height = value === 0 ? 1 : LEAST + (value / highest) * (HEIGHT - LEAST);
        return (
          <g key={key} className="group/bar">
            <title>{told}</title>
            <rect
              x={index * STEP}
              y={0}
              width={STEP}
              height={HEIGHT}
              className="fill-transparent group-hover/bar:fill-accent"
            />
            <rect
              x={index * STEP + GAP / 2}
              y={HEIGHT - height}
              width={STEP - GAP}
              height={height}
              className={value === 0 ? 'fill-border' : FILLS[tone]}
            />
          </g>
        );
      })}
    </svg>
  );
}
