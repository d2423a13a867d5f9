import type { Tx } from '~/lib/db';
import { UNMATCHED } from '~/lib/gate/unmatched';
import { lockRow } from '~/lib/lock';
import { keepBalanceBreak, STANDING } from '~/lib/proof/breaks';
import type { Movement } from '~/lib/proof/compare';
import type { ProvenAccount } from '~/lib/proof/matching';
import type { ProofMovement, ProofState } from '~/prisma/generated/client';

type Turn = {
  lagging: Movement[];
  /** Whether both sides were looked at as far as they go. */
  complete: boolean;
  /** Whether nothing diverges. */
  settled: boolean;
};

/** Advances the proof over every equal movement in a row, and writes down how far it came. */
export async function advanceProof(tx: Tx, account: ProvenAccount, turn: Turn): Promise<void> {
  const { id: accountId } = account;
  await lockRow(tx, 'proof_states', accountId);
  const state = await tx.proofState.findUniqueOrThrow({ where: { accountId } });
  const { sequence, through } = await entriesNow(tx, account, state.entriesThrough);
  if (turn.complete && turn.settled) await keepBalanceBreak(tx, account, await sumsNow(tx, account, through));
  const batch = await provenBatch(tx, state);
  const proven = batch && (await writeProof(tx, state, batch));
  const now = new Date();
  const open = await tx.proofBreak.count({ where: { accountId, state: { in: [...STANDING] } } });
  const since = waitingSince(turn.lagging);
  await tx.proofState.update({
    where: { accountId },
    data: {
      ...proven,
      ...(turn.complete && { readAt: now }),
      ...(turn.complete && turn.settled && open === 0 && { provenAt: equalAt(state, since, now) }),
      entriesThrough: through,
      cashSequence: sequence,
      laggingCount: turn.lagging.length,
      laggingSince: since,
    },
  });
}

/** When the oldest of what waits happened; a clock at Fintoc that runs ahead of ours makes it no younger. */
function waitingSince(lagging: Movement[]): Date | null {
  const moments = lagging.map(({ at, readAt }) => Math.min(at.getTime(), readAt.getTime()));
  return moments.length === 0 ? null : new Date(Math.min(...moments));
}

/** While something waits, all is equal up to its moment and not up to now. */
function equalAt({ provenAt }: ProofState, since: Date | null, now: Date): Date {
  if (!since) return now;
  return provenAt && provenAt > since ? provenAt : since;
}

/** The cash account's sequence now, and the one up to which every entry has found its movement. */
async function entriesNow(tx: Tx, { id, asset }: ProvenAccount, through: bigint) {
  const account = await tx.ledgerAccount.findFirst({ where: { ownerId: id, bucket: 'cash', asset } });
  if (!account) return { sequence: 0n, through: 0n };
  const [open] = await tx.$queryRaw<{ sequence: bigint }[]>`
    SELECT e.sequence FROM ledger_entries e
    WHERE e.account_id = ${account.id} AND e.sequence > ${through} AND ${UNMATCHED}
    ORDER BY e.sequence LIMIT 1`;
  return { sequence: account.sequence, through: open ? open.sequence - 1n : account.sequence };
}

type Sums = {
  /** Fintoc's balance without the movements that found no entry, and without what breaks of order explain. */
  expected: bigint;
  /** The ledger's cash without the entries that found no movement. */
  actual: bigint;
};

/** Both balances as of one moment, each without what is unmatched: these are equal, or an amount was changed. */
async function sumsNow(tx: Tx, { id, asset }: ProvenAccount, through: bigint): Promise<Sums> {
  const [row] = await tx.$queryRaw<Sums[]>`
    WITH cash AS (
      SELECT l.id, l.balance FROM ledger_accounts l WHERE l.owner_id = ${id} AND l.bucket = 'cash' AND l.asset = ${asset}
    )
    SELECT (
        coalesce((SELECT balance FROM proof_movements WHERE account_id = ${id} ORDER BY position DESC LIMIT 1), 0)
        - coalesce((SELECT sum(CASE direction WHEN 'inbound' THEN amount ELSE -amount END)
            FROM proof_movements WHERE account_id = ${id} AND matched_at IS NULL), 0)
        - coalesce((SELECT sum(difference) FROM proof_breaks WHERE account_id = ${id} AND kind = 'order' AND state <> 'cured'), 0)
      )::bigint AS expected,
      (coalesce((SELECT balance FROM cash), 0) - coalesce((
          SELECT sum(e.amount) FROM ledger_entries e, cash
          WHERE e.account_id = cash.id AND e.sequence > ${through} AND ${UNMATCHED}), 0))::bigint AS actual`;
  if (!row) throw new Error('A query without FROM answers one row.');
  return row;
}

/** Positions of a first reading count down from one. */
const BEFORE_ALL = -(2n ** 62n);

type Batch = { first: ProofMovement; last: ProofMovement; count: number; sum: bigint };

/** The movements after the last proven one that are equal, up to the first that isn't or that people have to look at. */
async function provenBatch(tx: Tx, state: ProofState): Promise<Batch | null> {
  if (!state.reachedStart) return null;
  const { accountId } = state;
  const [row] = await tx.$queryRaw<{ from: bigint; to: bigint; count: number; sum: bigint }[]>`
    WITH stop AS (
      SELECT least(
        (SELECT min(position) FROM proof_movements WHERE account_id = ${accountId} AND matched_at IS NULL),
        (SELECT min(m.position) FROM proof_breaks b JOIN proof_movements m ON m.id = b.movement_id
         WHERE b.account_id = ${accountId} AND b.state = 'open')) AS position
    )
    SELECT min(m.position) AS from, max(m.position) AS to, count(*)::int AS count,
           sum(CASE m.direction WHEN 'inbound' THEN m.amount ELSE -m.amount END)::bigint AS sum
    FROM proof_movements m, stop
    WHERE m.account_id = ${accountId} AND (stop.position IS NULL OR m.position < stop.position)
      AND m.position > ${state.provenPosition ?? BEFORE_ALL}`;
  if (!row || row.count === 0) return null;
  const at = (position: bigint) =>
    tx.proofMovement.findUniqueOrThrow({ where: { accountId_position: { accountId, position } } });
  return { first: await at(row.from), last: await at(row.to), count: row.count, sum: row.sum };
}

async function writeProof(tx: Tx, state: ProofState, { first, last, count, sum }: Batch) {
  // Ours is the sum of the entries; each was found equal to its movement.
  const difference = last.balance - (state.provenBalance - state.difference + sum);
  await tx.proof.create({
    data: {
      accountId: state.accountId,
      fromMovementId: first.id,
      toMovementId: last.id,
      fromPosition: first.position,
      toPosition: last.position,
      fromAt: first.at,
      toAt: last.at,
      count,
      balance: last.balance,
      difference,
    },
  });
  return {
    provenMovementId: last.id,
    provenMovementAt: last.at,
    provenPosition: last.position,
    provenBalance: last.balance,
    provenCount: state.provenCount + BigInt(count),
    difference,
  };
}
