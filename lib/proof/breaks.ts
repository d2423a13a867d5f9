import { system } from '~/lib/actor';
import { callOff } from '~/lib/approvals/words';
import { recordAudits } from '~/lib/audit/audit';
import type { Tx } from '~/lib/db';
import type { Finding } from '~/lib/proof/compare';
import type { ProvenAccount } from '~/lib/proof/matching';
import { Prisma, type ProofBreak } from '~/prisma/generated/client';
import type { BreakCure, BreakKind } from '~/prisma/generated/enums';

/** Of one account in one turn: the oldest. The rest is found when these are cured. */
const MOST_OPENED = 50;
/** Rows written by one statement. */
const CHUNK = 500;

/** What diverges, also when nothing on either side can be pointed at. */
export type Divergence = Omit<Finding, 'kind'> & { kind: BreakKind };

/**
 * Of these the movement is matched nevertheless and never compared again: each is written down when it is found, or
 * never.
 */
export const isOfMatched = ({ kind }: { kind: BreakKind }) => kind === 'wrong_wallet' || kind === 'order';

/** What keeps an account from being equal; the other states are endings. */
export const STANDING = ['open', 'released'] as const;

/** Writes down where the books and Fintoc diverge. What stands already stays as it was opened. */
export async function openBreaks(tx: Tx, account: ProvenAccount, found: Divergence[]): Promise<void> {
  const others = found.filter((each) => !isOfMatched(each));
  const divergences = [...found.filter(isOfMatched), ...others.slice(0, MOST_OPENED)];
  for (let from = 0; from < divergences.length; from += CHUNK)
    await openChunk(tx, account, divergences.slice(from, from + CHUNK));
}

async function openChunk(tx: Tx, account: ProvenAccount, divergences: Divergence[]): Promise<void> {
  const facts = await factsOf(tx, divergences);
  const rows = divergences.map((divergence) => {
    const { kind, transferId, entryId, movementId, expected, actual } = divergence;
    const eventId = facts.dead.get(transferId ?? '') ?? null;
    return {
      ...divergence,
      accountId: account.id,
      asset: account.asset,
      subject: movementId ?? (entryId === null ? kind : `entry:${entryId}`),
      difference: expected - actual,
      cure: CURES[kind] ?? cureOfMissing(transferId, eventId, facts.known),
      eventId,
      triedAt: new Date(),
    };
  });
  // An accepted one stands here as well: what was accepted is one difference and no other.
  const standing = await tx.proofBreak.findMany({
    where: {
      accountId: account.id,
      subject: { in: rows.map(({ subject }) => subject) },
      state: { not: 'cured' },
    },
  });
  const known = new Map(standing.map((each) => [`${each.kind}/${each.subject}`, each]));
  const fresh = rows.filter(({ kind, subject }) => !known.has(`${kind}/${subject}`));
  for (const { kind, subject, expected, actual, difference } of rows) {
    const before = known.get(`${kind}/${subject}`);
    if (before && before.difference !== difference)
      await reopen(tx, before, { expected, actual, difference });
  }
  const opened = await tx.proofBreak.createManyAndReturn({ data: fresh, skipDuplicates: true });
  await tell(tx, 'proof.broken', opened);
}

/** What people let pass was another difference. */
async function reopen(
  tx: Tx,
  { id, state }: ProofBreak,
  facts: { expected: bigint; actual: bigint; difference: bigint },
): Promise<void> {
  const after = await tx.proofBreak.update({
    where: { id },
    data: { ...facts, state: 'open', releasedAt: null, acceptedAt: null, reopenedAt: new Date() },
  });
  await callOff(tx, ['break.release', 'break.accept'], id);
  if (state !== 'open') await tell(tx, 'proof.broken', [after]);
}

const CURES: Partial<Record<BreakKind, BreakCure>> = {
  missing_there: 'adjust',
  amount_differs: 'adjust',
  wrong_wallet: 'adjust',
  order: 'wait',
  balance: 'wait',
  stated_balance: 'wait',
  unexplained_payout: 'explain',
};

/** A transfer that we never heard of can be taken in from Fintoc; one whose event died, by its replay. */
function cureOfMissing(transferId: string | null, eventId: string | null, known: Set<string>): BreakCure {
  if (eventId) return 'replay';
  return transferId?.startsWith('tr_') && !known.has(transferId) ? 'recover' : 'adjust';
}

async function factsOf(tx: Tx, divergences: Divergence[]) {
  const ids = divergences.flatMap(({ transferId }) => transferId ?? []);
  const [known, dead] = await Promise.all([
    tx.transfer.findMany({
      where: { id: { in: ids }, NOT: [{ state: 'seen' }, { direction: 'inbound', state: 'pending' }] },
      select: { id: true },
    }),
    tx.inboxEvent.findMany({
      where: { objectId: { in: ids }, state: 'dead' },
      select: { id: true, objectId: true },
    }),
  ]);
  return {
    known: new Set(known.map(({ id }) => id)),
    dead: new Map(dead.map(({ id, objectId }) => [objectId ?? '', id])),
  };
}

/** A movement m of the account s and the one before it; what its balance has to be when it follows from that. */
export const CHAIN = Prisma.sql`
  proof_movements m JOIN proof_states s ON s.account_id = m.account_id
  LEFT JOIN proof_movements p ON p.account_id = m.account_id AND p.position = m.position - 1`;
export const FOLLOWING = Prisma.sql`(coalesce(p.balance, CASE WHEN s.reached_start THEN 0 END)
  + CASE m.direction WHEN 'inbound' THEN m.amount ELSE -m.amount END)`;

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
        AND (SELECT sum(a.amount) FROM adjustments a WHERE a.break_id = b.id::text AND a.status = 'posted'
          AND a.asset = b.asset AND a.account_id IS NULL
          AND a.from_wallet_id = b.wallet_id AND a.to_wallet_id = b.owner_wallet_id) >= b.expected
      OR b.kind = 'unexplained_payout'
        AND EXISTS (SELECT 1 FROM transfers f WHERE f.id = b.transfer_id AND f.state IN ('failed', 'rejected', 'returned'))
      OR b.kind = 'order'
        AND EXISTS (SELECT 1 FROM ${CHAIN} WHERE m.id = b.movement_id AND m.balance = ${FOLLOWING}))
    RETURNING b.id`;
  if (cured.length === 0) return;
  const ids = cured.map(({ id }) => id);
  await tellCured(tx, await tx.proofBreak.findMany({ where: { id: { in: ids } } }));
}

export function tellCured(tx: Tx, breaks: ProofBreak[]): Promise<void> {
  return tell(tx, 'proof.cured', breaks);
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
  await tell(tx, 'proof.cured', [await tx.proofBreak.update({ where: { id: standing.id }, data })]);
}

async function tell(tx: Tx, action: 'proof.broken' | 'proof.cured', breaks: ProofBreak[]): Promise<void> {
  const facts = breaks.map((after) => ({ action, subject: 'proof_break' as const, id: after.id, after }));
  await recordAudits(tx, system('proof'), facts);
}
