import type { Queryable } from '~/lib/db';
import { type Ceilings, firstOver, standings, type Usage } from '~/lib/ledger/ceilings';
import { readUsage, type UsageOf } from '~/lib/ledger/usage';
import type { NewEvent } from '~/lib/outbox/emit';
import { capEvents, limitEvents } from '~/lib/terms/alerts';
import { zoneOf } from '~/lib/terms/limits';

/** What a portfolio may hold as a whole, and does. Wallets of one portfolio have the same object. */
export type PoolIn = { id: string; customerId: string; amount: bigint; held: bigint };

/** Of one deposit, of all in a time, and of the balance; with what is used of them. */
export type DepositLimits = { min: bigint | null; max: bigint | null; ceilings: Ceilings; usage: Usage };

/** A wallet as transfer_context answers it: each limit by its name, in text; null where its terms set none. */
export type Unread = { id: string; asset: string; accountId: string | null; limits: Columns | null };
type Columns = Record<string, string | null>;

/** The limits of each; what is used is read for wallets whose terms limit it alone, by each rail's clock. */
export async function readLimits(client: Queryable, wallets: Unread[]): Promise<(DepositLimits | null)[]> {
  const limited = wallets.filter(({ limits }) => limits !== null);
  const usages = new Map<string, UsageOf>();
  for (const zone of new Set(limited.map(zoneOf))) {
    const ids = limited.filter((wallet) => zoneOf(wallet) === zone).map(({ id }) => id);
    usages.set(zone, await readUsage(ids, zone, client));
  }
  return wallets.map((wallet) => {
    const usage = wallet.limits && usages.get(zoneOf(wallet))?.(wallet.id, wallet.asset, 'inbound');
    return wallet.limits && usage ? limitsOf(wallet.limits, usage) : null;
  });
}

function limitsOf(columns: Columns, usage: Usage): DepositLimits {
  const read = (name: string) => (columns[name] ? BigInt(columns[name]) : null);
  return {
    min: read('min_amount'),
    max: read('max_amount'),
    ceilings: {
      dayAmount: read('day_amount'),
      dayCount: read('day_count'),
      weekAmount: read('week_amount'),
      weekCount: read('week_count'),
      monthAmount: read('month_amount'),
      monthCount: read('month_count'),
      balanceAmount: read('balance_amount'),
    },
    usage,
  };
}

/**
 * Whether a deposit is outside of the limits. `held` is what the wallet has before it, set aside as well; `net`, what it would
 * add to that.
 */
export function isOutside(
  { min, max, ceilings, usage }: DepositLimits,
  { amount, net, held }: { amount: bigint; net: bigint; held: bigint },
): boolean {
  if ((min !== null && amount < min) || (max !== null && amount > max)) return true;
  const { balanceAmount } = ceilings;
  if (balanceAmount !== null && held + net > balanceAmount) return true;
  return firstOver(standings({ ...ceilings, balanceAmount: null }, usage, 0n), amount) !== null;
}

/** Whether it would take its portfolio over what that may hold. */
export function isOutsidePool(pool: PoolIn | null, net: bigint): boolean {
  return pool !== null && pool.held + net > pool.amount;
}

/** Of each wallet the portfolio that limits it; of those of one portfolio it is one, so that what comes to one counts for all. */
export function readPools(wallets: { asset: string; pool: PoolColumns | null }[]): (PoolIn | null)[] {
  const pools = new Map<string, PoolIn>();
  return wallets.map(({ asset, pool }) => {
    if (!pool) return null;
    const key = `${pool.id} ${asset}`;
    const known = pools.get(key) ?? {
      ...{ id: pool.id, customerId: pool.customer_id },
      ...{ amount: BigInt(pool.amount), held: BigInt(pool.held) },
    };
    pools.set(key, known);
    return known;
  });
}

export type PoolColumns = { id: string; customer_id: string; amount: string; held: string };

type Limited = { id: string; asset: string; limits: DepositLimits | null; pool: PoolIn | null };

/** Counts a deposit for those after it in the same batch, and says what to tell of a limit that comes near its end. */
export function countIn(
  { id: walletId, asset, limits, pool }: Limited,
  { amount, net, held }: { amount: bigint; net: bigint; held: bigint },
): NewEvent[] {
  const direction = 'inbound';
  const events = pool ? capEvents(pool, { asset, direction, used: pool.held, amount: net }) : [];
  if (pool) pool.held += net;
  if (!limits) return events;
  const standing = standings(limits.ceilings, limits.usage, held);
  events.push(...limitEvents(standing, { walletId, asset, direction, amount }, net));
  for (const used of Object.values(limits.usage)) {
    used.amount += amount;
    used.count += 1n;
  }
  return events;
}
