import { percentile } from './measure.ts';

/** A millisecond of difference is the machine's, not ours. */
const NOISE_MS = 1;

type Kind = { name: string; unit: 'ms' | '/s' };
export type Figure = Kind & { values: number[]; growth: number };

/** What was measured at each size, over all rounds. */
export class Figures {
  readonly sizes: number[];
  private readonly share: number;
  private readonly samples = new Map<string, Kind & { bySize: Map<number, number[]> }>();

  /** `share` of the measured values are at most the one that stands for them: half, where nothing is said. */
  constructor(sizes: number[], share = 0.5) {
    this.sizes = sizes;
    this.share = share;
  }

  add(kind: Kind, size: number, measured: number[]): void {
    const sample = this.samples.get(kind.name) ?? { ...kind, bySize: new Map<number, number[]>() };
    sample.bySize.set(size, [...(sample.bySize.get(size) ?? []), ...measured]);
    this.samples.set(kind.name, sample);
  }

  /** By size, and how much worse the last is than the first. */
  all(): Figure[] {
    return [...this.samples.values()].map(({ bySize, ...kind }) => {
      const values = this.sizes.map((size) => percentile(bySize.get(size) ?? [], this.share));
      return { ...kind, values, growth: growthOf(kind.unit, values[0] ?? 0, values.at(-1) ?? 0) };
    });
  }
}

function growthOf(unit: Kind['unit'], first: number, last: number): number {
  if (unit === '/s') return first / last;
  return last - first < NOISE_MS ? Math.min(1, last / first) : last / first;
}

/** One line per figure: its value at every size, and its growth. */
export function printGrowth(figures: Figures): void {
  const rows = figures.all();
  const width = Math.max(...rows.map(({ name }) => name.length));
  const head = [...figures.sizes.map((size) => size.toLocaleString('en')), 'growth'];
  console.log(`${''.padEnd(width)}${head.map((cell) => cell.padStart(13)).join('')}`);
  for (const { name, unit, values, growth } of rows) {
    const cells = values.map((value) =>
      `${unit === 'ms' ? value.toFixed(2) : Math.round(value).toLocaleString('en')} ${unit}`.padStart(13),
    );
    console.log(`${name.padEnd(width)}${cells.join('')}${growth.toFixed(2).padStart(11)} ×`);
  }
}
