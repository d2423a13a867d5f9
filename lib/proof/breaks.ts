import { SYSTEM } from '~/lib/actor';
import { recordAudit } from '~/lib/audit';
import type { Tx } from '~/lib/db';
import type { Finding } from '~/lib/proof/compare';
import type { ProvenAccount } from '~/lib/proof/matching';
import type { ProofBreak } from '~/prisma/generated/client';
import type { BreakCure, BreakKind } from '~/prisma/generated/enums';

/** Of one account in one turn: the oldest. The rest is found when these are cured. */
const MOST_OPENED = 50;

/** What diverges, also when nothing on either side can be pointed at. */
export type Divergence = Omit<Finding, 'kind'> & { kind: BreakKind };

/** Writes down where the books and Fintoc part. What stands already stays as it was opened. */
export async function openBreaks(tx: Tx, account: ProvenAccount, found: Divergence[]): Promise<void> {
  if (found.length === 0) return;
  const divergences = found.slice(0, MOST_OPENED);
  const facts = await factsOf(tx, divergences);
  for (const divergence of divergences) {
    const { kind, transferId, entryId, movementId, expected, actual } = divergence;
    const subject = movementId ?? (entryId === null ? 'balance' : `entry:${entryId}`);
    const row = { accountId: account.id, kind, subject };
    const difference = expected - actual;
    const standing = await tx.proofBreak.findFirst({ where: { ...row, state: { not: 'cured' } } });
    if (standing) {
      if (standing.difference !== difference) await reopen(tx, standing, { expected, actual, difference });
      continue;
    }
    const eventId = facts.dead.get(transferId ?? '') ?? null;
    const cure = CURES[kind] ?? cureOfMissing(transferId, eventId, facts.known);
    const [opened] = await tx.proofBreak.createManyAndReturn({
      data: [{ ...divergence, ...row, asset: account.asset, difference, cure, eventId, triedAt: new Date() }],
      skipDuplicates: true,
    });
    if (opened) await tell(tx, 'proof.broken', opened);
  }
}

/** What people let pass was another difference. */
async function reopen(
  tx: Tx,
  { id, state }: ProofBreak,
  facts: { expected: bigint; actual: bigint; difference: bigint },
): Promise<void> {
  const released = state === 'released';
  const after = await tx.proofBreak.update({
    where: { id },
    data: { ...facts, ...(released && { state: 'open' as const, releasedAt: null }) },
  });
  if (!released) return;
  await tx.breakRelease.deleteMany({ where: { breakId: id } });
  await tell(tx, 'proof.broken', after);
}

const CURES: Partial<Record<BreakKind, BreakCure>> = {
  missing_there: 'adjust',
  amount_differs: 'adjust',
  wrong_wallet: 'adjust',
  order: 'wait',
  balance: 'wait',
};

/** A transfer that we never heard of can be taken in from Fintoc; one whose event died, by its replay. */
function cureOfMissing(transferId: string | null, eventId: string | null, known: Set<string>): BreakCure {
  if (eventId) return 'replay';
  return transferId?.startsWith('tr_') && !known.has(transferId) ? 'recover' : 'adjust';
}

async function factsOf(tx: Tx, divergences: Divergence[]) {
  const ids = divergences.flatMap(({ transferId }) => transferId ?? []);
  const [known, dead] = await Promise.all([
    tx.transfer.findMany({ where: { id: { in: ids }, state: { not: 'seen' } }, select: { id: true } }),
    tx.webhookEvent.findMany({
      where: { objectId: { in: ids }, state: 'dead' },
      select: { id: true, objectId: true },
    }),
  ]);
  return {
    known: new Set(known.map(({ id }) => id)),
    dead: new Map(dead.map(({ id, objectId }) => [objectId ?? '', id])),
  };
}

/** Closes the breaks whose movement or entry has found its other half. Payouts go on by themselves. */
export async function cureBreaks(tx: Tx, { id: accountId }: ProvenAccount): Promise<void> {
  const cured = await tx.$queryRaw<{ id: string }[]>`
    UPDATE proof_breaks b SET state = 'cured', cured_at = now()
    WHERE b.account_id = ${accountId} AND b.state <> 'cured' AND (
      b.kind IN ('missing_here', 'amount_differs')
        AND EXISTS (SELECT 1 FROM proof_movements m WHERE m.id = b.movement_id AND m.matched_at IS NOT NULL)
      OR b.kind = 'missing_there'
        AND (EXISTS (SELECT 1 FROM proof_movements m WHERE m.entry_id = b.entry_id)
          OR EXISTS (SELECT 1 FROM proof_exemptions x WHERE x.entry_id = b.entry_id))
      OR b.kind = 'wrong_wallet'
        AND EXISTS (SELECT 1 FROM adjustments a WHERE a.break_id = b.id::text AND a.status = 'posted'
          AND a.from_wallet_id = b.wallet_id AND a.to_wallet_id = b.owner_wallet_id))
    RETURNING b.id`;
  for (const { id } of cured)
    await tell(tx, 'proof.cured', await tx.proofBreak.findUniqueOrThrow({ where: { id } }));
}

/** The balances alone: open while they differ, cured as soon as they are equal. */
export async function keepBalanceBreak(
  tx: Tx,
  account: ProvenAccount,
  { expected, actual }: { expected: bigint; actual: bigint },
): Promise<void> {
  if (expected !== actual) {
    const nothing = {
      movementId: null,
      entryId: null,
      transferId: null,
      walletId: null,
      ownerWalletId: null,
    };
    return openBreaks(tx, account, [{ kind: 'balance', ...nothing, expected, actual, at: new Date() }]);
  }
  const standing = await tx.proofBreak.findFirst({
    where: { accountId: account.id, kind: 'balance', state: { not: 'cured' } },
  });
  if (!standing) return;
  const data = { state: 'cured' as const, curedAt: new Date() };
  await tell(tx, 'proof.cured', await tx.proofBreak.update({ where: { id: standing.id }, data }));
}

async function tell(tx: Tx, action: 'proof.broken' | 'proof.cured', after: ProofBreak): Promise<void> {
  await recordAudit(tx, SYSTEM, { action, subject: 'proof_break', id: after.id, after });
}
