import { DomainError } from '~/lib/errors';
import type { LedgerAccountSpec } from '~/lib/ledger/chart';
import type { Direction } from '~/prisma/generated/enums';

export const PERIODS = ['day', 'week', 'month'] as const;
export type Period = (typeof PERIODS)[number];

/** What a wallet may move one way within a day, a week and a month of its rail's clock, and hold. Null is no limit. */
export type Ceilings = Record<`${Period}Amount` | `${Period}Count` | 'balanceAmount', bigint | null>;
export type CeilingName = keyof Ceilings;

/**
 * What a posting uses of its wallet’s limits. `account` is what the wallet has available: its lock is what others wait for.
 * `pool` is there where its portfolio is limited as one.
 */
export type Use = {
  account: LedgerAccountSpec;
  direction: Direction;
  amount: bigint;
  timeZone: string;
  ceilings: Ceilings;
  pool?: Pool;
  /** When it was used, where that isn't when it is posted: it counts in that day. */
  usedAt?: Date;
};

/** A portfolio, and what all its wallets may move out together in a day, or hold where money comes in. */
export type Pool = { id: string; amount: bigint };

export const NO_CEILINGS: Ceilings = {
  dayAmount: null,
  dayCount: null,
  weekAmount: null,
  weekCount: null,
  monthAmount: null,
  monthCount: null,
  balanceAmount: null,
};

/** What was used of one direction; a week begins on Monday. */
export type Usage = Record<Period, { amount: bigint; count: bigint; renewsAt: Date }>;

/** A limit with what is used of it. */
export type Standing = { name: CeilingName; ceiling: bigint; used: bigint; renewsAt: Date | null };

/** Every limit that there is, with what is used of it. `balance` is what the wallet has, set aside as well. */
export function standings(ceilings: Ceilings, usage: Usage, balance: bigint): Standing[] {
  const periods = PERIODS.flatMap((period) => {
    const { amount, count, renewsAt } = usage[period];
    return [
      { name: `${period}Amount` as const, used: amount, renewsAt },
      { name: `${period}Count` as const, used: count, renewsAt },
    ];
  });
  return [...periods, { name: 'balanceAmount' as const, used: balance, renewsAt: null }].flatMap((each) => {
    const ceiling = ceilings[each.name];
    return ceiling === null ? [] : [{ ...each, ceiling }];
  });
}

/** The first limit that one more operation of this amount would pass; null where it passes none. */
export function firstOver(standing: Standing[], amount: bigint): Standing | null {
  return standing.find(({ name, used, ceiling }) => used + stepOf(name, amount) > ceiling) ?? null;
}

/** How far an operation of this amount moves what is used of a limit. */
export function stepOf(name: CeilingName, amount: bigint): bigint {
  return name.endsWith('Count') ? 1n : amount;
}

/** The refusal: which limit, what is used and left of it, and when it renews (an ISO time; empty for the balance's). */
export function limitReached(direction: Direction, asset: string, over: Standing): DomainError {
  const message = `Over the ${over.name} limit of ${direction} money.`;
  return new DomainError('limit_reached', message, factsOf(direction, asset, over));
}

/** The same of what its portfolio may as a whole. */
export function poolReached(direction: Direction, asset: string, pool: string, over: Standing): DomainError {
  const message = `Over the ${over.name} limit of all ${direction} money of its portfolio.`;
  const facts = { ...factsOf(direction, asset, over), portfolioId: pool };
  return new DomainError('portfolio_limit_reached', message, facts);
}

function factsOf(direction: Direction, asset: string, { name, ceiling, used, renewsAt }: Standing) {
  const left = used < ceiling ? ceiling - used : 0n;
  return {
    ...{ direction, asset, which: name, limit: ceiling.toString() },
    ...{ used: used.toString(), left: left.toString(), renewsAt: renewsAt?.toISOString() ?? '' },
  };
}

/** How a portfolio's limit stands of which so much is used. */
export function poolStanding(direction: Direction, pool: Pool, used: bigint, renewsAt: Date): Standing {
  return { ...poolFigures(direction, pool, used), renewsAt: direction === 'outbound' ? renewsAt : null };
}

/** The same without when it renews. */
export function poolFigures(
  direction: Direction,
  { amount }: Pool,
  used: bigint,
): Omit<Standing, 'renewsAt'> {
  return { name: direction === 'outbound' ? 'dayAmount' : 'balanceAmount', ceiling: amount, used };
}
