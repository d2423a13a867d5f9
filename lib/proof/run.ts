import { db, transaction } from '~/lib/db';
import { env } from '~/lib/env';
import { wasPolled } from '~/lib/inbox/sync';
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
import { RailError } from '~/lib/rails/failures';
import { isInMode } from '~/lib/rails/in-sql';
import type { Rail } from '~/lib/rails/rail';
import { railOf } from '~/lib/rails/registry';
import { Prisma } from '~/prisma/generated/client';

/** Payouts wait for the proof, so an account whose worker died is somebody else's soon; who is at work renews it. */
const LEASE_SECONDS = 30;
const RENEW_MS = 10_000;
/** An account whose cash moved is due at once, but not more often than this. */
const BUSY_EVERY_MS = 5_000;
const AFTER_ERROR_MS = 60_000;
/** The first error is mostly a moment's. */
const AFTER_FIRST_ERROR_MS = 5_000;
/** A transfer that a movement lacks is asked for again after this long. */
const RETRY_RECOVERY_MS = 10 * 60_000;

/**
 * Proves the accounts that are due: their movements at Fintoc against their cash in the ledger. Any number of
 * workers share them, an account is one worker's at a time. Answers how many were looked at.
 */
export async function proveAccounts(limit = 20): Promise<number> {
  await db().$executeRaw`
    INSERT INTO proof_states (account_id) SELECT a.id FROM accounts a WHERE ${isInMode(Prisma.sql`a`)} ON CONFLICT DO NOTHING`;
  let looked = 0;
  while (looked < limit) {
    const accountId = await claimDue();
    if (!accountId) break;
    await provenOrLater(accountId);
    looked += 1;
  }
  return looked;
}

async function claimDue(): Promise<string | null> {
  const [claimed] = await db().$queryRaw<{ accountId: string }[]>`
    UPDATE proof_states SET lease_until = now() + make_interval(secs => ${LEASE_SECONDS})
    WHERE account_id = (
      SELECT s.account_id FROM proof_states s
      JOIN accounts a ON a.id = s.account_id AND ${isInMode(Prisma.sql`a`)}
      LEFT JOIN ledger_accounts l ON l.owner_id = a.id AND l.bucket = 'cash' AND l.asset = a.asset
      WHERE (s.lease_until IS NULL OR s.lease_until < now())
        AND (s.next_at <= now()
          OR (l.sequence <> s.cash_sequence AND s.error IS NULL
            AND s.next_at <= now() + make_interval(secs => ${(env().FINTOC_MOVEMENTS_MS - BUSY_EVERY_MS) / 1000})))
      ORDER BY s.next_at LIMIT 1 FOR UPDATE OF s SKIP LOCKED)
    RETURNING account_id AS "accountId"`;
  return claimed?.accountId ?? null;
}

async function provenOrLater(accountId: string): Promise<void> {
  const done = (data: { error: string | null; nextAt: Date }) =>
    db().proofState.update({ where: { accountId }, data: { ...data, leaseUntil: null } });
  const renewal = setInterval(() => renew(accountId), RENEW_MS);
  try {
    const { restMs, error } = await prove(accountId);
    await done({ error, nextAt: new Date(Date.now() + restMs) });
  } catch (error) {
    log.error({ account: accountId, err: error }, 'account not proven');
    const told = error instanceof RailError ? error.code : 'internal';
    const before = await db().proofState.findUnique({ where: { accountId }, select: { error: true } });
    const restMs = before?.error ? AFTER_ERROR_MS : AFTER_FIRST_ERROR_MS;
    await done({ error: told, nextAt: new Date(Date.now() + restMs) });
  } finally {
    clearInterval(renewal);
  }
}

function renew(accountId: string): void {
  db()
    .proofState.updateMany({
      // Not what was given back meanwhile.
      where: { accountId, leaseUntil: { not: null } },
      data: { leaseUntil: new Date(Date.now() + LEASE_SECONDS * 1_000) },
    })
    .catch((error: unknown) => log.warn({ account: accountId, err: error }, 'lease not renewed'));
}

/** One account, now, unless a worker is at it. Answers whether it was. */
export async function proveAccount(accountId: string): Promise<boolean> {
  await db().proofState.createMany({ data: [{ accountId }], skipDuplicates: true });
  const leased = await db().$executeRaw`
    UPDATE proof_states SET lease_until = now() + make_interval(secs => ${LEASE_SECONDS})
    WHERE account_id = ${accountId} AND (lease_until IS NULL OR lease_until < now())`;
  if (leased === 0) return false;
  await provenOrLater(accountId);
  return true;
}

/** Answers how long the account may rest, and why it couldn't be proven to its end. */
async function prove(accountId: string): Promise<{ restMs: number; error: string | null }> {
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
  let compared = await compareNow(account, { read: read.complete, readAt });
  const asked = polled ? await recoverMissing(rail, accountId, compared.findings) : null;
  if (asked && asked.size > 0) compared = await compareNow(account, { read: read.complete, readAt });
  const { lagging, full } = compared;
  const findings = compared.findings.filter((finding) => isCertain(rail, finding, asked));
  const complete = read.complete && !full;
  await transaction(async (tx) => {
    await openBreaks(tx, account, findings);
    await cureBreaks(tx, account);
    if (read.complete) await keepStatedBreak(tx, account);
    await advanceProof(tx, account, { lagging, complete, settled: compared.findings.length === 0 });
  });
  if (read.unreadable > 0) return { restMs: AFTER_ERROR_MS, error: `unreadable:${read.unreadable}` };
  if (!complete) return { restMs: 0, error: null };
  const isBusy = compared.findings.length + lagging.length > 0;
  return { restMs: isBusy ? BUSY_EVERY_MS : env().FINTOC_MOVEMENTS_MS, error: null };
}

async function compareNow(
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
    await saveMatches(tx, account.id, comparison);
    // What was found equal is not looked at again: what is wrong with it nevertheless is kept with it.
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
 * Takes in what movements tell of and no webhook did. Answers the transfers that the rail was asked for, now or a
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
