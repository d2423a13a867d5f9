import { db, transaction } from '~/lib/db';
import { env } from '~/lib/env';
import { wasPolled } from '~/lib/inbox/polled';
import { log } from '~/lib/log';
import { advanceProof } from '~/lib/proof/advance';
import { cureBreaks, isOfMatched, openBreaks } from '~/lib/proof/breaks';
import { type Comparison, compare, type Finding } from '~/lib/proof/compare';
import {
  cashAccountOf,
  loadBooks,
  type ProvenAccount,
  reopenUndone,
  saveMatches,
} from '~/lib/proof/matching';
import { readMovements } from '~/lib/proof/reading';
import { MOST_AT_ONCE, recoverTransfers } from '~/lib/proof/recover';
import { rereadOrder } from '~/lib/proof/reorder';
import { keepStatedBreak, readStated } from '~/lib/proof/stated';
import {
  claim,
  finish,
  type Held,
  LeaseLost,
  nextTry,
  type Queue,
  stillHeld,
  whileRenewing,
} from '~/lib/queue';
import { RailError } from '~/lib/rails/failures';
import { isInMode } from '~/lib/rails/in-sql';
import type { Rail } from '~/lib/rails/rail';
import { railOf } from '~/lib/rails/registry';
import { Prisma } from '~/prisma/generated/client';

/** Payouts wait for the proof, so a dead worker's account goes to another soon; a worker that is alive renews its lease. */
const PROOFS: Queue = { name: 'proofs', leaseSeconds: 30, backoff: { firstMs: 5_000, mostMs: 60_000 } };
/** An account whose cash moved is due at once, but not more often than this. */
const BUSY_EVERY_MS = 5_000;
/** More than all workers hold at once: if any account is free, it is among these. */
const MOST_HELD = 100;
const AFTER_UNREADABLE_MS = 60_000;
/** A transfer that a movement lacks is asked for again after this long. */
const RETRY_RECOVERY_MS = 10 * 60_000;

/**
 * Proves the accounts that are due: their movements at Fintoc against their cash in the ledger. Any number of
 * workers share them, an account is one worker's at a time. Returns how many were looked at.
 */
export async function proveAccounts(limit = 20): Promise<number> {
  await db().$executeRaw`
    INSERT INTO proof_states (account_id) SELECT a.id FROM accounts a WHERE ${isInMode(Prisma.sql`a`)} ON CONFLICT DO NOTHING`;
  let looked = 0;
  while (looked < limit) {
    const [held] = await claim(PROOFS, dueAccounts(), 1);
    if (!held) break;
    await provenOrLater(held);
    looked += 1;
  }
  return looked;
}

function dueAccounts(): Prisma.Sql {
  return Prisma.sql`
    SELECT s.account_id AS item FROM proof_states s
    JOIN accounts a ON a.id = s.account_id AND ${isInMode(Prisma.sql`a`)}
    LEFT JOIN ledger_accounts l ON l.owner_id = a.id AND l.bucket = 'cash' AND l.asset = a.asset
    WHERE s.next_at <= now()
      OR (l.sequence <> s.cash_sequence AND s.error IS NULL
        AND s.next_at <= now() + make_interval(secs => ${(env().FINTOC_MOVEMENTS_MS - BUSY_EVERY_MS) / 1000}))
    ORDER BY s.next_at LIMIT ${MOST_HELD}`;
}

/** One account, now, unless a worker is at it. Returns whether it was. */
export async function proveAccount(accountId: string): Promise<boolean> {
  await db().proofState.createMany({ data: [{ accountId }], skipDuplicates: true });
  const [held] = await claim(PROOFS, Prisma.sql`SELECT ${accountId}::text AS item`, 1);
  if (!held) return false;
  await provenOrLater(held);
  return true;
}

async function provenOrLater(held: Held): Promise<void> {
  const { item: accountId } = held;
  try {
    await whileRenewing(held, async () => {
      const { restMs, error } = await prove(held);
      await rest(held, { error, nextAt: new Date(Date.now() + restMs), failures: 0 });
    });
  } catch (error) {
    log.error({ account: accountId, err: error }, 'account not proven');
    if (error instanceof LeaseLost) return;
    const told = error instanceof RailError ? error.code : 'internal';
    await restAfterError(held, told);
  }
}

async function restAfterError(held: Held, error: string): Promise<void> {
  const { failures } = await db().proofState.findUniqueOrThrow({
    where: { accountId: held.item },
    select: { failures: true },
  });
  await rest(held, { error, nextAt: nextTry(PROOFS, failures + 1).at, failures: failures + 1 });
}

