import { db, type Tx, transaction } from '~/lib/db';
import { heldBack } from '~/lib/gate/gate';
import { isFree, leaseEnd } from '~/lib/queue';
import type { Verdict } from '~/lib/rails/rail';
import type { RailTransfer } from '~/lib/rails/rail-says';
import { railOf } from '~/lib/rails/registry';
import { IS_WATCHED } from '~/lib/standstill/place';
import { applySightings } from '~/lib/transfers/apply';
import {
  type Claim,
  heldBy,
  isOurs,
  keepBack,
  restUntilAbsent,
  SUBMISSION,
  settleRefusal,
  settleUnknown,
} from '~/lib/withdrawals/submission-outcomes';
import { type Found, isAbsent, isBeingEnded, searchAtRail } from '~/lib/withdrawals/unanswered';
import { lockWithdrawal } from '~/lib/withdrawals/withdrawals';
import { Prisma, type Withdrawal } from '~/prisma/generated/client';

/** So often the same key is tried where the rail keeps a failure under it; then it is left in peace. */
const QUICK_TRIES = 5;

/**
 * Sends queued withdrawals to their rails, and takes up those whose answer never came. Answers how many were claimed.
 *
 * A time-out is not a failure: the same request goes out again under the same key, after a look whether its
 * transfer stands there already. A new key is used only when nothing can have been made under the old one.
 *
 * submitted_at tells the two apart, whoever dies when: it is set before a request leaves, and taken away by an answer
 * that nothing was made. So where it stands before a try, an earlier request is unanswered, and may have been paid.
 * These books may also be older than the world, when they were restored: what was queued before the database or this
 * process started is searched for before its first request, as if it had been sent; and nothing at all is sent before
 * somebody has looked whether they are.
 */
export async function submitWithdrawals(): Promise<number> {
  const claimed = [
    ...(await claim(READY, MOST_SENT)),
    ...(await claim(UNSEARCHED, MOST_FOLLOWED)),
    ...(await claim(UNANSWERED, MOST_FOLLOWED)),
  ];
  if (claimed.length === 0) return 0;
  const unsearched = new Set(claimed.filter(({ needsSearch }) => needsSearch).map(({ id }) => id));
  const withdrawals = await db().withdrawal.findMany({ where: { OR: claimed.map(heldBy) } });
  const fresh: Withdrawal[] = [];
  const byAccount = new Map<string, Withdrawal[]>();
  for (const withdrawal of withdrawals) {
    const { id, accountId } = withdrawal;
    if (!unsearched.has(id)) fresh.push(withdrawal);
    else byAccount.set(accountId, [...(byAccount.get(accountId) ?? []), withdrawal]);
  }
  await Promise.all([...fresh.map((one) => submit(one)), ...[...byAccount.values()].map(followUp)]);
  return claimed.length;
}

const MOST_SENT = 10;
/** One search serves all of an account. */
const MOST_FOLLOWED = 100;

const PROCESS_STARTED_AT = new Date(performance.timeOrigin);
const IS_SEARCHED = Prisma.sql`
  greatest(d.created_at, d.searched_at) >= greatest(${PROCESS_STARTED_AT}::timestamptz, pg_postmaster_start_time())`;
/** What the gate keeps back is looked at by its own job. */
const IS_DUE = Prisma.sql`d.status = 'queued' AND d.held_reason IS NULL`;
const READY = Prisma.sql`${IS_DUE} AND ${IS_SEARCHED}`;
const UNSEARCHED = Prisma.sql`${IS_DUE} AND NOT ${IS_SEARCHED}`;
/** What was sent has to be followed to its end. */
const UNANSWERED = Prisma.sql`d.status = 'submitting' AND ${isFree('d')}`;

function claim(condition: Prisma.Sql, limit: number): Promise<(Claim & { needsSearch: boolean })[]> {
  return db().$queryRaw`
    UPDATE withdrawals d SET
      status = 'submitting', lease_until = now() + make_interval(secs => ${SUBMISSION.leaseSeconds}),
      submit_attempts = submit_attempts + 1, updated_at = now()
    WHERE id IN (
      SELECT d.id FROM withdrawals d
      WHERE ${condition} AND d.next_attempt_at <= now() AND ${IS_WATCHED}
      ORDER BY d.next_attempt_at, d.id LIMIT ${limit} FOR UPDATE OF d SKIP LOCKED)
    RETURNING id, submit_attempts AS "submitAttempts",
      (submitted_at IS NOT NULL OR NOT ${IS_SEARCHED}) AS "needsSearch"`;
}

/** Those of one account that may stand at its rail already: what does is taken in, what doesn't is sent. */
async function followUp(withdrawals: Withdrawal[]): Promise<void> {
  let found: Found;
  try {
    found = await searchAtRail(withdrawals, () => holdLeases(withdrawals));
  } catch (error) {
    await Promise.all(withdrawals.map((withdrawal) => settleUnknown(withdrawal, error)));
    return;
  }
  await Promise.all(withdrawals.map((withdrawal) => submit(withdrawal, found)));
}

