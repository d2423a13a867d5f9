import { writeFileSync } from 'node:fs';
import os from 'node:os';
import type { Sample } from './measure.ts';

/** One contestant: its medians by number of clients. */
export type Row = { name: string; byClients: Map<number, Sample> };

export type Goal = { what: string; ratio: number; wanted: number };

export function printTable(rows: Row[], clients: number[]): void {
  const head = ['', ...clients.flatMap((count) => [`c=${count} /s`, 'p50 ms', 'p99 ms'])];
  const lines = rows.map(({ name, byClients }) => [
    name,
    ...clients.flatMap((count) => {
      const sample = byClients.get(count);
      return sample
        ? [Math.round(sample.perSecond).toLocaleString('en'), sample.p50.toFixed(1), sample.p99.toFixed(1)]
        : ['–', '', ''];
    }),
  ]);
  const widths = head.map((_, column) =>
    Math.max(...[head, ...lines].map((line) => (line[column] ?? '').length)),
  );
  for (const line of [head, ...lines]) {
    console.log(
      line
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('  '),
    );
  }
}

export function describeMachine(): string {
  const [cpu] = os.cpus();
  const memory = Math.round(os.totalmem() / 2 ** 30);
  return `${os.cpus().length} × ${cpu?.model ?? 'unknown'}, ${memory} GiB, Node ${process.version}, ${new Date().toISOString().slice(0, 10)}`;
}

/** The figures for programs, on one line, and in a file where one is named. */
export function printJson(facts: object, file?: string): void {
  console.log(`\n${JSON.stringify(facts)}\n`);
  if (file) writeFileSync(file, JSON.stringify(facts, null, 2));
}

/** The last line of every bench. Answers the exit code; what could not be measured was not met. */
export function judge(goals: Goal[]): number {
  const figures = goals
    .map(({ what, ratio, wanted }) =>
      Number.isFinite(ratio)
        ? `${what} ${ratio.toFixed(2)} × (goal ${wanted})`
        : `${what} not measured (goal ${wanted})`,
    )
    .join(', ');
  const met = goals.every(({ ratio, wanted }) => Number.isFinite(ratio) && ratio >= wanted);
  console.log(`${met ? 'goals met' : 'goals missed'}: ${figures}`);
  return met ? 0 : 1;
}
