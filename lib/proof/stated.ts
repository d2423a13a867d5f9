import { db, type Tx } from '~/lib/db';
import { env } from '~/lib/env';
import { type Divergence, openBreaks, tellCured } from '~/lib/proof/breaks';
import type { ProvenAccount } from '~/lib/proof/matching';
import { railOf } from '~/lib/rails/registry';

/**
 * What Fintoc states as an account's balance, beside what its list of movements comes to: a list that is whole and wrong
 * would prove nothing. A movement may come between the two questions, so what differs is asked again at each run, and
 * diverges only when it lasts: when no movement that came since led to what was stated. Where money comes in without a
 * break the two never meet, and each statement is told apart by the movements behind it.
 */
export async function readStated({ id: accountId }: ProvenAccount): Promise<void> {
  const { balance: stated, status } = await railOf(accountId).account(accountId);
  // What Fintoc says is shown beside the ledger's cash: as fresh as this, and not as old as the last sync.
  await db().account.update({
    where: { id: accountId },
    data: { availableBalance: stated, status, syncedAt: new Date() },
  });
  const [listed] = await db().$queryRaw<{ balance: bigint; position: bigint; misnumbered: bigint }[]>`
    SELECT coalesce(m.balance, 0) AS balance, coalesce(m.position, 0) AS position,
      coalesce((SELECT sum(b.difference) FROM proof_breaks b
        WHERE b.account_id = ${accountId} AND b.kind = 'order' AND b.state <> 'cured'), 0)::bigint AS misnumbered
    FROM (SELECT) one LEFT JOIN LATERAL (
      SELECT balance, position FROM proof_movements WHERE account_id = ${accountId} ORDER BY position DESC LIMIT 1) m ON true`;
  const { balance, position, misnumbered } = listed ?? { balance: 0n, position: 0n, misnumbered: 0n };
  // Where Fintoc's numbering of its movements is a break already, what it states may be numbered so or rightly.
  const isOff = stated !== balance && stated !== balance - misnumbered;
  await db().$executeRaw`
    UPDATE proof_states s SET stated_balance = ${stated}, stated_position = ${position},
      stated_off_since = CASE
        WHEN NOT ${isOff} THEN NULL
        WHEN s.stated_off_since IS NULL OR EXISTS (
          SELECT FROM proof_movements m WHERE m.account_id = s.account_id AND m.position > s.stated_position
            AND m.balance IN (s.stated_balance, s.stated_balance + ${misnumbered})) THEN now()
        ELSE s.stated_off_since END
    WHERE s.account_id = ${accountId}`;
}

/** The break of it: open while it lasts, cured as soon as both say the same, or movements led to what was stated. */
export async function keepStatedBreak(tx: Tx, account: ProvenAccount): Promise<void> {
  const accountId = account.id;
  const { statedBalance, statedOffSince } = await tx.proofState.findUniqueOrThrow({ where: { accountId } });
  const offForMs = statedOffSince ? Date.now() - statedOffSince.getTime() : 0;
  if (statedBalance !== null && statedOffSince && offForMs >= env().FINTOC_WEBHOOK_GRACE_MS) {
    const newest = await tx.proofMovement.findFirst({ where: { accountId }, orderBy: { position: 'desc' } });
    const divergence: Divergence = {
      kind: 'stated_balance',
      movementId: null,
      entryId: null,
      transferId: null,
      walletId: null,
      ownerWalletId: null,
      expected: statedBalance,
      actual: newest?.balance ?? 0n,
      at: statedOffSince,
    };
    return openBreaks(tx, account, [divergence]);
  }
  const standing = { accountId, kind: 'stated_balance' as const, state: { not: 'cured' as const } };
  await tellCured(
    tx,
    await tx.proofBreak.updateManyAndReturn({
      where: standing,
      data: { state: 'cured', curedAt: new Date() },
    }),
  );
}
