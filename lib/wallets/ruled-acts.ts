import type { Actor } from '~/lib/actor';
import type { Act } from '~/lib/approvals/acts';
import type { Tx } from '~/lib/db';
import { closeIn, freezeIn, requireFuture, unfreezeAlone } from '~/lib/wallets/status';
import { closeTogetherIn, freezeTogetherIn, unfreezeTogetherIn } from '~/lib/wallets/together';
import { lifecycleShape } from '~/lib/wallets/unless-ruled';

/** Does what `wallet.freeze` asks for, by who decided on it. */
export async function freezeAsked(tx: Tx, actor: Actor, { facts, reason }: Act): Promise<void> {
  const { of, id, direction, until, deposits } = lifecycleShape.parse(facts);
  requireFuture(until);
  const freeze = { reason, direction, until, deposits };
  if (of === 'wallet') await freezeIn(tx, actor, { walletId: id, ...freeze });
  else await freezeTogetherIn(tx, actor, { subject: of, id }, freeze);
}

/** Does what `wallet.unfreeze` asks for. */
export async function unfreezeAsked(tx: Tx, actor: Actor, { facts, reason }: Act): Promise<void> {
  const { of, id } = lifecycleShape.parse(facts);
  if (of === 'wallet') await unfreezeAlone(tx, actor, { walletId: id, reason });
  else await unfreezeTogetherIn(tx, actor, { subject: of, id }, { reason });
}

/** Does what `wallet.close` asks for: a portfolio is not closed. */
export async function closeAsked(tx: Tx, actor: Actor, { facts, reason }: Act): Promise<void> {
  const { of, id, closedBy = 'platform' } = lifecycleShape.parse(facts);
  if (of === 'wallet') await closeIn(tx, actor, { walletId: id, reason, closedBy });
  else if (of === 'customer') await closeTogetherIn(tx, actor, id, { reason, closedBy });
  else throw new Error('A portfolio is not closed.');
}
