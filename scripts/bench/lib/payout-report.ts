import type { PayoutCosts } from './payout-books.ts';
import type { Goal } from './report.ts';

/** What Fintoc allows, and the worker takes. */
const PER_SECOND = 10;

/** In ms. */
export type Times = { p50: number; p95: number };
export type Burst = Times & { requestsPerSecond: number; sentPerSecond: number; seconds: number };

/** What one run against one checkout measured. */
export type PayoutFigures = {
  machine: string;
  checkout: string;
  withdrawals: number;
  wallets: number;
  burst: Burst;
  alone: Times;
  cost: PayoutCosts;
};

export function printPayouts({ machine, checkout, withdrawals, burst, alone, cost }: PayoutFigures): void {
  const { gate, posting, payout, postings } = cost;
  const ms = ({ p50, p95 }: Times) => `p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms`;
  console.log(`\n${machine}; PostgreSQL 18, fsync and synchronous_commit on; ${checkout}\n`);
  console.log(
    `${withdrawals} queued at once      ${burst.requestsPerSecond.toFixed(2)} requests/s, ${burst.sentPerSecond.toFixed(2)} payouts/s over ${burst.seconds.toFixed(1)} s`,
  );
  console.log(`  queued to sent        ${ms(burst)}`);
  console.log(`one by one, to sent     ${ms(alone)}`);
  console.log(`the gate's question     ${gate ? ms(gate) : 'is not asked here'}`);
  console.log(`one posting             ${ms(posting)}`);
  console.log(`a payout, sent to booked, without waiting for its turn   ${ms(payout)}`);
  if (postings)
    console.log(
      `postings/s              ${postings.alone.toFixed(0)} alone, ${postings.asked.toFixed(0)} with the gate's question before each`,
    );
}

/** Where no gate is, nothing of it costs anything. */
export function goalsOfPayouts({ burst, cost: { gate } }: PayoutFigures): Goal[] {
  return [
    { what: 'requests/s of those allowed', ratio: burst.requestsPerSecond / PER_SECOND, wanted: 0.95 },
    { what: 'requests/s allowed of those made', ratio: PER_SECOND / burst.requestsPerSecond, wanted: 0.95 },
    {
      what: 'a tenth of the time between two requests / the gate’s question',
      ratio: gate ? 1_000 / PER_SECOND / 10 / gate.p50 : 1,
      wanted: 1,
    },
  ];
}
