import type { Actor } from '~/lib/actor';
import type { Tx } from '~/lib/db';
import { heldOf, walletBalances } from '~/lib/ledger/balances';
import { type Ceilings, type Pool, type Standing, standings, stepOf, type Use } from '~/lib/ledger/ceilings';
import { readPooled, readUsage } from '~/lib/ledger/usage';
import { emit } from '~/lib/outbox/emit';
import { capEvents, limitEvents } from '~/lib/terms/alerts';

/**
 * Tells of the limits that a posting took over a level, in its transaction: what it uses of is locked until that ends, so
 * the limits stand as the posting left them. `net` is what it added to the balance; `ceilings` and `pool`, those of the
 * terms and the portfolio, where the posting itself was held to none.
 */
export async function tellLimits(
  tx: Tx,
  actor: Actor,
  use: Use,
  { net = use.amount, ceilings = use.ceilings, pool = use.pool }: ToldOf = {},
): Promise<void> {
  const { account, direction, amount, timeZone } = use;
  const { walletId, asset } = account;
  await tellCap(tx, actor, { ...use, ...(pool && { pool }) }, net);
  if (walletId === null || Object.values(ceilings).every((ceiling) => ceiling === null)) return;
  const usage = (await readUsage([walletId], timeZone, tx))(walletId, asset, direction);
  const held = heldOf((await walletBalances([walletId], tx))(walletId, asset));
  const before = (each: Standing): Standing => ({
    ...each,
    used: each.used - (each.name === 'balanceAmount' ? net : stepOf(each.name, amount)),
  });
  const standing = standings(ceilings, usage, held).map(before);
  await emit(tx, actor, limitEvents(standing, { walletId, asset, direction, amount }, net));
}

type ToldOf = { net?: bigint; ceilings?: Ceilings; pool?: Pool | undefined };

/** The same of what its portfolio may as a whole, where that is limited. */
export async function tellCap(tx: Tx, actor: Actor, use: Use, net = use.amount): Promise<void> {
  const { direction, timeZone, pool } = use;
  const { asset } = use.account;
  if (!pool) return;
  const amount = direction === 'outbound' ? use.amount : net;
  const used = (await readPooled(pool.id, asset, direction, timeZone, tx)) - amount;
  const { customerId } = await tx.portfolio.findUniqueOrThrow({
    where: { id: pool.id },
    select: { customerId: true },
  });
  await emit(tx, actor, capEvents({ ...pool, customerId }, { asset, direction, used, amount }));
}