async function submit(withdrawal: Withdrawal, found?: Found): Promise<void> {
  const standing = found?.standing.get(withdrawal.id);
  const unsure = found?.unsure.get(withdrawal.id);
  try {
    if (standing) await takeIn(standing);
    else if (unsure) throw unsure;
    else await sendIfOurs(withdrawal);
  } catch (error) {
    await settleUnknown(withdrawal, error);
  }
}

async function takeIn(transfer: RailTransfer): Promise<void> {
  const [applied] = await transaction((tx) =>
    applySightings(tx, [{ transfer, origin: 'submission', saidAt: new Date() }]),
  );
  if (applied?.outcome === 'refused') throw new Error(`${transfer.id}: ${applied.reason}`);
}

/** Sends it, unless the gate keeps it back, or somebody else has taken it over meanwhile: it is theirs then. */
async function sendIfOurs(claimed: Withdrawal): Promise<void> {
  // Whatever is asked is asked after this wait, right before the request.
  await railOf(claimed.accountId).awaitTurn();
  const going = await transaction((tx) => letGo(tx, claimed));
  if (!going) return;
  const { withdrawal, earlier } = going;
  const verdict = await send(withdrawal);
  if (verdict.kind === 'refused') return settleRefusal(withdrawal, verdict, earlier);
  if (verdict.kind === 'unknown') throw verdict.error;
  await takeIn(verdict.transfer);
}

type Going = {
  withdrawal: Withdrawal;
  /** Of an earlier request under the same key that got no answer: how it stood before this one. Null when none did. */
  earlier: Withdrawal | null;
};

/**
 * Under the withdrawal's lock: asks the gate, and writes down that the request leaves, under a new key where the rail may
 * have forgotten the old one, or keeps an error under it, and nothing stands there for long enough. From here on the
 * request may be there. Null when it may not leave, or isn't ours any more.
 */
async function letGo(tx: Tx, claimed: Withdrawal): Promise<Going | null> {
  const before = await lockWithdrawal(tx, claimed.id);
  if (!isOurs(before, claimed)) return null;
  const reason = await heldBack(tx, before.id);
  if (reason) {
    await keepBack(tx, before, reason);
    return null;
  }
  const { submittedAt, failureCode } = before;
  if (submittedAt !== null && (await isBeingEnded(tx, before.id))) {
    await restUntilAbsent(tx, before);
    return null;
  }
  const rail = railOf(before.accountId);
  const isStuck = failureCode !== null && rail.keepsFailure(failureCode);
  const isOld = submittedAt !== null && Date.now() - submittedAt.getTime() >= rail.facts().keyLifeMs;
  const isWorn = submittedAt !== null && (isOld || isStuck);
  const newKey = isWorn && (await isAbsent(tx, before));
  if (isWorn && !newKey && (isOld || before.submitAttempts > QUICK_TRIES)) {
    await restUntilAbsent(tx, before);
    return null;
  }
  const now = new Date();
  const withdrawal = await tx.withdrawal.update({
    where: { id: before.id },
    data: {
      leaseUntil: leaseEnd(SUBMISSION),
      heldReason: null,
      sentAt: now,
      ...((newKey || !submittedAt) && { submittedAt: now }),
      ...(newKey && { submitRound: { increment: 1 }, failureCode: null, failureDetail: null }),
    },
  });
  // Under a new key nothing is unanswered: the search has shown that the old one made nothing.
  return { withdrawal, earlier: submittedAt !== null && !newKey ? before : null };
}

function send(withdrawal: Withdrawal): Promise<Verdict> {
  const { id, walletId, accountId, amount, asset, referenceId } = withdrawal;
  return railOf(accountId).pay({
    accountId,
    amount,
    asset,
    destinationKind: withdrawal.destinationKind,
    destination: withdrawal.destination,
    // Asked for before it was kept as printed, it goes as it always did: under its key, the rail compares.
    name: withdrawal.printedName ?? withdrawal.beneficiaryName,
    comment: withdrawal.printedComment ?? withdrawal.comment,
    taxId: withdrawal.beneficiaryTaxId,
    referenceId,
    marks: { withdrawalId: id, walletId },
    key: keyOf(withdrawal),
  });
}

function keyOf({ id, submitRound }: Withdrawal): string {
  return `monedero:withdrawal:${id}:${submitRound}`;
}

/** While they are searched for. Answers whether any of the claims is still ours. */
async function holdLeases(withdrawals: Withdrawal[]): Promise<boolean> {
  const { count } = await db().withdrawal.updateMany({
    where: { OR: withdrawals.map(heldBy) },
    data: { leaseUntil: leaseEnd(SUBMISSION) },
  });
  return count > 0;
}
