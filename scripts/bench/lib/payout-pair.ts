/** Two checkouts in turns, so that a machine that slows down or speeds up does so to both. */
import { percentile } from './measure.ts';
import type { PayoutFigures } from './payout-report.ts';
import type { Goal } from './report.ts';

type Pair = { before: PayoutFigures[]; after: PayoutFigures[] };

const MIDDLES: { what: string; of: (figures: PayoutFigures) => number; digits: number }[] = [
  { what: 'requests/s of those queued at once', of: ({ burst }) => burst.requestsPerSecond, digits: 2 },
  { what: 'payouts/s of those queued at once', of: ({ burst }) => burst.sentPerSecond, digits: 2 },
  { what: 'one by one, to sent, p50 ms', of: ({ alone }) => alone.p50, digits: 1 },
  { what: 'one posting, p50 ms', of: ({ cost }) => cost.posting.p50, digits: 2 },
  { what: 'one posting, p95 ms', of: ({ cost }) => cost.posting.p95, digits: 2 },
  { what: 'a payout, sent to booked, p50 ms', of: ({ cost }) => cost.payout.p50, digits: 1 },
];

export function inTurns(rounds: number, measure: (side: keyof Pair, round: number) => PayoutFigures): Pair {
  const pair: Pair = { before: [], after: [] };
  for (let round = 1; round <= rounds; round += 1) {
    for (const side of ['before', 'after'] as const) {
      console.log(`\nRound ${round} of ${rounds}, ${side}`);
      pair[side].push(measure(side, round));
    }
  }
  return pair;
}

const middle = (runs: PayoutFigures[], of: (figures: PayoutFigures) => number) =>
  percentile(runs.map(of), 0.5);

/** The run in the middle of each figure. */
export function printPair({ before, after }: Pair): void {
  console.log(
    `\n${''.padEnd(36)}${['before', 'after', 'after / before'].map((head) => head.padStart(16)).join('')}`,
  );
  for (const { what, of, digits } of MIDDLES) {
    const [was, is] = [middle(before, of), middle(after, of)];
    const cells = [was.toFixed(digits), is.toFixed(digits), `${(is / was).toFixed(2)} ×`];
    console.log(`${what.padEnd(36)}${cells.map((cell) => cell.padStart(16)).join('')}`);
  }
}

/** The gate takes nothing of the requests that Fintoc allows, and no more than a tenth of a posting. */
export function goalsOfPair({ before, after }: Pair): Goal[] {
  const requests = ({ burst }: PayoutFigures) => burst.requestsPerSecond;
  const posting = ({ cost }: PayoutFigures) => cost.posting.p50;
  return [
    {
      what: 'requests/s after / before',
      ratio: middle(after, requests) / middle(before, requests),
      wanted: 0.95,
    },
    {
      what: 'a posting’s time before / after',
      ratio: middle(before, posting) / middle(after, posting),
      wanted: 0.91,
    },
  ];
}