/** Gives the account back, unless this worker's lease ran out. */
function rest(held: Held, data: { error: string | null; nextAt: Date; failures: number }): Promise<void> {
  return transaction(async (tx) => {
    await stillHeld(tx, held);
    await tx.proofState.update({ where: { accountId: held.item }, data });
    await finish(tx, held);
  });
}

/** Returns how long the account may rest, and why it couldn't be proven to its end. */
async function prove(held: Held): Promise<{ restMs: number; error: string | null }> {
  const accountId = held.item;
  const { asset } = await db().account.findUniqueOrThrow({
    where: { id: accountId },
    select: { asset: true },
  });
  const account = { id: accountId, asset };
  const rail = railOf(accountId);
  const readAt = new Date();
  const read = await readMovements(accountId);
  if (read.complete) await readStated(account);
  await rereadOrder(account);
  const polled = await wasPolled(rail.facts().name);
  let compared = await compareNow(held, account, { read: read.complete, readAt });
  const asked = polled ? await recoverMissing(rail, accountId, compared.findings) : null;
  if (asked && asked.size > 0) compared = await compareNow(held, account, { read: read.complete, readAt });
  const { lagging, full } = compared;
  const findings = compared.findings.filter((finding) => isCertain(rail, finding, asked));
  const complete = read.complete && !full;
  await transaction(async (tx) => {
    await stillHeld(tx, held);
    await openBreaks(tx, account, findings);
    await cureBreaks(tx, account);
    if (read.complete) await keepStatedBreak(tx, account);
    await advanceProof(tx, account, { lagging, complete, settled: compared.findings.length === 0 });
  });
  if (read.unreadable > 0) return { restMs: AFTER_UNREADABLE_MS, error: `unreadable:${read.unreadable}` };
  if (!complete) return { restMs: 0, error: null };
  const isBusy = compared.findings.length + lagging.length > 0;
  return { restMs: isBusy ? BUSY_EVERY_MS : env().FINTOC_MOVEMENTS_MS, error: null };
}

async function compareNow(
  held: Held,
  account: ProvenAccount,
  reading: { read: boolean; readAt: Date },
): Promise<Comparison & { full: boolean }> {
  const cash = await cashAccountOf(account);
  await reopenUndone(account, cash);
  const { full, ...books } = await loadBooks(account, cash, {
    ...reading,
    graceMs: env().FINTOC_WEBHOOK_GRACE_MS,
  });
  const comparison = compare(books);
  await transaction(async (tx) => {
    await stillHeld(tx, held);
    await saveMatches(tx, account.id, comparison);
    // What was found equal is not looked at again, so whatever else is wrong with it is written down now.
    await openBreaks(tx, account, comparison.findings.filter(isOfMatched));
  });
  return { ...comparison, full };
}

/** A transfer may be missing here because Fintoc wasn't asked for it yet: that is no break. */
function isCertain(rail: Rail, { kind, transferId }: Finding, asked: Set<string> | null): boolean {
  if (isOfMatched({ kind })) return true;
  if (asked === null) return false;
  return kind !== 'missing_here' || !isTransfer(rail, transferId) || asked.has(transferId);
}

/**
 * Takes in what movements tell of and no webhook did. Returns the transfers that the rail was asked for, now or a
 * short while ago.
 */
async function recoverMissing(rail: Rail, accountId: string, findings: Finding[]): Promise<Set<string>> {
  const missing = findings.filter(
    ({ kind, transferId }) => kind === 'missing_here' && isTransfer(rail, transferId),
  );
  if (missing.length === 0) return new Set();
  const standing = { accountId, kind: 'missing_here' as const, state: { not: 'cured' as const } };
  const recent = await db().proofBreak.findMany({
    where: { ...standing, triedAt: { gt: new Date(Date.now() - RETRY_RECOVERY_MS) } },
    select: { transferId: true },
  });
  const tried = new Set(recent.flatMap(({ transferId }) => transferId ?? []));
  const due = missing.flatMap(({ transferId }) => (transferId && !tried.has(transferId) ? [transferId] : []));
  const now = due.slice(0, MOST_AT_ONCE);
  await recoverTransfers(now, rail);
  await db().proofBreak.updateMany({
    where: { ...standing, transferId: { in: now } },
    data: { triedAt: new Date() },
  });
  return new Set([...tried, ...now]);
}

function isTransfer(rail: Rail, id: string | null): id is string {
  return id !== null && rail.isTransfer(id);
}
