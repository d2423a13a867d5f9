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
  if (dayLimitOf(asset, actor) === null) return requireWithinKey({ asset, amount, before: 0n }, actor);
  await tx.$queryRaw`
    SELECT 1 AS locked FROM pg_advisory_xact_lock(hashtext('monedero.asked.by'), hashtext(${actor.id}))`;
  const [row] = await tx.$queryRaw<{ sum: bigint }[]>`
    SELECT asked_sum('key', ${DAY_HOURS}::int, ${actor.id}::uuid, NULL, NULL, NULL, NULL, ${asset}, NULL) AS sum`;
  requireWithinKey({ asset, amount, before: row?.sum ?? 0n }, actor);
}

/** What a key may ask for within 24 hours; null: as much as it likes. */
export function dayLimitOf(asset: string, actor: Actor): bigint | null {
  return actor.kind === 'key' ? (actor.limits[asset]?.day ?? null) : null;
}

/** The same refusals, where what it asked for within 24 hours is known. */
export function requireWithinKey(
  { asset, amount, before }: { asset: string; amount: bigint; before: bigint },
  actor: Actor,
): void {
  if (actor.kind !== 'key') return;
  const limited = Object.keys(actor.limits);
  // Who bounded it in one asset didn't mean the others to be free.
  if (limited.length > 0 && !limited.includes(asset)) throw overLimit(0n, asset);
  const { each = null, day = null } = actor.limits[asset] ?? {};
  if (each !== null && amount > each) throw overLimit(each, asset);
  if (day !== null && before + amount > day) throw overLimit(day, asset);
}

function overLimit(limit: bigint, asset: string): DomainError {
  return new DomainError('limit_of_key', 'More than this key may move.', { limit: limit.toString(), asset });
}
