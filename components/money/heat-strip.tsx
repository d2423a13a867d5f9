import { cn } from '~/components/ui/cn';

type Cell = { value: number /** What it says when pointed at. */; label: string };
type HeatStripProps = {
  rows: readonly { key: string; label: string; cells: readonly Cell[] }[];
  /** A head for each column; empty where there is no room for it. */
  columns: readonly string[];
  /** The whole in one sentence, for who can't see it. */
  label: string;
};

/** From little to much, each clearly apart from the next. */
const LEVELS = [
  'fill-muted',
  'fill-primary/25',
  'fill-primary/45',
  'fill-primary/70',
  'fill-primary',
] as const;
const SIZE = 10;
const GAP = 1;

/** A grid whose colour is the deeper the more there was, to the most of it. It takes the width that it is given. */
export function HeatStrip({ rows, columns, label }: HeatStripProps) {
  const most = Math.max(1, ...rows.flatMap(({ cells }) => cells.map(({ value }) => value)));
  const level = (value: number) =>
    value === 0 ? 0 : Math.max(1, Math.ceil((value / most) * (LEVELS.length - 1)));
  return (
    <div className="flex gap-2">
      <ul aria-hidden className="grid shrink-0 pb-5 text-muted-foreground text-xs">
        {rows.map((row) => (
          <li key={row.key} className="flex h-6 items-center">
            {row.label}
          </li>
        ))}
      </ul>
      <div className="min-w-0 flex-1">
        <svg
          role="img"
          aria-label={label}
          viewBox={`0 0 ${columns.length * SIZE} ${rows.length * SIZE}`}
          preserveAspectRatio="none"
          className="block w-full"
          style={{ height: `${rows.length * 1.5}rem` }}
        >
          {rows.map(({ key, cells }, row) =>
            cells.map((cell, column) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a fixed grid.
              <g key={`${key} ${column}`}>
                <title>{cell.label}</title>
                <rect
                  x={column * SIZE + GAP / 2}
                  y={row * SIZE + GAP / 2}
                  width={SIZE - GAP}
                  height={SIZE - GAP}
                  rx={1}
                  className={cn(LEVELS[level(cell.value)], 'hover:stroke-1 hover:stroke-foreground')}
                />
              </g>
            )),
          )}
        </svg>
        <p aria-hidden className="flex h-5 text-muted-foreground text-xs tabular-nums">
          {columns.map((head, nth) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a fixed row.
            <span key={nth} className="w-0 flex-1 whitespace-nowrap">
              {head}
            </span>
          ))}
        </p>
      </div>
    </div>
  );
}
