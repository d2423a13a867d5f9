import type { Actor } from '~/lib/actor';
import type { Tx } from '~/lib/db';
import { heldOf, walletBalances } from '~/lib/ledger/balances';
import { type Ceilings, type Standing, standings, stepOf, type Use } from '~/lib/ledger/ceilings';
import { readUsage } from '~/lib/ledger/usage';
import { emit } from '~/lib/outbox/emit';
import { limitEvents } from '~/lib/terms/alerts';

/**
 * Tells of the limits that a posting took over a level, in its transaction: what it uses of is locked until that ends, so
 * the limits stand as the posting left them. `net` is what it added to the balance; `ceilings`, those of the terms, where
 * the posting itself was held to none.
 */
export async function tellLimits(
  tx: Tx,
  actor: Actor,
  { account, direction, amount, timeZone, ceilings: heldTo }: Use,
  { net = amount, ceilings = heldTo }: { net?: bigint; ceilings?: Ceilings } = {},
): Promise<void> {
  const { walletId, asset } = account;
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
