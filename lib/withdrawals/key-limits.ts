import type { Actor, KeyActor } from '~/lib/actor';
import type { Tx } from '~/lib/db';
import { DomainError } from '~/lib/errors';
import { limitsOf } from '~/lib/key-limits';
import { keyName } from '~/lib/people/operator-names';
import { DAY_HOURS } from '~/lib/withdrawals/approval-rule';
import type { ApiKey } from '~/prisma/generated/client';

/** A key that asked for a payout, as the one who asks for its parts: one that has ended since asks for nothing. */
export function keyThatAsked({ id, name, revokedAt, expiresAt, limits, portfolioIds }: ApiKey): KeyActor {
  const hasEnded = revokedAt !== null || (expiresAt !== null && expiresAt <= new Date());
  const scopes = hasEnded ? [] : (['withdrawals:request'] as const);
  return {
    kind: 'key',
    id,
    name: keyName(name),
    scopes: [...scopes],
    limits: limitsOf(limits),
    portfolioIds,
  };
}

/**
 * Refuses what a key may not move: more at once, or with what it asked for within 24 hours, than it was made for; and other
 * assets, where it is bounded in some. Amounts without fees. Of two requests of one key at once the second counts the first.
 */
export async function checkKeyLimit(tx: Tx, actor: Actor, asset: string, amount: bigint): Promise<void> {
  if (actor.kind !== 'key') return;
  const limited = Object.keys(actor.limits);
  // Who bounded it in one asset didn't mean the others to be free.
  if (limited.length > 0 && !limited.includes(asset)) throw overLimit(0n, asset);
  const { each = null, day = null } = actor.limits[asset] ?? {};
  if (each !== null && amount > each) throw overLimit(each, asset);
  if (day === null) return;
  await tx.$queryRaw`
    SELECT 1 AS locked FROM pg_advisory_xact_lock(hashtext('monedero.asked.by'), hashtext(${actor.id}))`;
  const [row] = await tx.$queryRaw<{ sum: bigint }[]>`
    SELECT coalesce(sum(amount), 0)::bigint AS sum FROM (
      SELECT amount FROM withdrawals
      WHERE requested_by_id = ${actor.id}::uuid AND asset = ${asset}
        AND created_at > now() - make_interval(hours => ${DAY_HOURS})
        AND status NOT IN ('declined', 'cancelled', 'expired', 'failed', 'rejected')
      UNION ALL
      SELECT amount FROM adjustments
      WHERE requested_by_id = ${actor.id}::uuid AND asset = ${asset}
        AND created_at > now() - make_interval(hours => ${DAY_HOURS}) AND status NOT IN ('declined', 'cancelled')) asked`;
  if ((row?.sum ?? 0n) + amount > day) throw overLimit(day, asset);
}

function overLimit(limit: bigint, asset: string): DomainError {
  return new DomainError('limit_of_key', 'More than this key may move.', { limit: limit.toString(), asset });
}
