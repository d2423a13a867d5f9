import { SYSTEM } from '~/lib/actor';
import { recordAudit } from '~/lib/audit';
import { db, transaction } from '~/lib/db';
import { createTransfer, FintocError } from '~/lib/fintoc/gateway';
import { KEY_LIFE_MS } from '~/lib/fintoc/requests';
import type { FintocTransfer } from '~/lib/fintoc/translate';
import { log } from '~/lib/log';
import { applySightings } from '~/lib/transfers/apply';
import { type Found, searchAtFintoc } from '~/lib/transfers/unanswered';
import { giveBack, lockWithdrawal } from '~/lib/transfers/withdrawals';
import { Prisma, type Withdrawal } from '~/prisma/generated/client';

const LEASE_SECONDS = 120;
/** A server error is stored under its key for good; only after this long is absence at Fintoc taken as final. */
const ABSENCE_PROVES_MS = 15 * 60_000;
const MAX_BACKOFF_MS = 5 * 60_000;

/**
 * Sends queued withdrawals to Fintoc, and takes up those whose answer never came. Answers how many were claimed.
 *
 * A time-out is not a failure: the same request goes out again under the same key, after a look whether its
 * transfer stands at Fintoc already. A new key is used only when nothing can have been made under the old one.
 *
 * submitted_at tells the two apart, whoever dies when: it is set before a request leaves, and taken away by an answer
 * that nothing was made. So where it stands before a try, an earlier request is unanswered, and may have been paid.
 */
export async function submitWithdrawals(): Promise<number> {
  const claimed = [...(await claim(READY, MOST_SENT)), ...(await claim(UNANSWERED, MOST_FOLLOWED))];
  if (claimed.length === 0) return 0;
  const withdrawals = await db().withdrawal.findMany({ where: { OR: claimed.map(heldBy) } });
  const fresh: Withdrawal[] = [];
  const byAccount = new Map<string, Withdrawal[]>();
  for (const withdrawal of withdrawals) {
    const { accountId, submittedAt } = withdrawal;
    if (submittedAt === null) fresh.push(withdrawal);
    else byAccount.set(accountId, [...(byAccount.get(accountId) ?? []), withdrawal]);
  }
  await Promise.all([...fresh.map((one) => submit(one)), ...[...byAccount.values()].map(followUp)]);
  return claimed.length;
}

const MOST_SENT = 10;
/** One search serves all of an account. */
const MOST_FOLLOWED = 100;

/** What waits to be sent waits on while its wallet is frozen, or while its account's books and Fintoc part. */
const READY = Prisma.sql`d.status = 'queued' AND w.status = 'open' AND NOT EXISTS (
  SELECT 1 FROM proof_breaks b WHERE b.account_id = d.account_id AND b.state = 'open')`;
/** What was sent has to be followed to its end. */
const UNANSWERED = Prisma.sql`d.status = 'submitting' AND (d.lease_until IS NULL OR d.lease_until < now())`;

function claim(condition: Prisma.Sql, limit: number): Promise<Claim[]> {
  return db().$queryRaw<Claim[]>`
    UPDATE withdrawals SET
      status = 'submitting', lease_until = now() + make_interval(secs => ${LEASE_SECONDS}),
      submit_attempts = submit_attempts + 1, updated_at = now()
    WHERE id IN (
      SELECT d.id FROM withdrawals d JOIN wallets w ON w.id = d.wallet_id
      WHERE ${condition} AND d.next_attempt_at <= now()
      ORDER BY d.next_attempt_at, d.id LIMIT ${limit} FOR UPDATE OF d SKIP LOCKED)
    RETURNING id, submit_attempts AS "submitAttempts"`;
}

/** Each claim counts one attempt, and only the last one may act. */
type Claim = Pick<Withdrawal, 'id' | 'submitAttempts'>;

const heldBy = ({ id, submitAttempts }: Claim) => ({ id, submitAttempts, status: 'submitting' as const });

/** Those of one account whose request got no answer: what stands at Fintoc is taken in, what doesn't is sent again. */
async function followUp(withdrawals: Withdrawal[]): Promise<void> {
  let found: Found;
  try {
    found = await searchAtFintoc(withdrawals, () => holdLeases(withdrawals));
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

async function takeIn(transfer: FintocTransfer): Promise<void> {
  const [applied] = await transaction((tx) =>
    applySightings(tx, [{ transfer, origin: 'submission', saidAt: new Date() }]),
  );
  if (applied?.outcome === 'refused') throw new Error(`${transfer.id}: ${applied.reason}`);
}

/** Sends it, unless the search took so long that somebody else has taken over: it is theirs then. */
async function sendIfOurs(withdrawal: Withdrawal): Promise<void> {
  const renewed = await renewClaim(withdrawal);
  if (!renewed) return;
  // Under a new key nothing is unanswered: the search has shown that the old one made nothing.
  const isUnanswered = withdrawal.submittedAt !== null && renewed.submitRound === withdrawal.submitRound;
  let transfer: FintocTransfer;
  try {
    transfer = await send(renewed);
  } catch (error) {
    // Only an answer to the request itself says what became of it. All else is not known.
    if (!(error instanceof FintocError) || error.verdict === 'unknown') throw error;
    return settleRefusal(renewed, error, isUnanswered);
  }
  await takeIn(transfer);
}

function send(withdrawal: Withdrawal): Promise<FintocTransfer> {
  return createTransfer(
    {
      account_id: withdrawal.accountId,
      // Fintoc's amounts are JSON numbers; MAX_AMOUNT keeps ours exact there.
      amount: Number(withdrawal.amount),
      currency: withdrawal.asset,
      ...(withdrawal.comment && { comment: withdrawal.comment }),
      ...(withdrawal.referenceId && { reference_id: withdrawal.referenceId }),
      counterparty: {
        account_number: withdrawal.beneficiaryNumber,
        ...(withdrawal.beneficiaryName && { holder_name: withdrawal.beneficiaryName }),
        ...(withdrawal.beneficiaryTaxId && { holder_id: withdrawal.beneficiaryTaxId }),
      },
      metadata: { withdrawal_id: withdrawal.id, wallet_id: withdrawal.walletId },
    },
    keyOf(withdrawal),
  );
}

function keyOf({ id, submitRound }: Withdrawal): string {
  return `monedero:withdrawal:${id}:${submitRound}`;
}

const leaseFromNow = () => new Date(Date.now() + LEASE_SECONDS * 1_000);

/** While they are searched for. Answers whether any of the claims is still ours. */
async function holdLeases(withdrawals: Withdrawal[]): Promise<boolean> {
  const { count } = await db().withdrawal.updateMany({
    where: { OR: withdrawals.map(heldBy) },
    data: { leaseUntil: leaseFromNow() },
  });
  return count > 0;
}

/**
 * The lease from now on, under a new key where Fintoc may have forgotten the old one: its transfer was just searched
 * for and isn't there. From here on the request may be at Fintoc. Null when the claim is not ours any more.
 */
async function renewClaim(withdrawal: Withdrawal): Promise<Withdrawal | null> {
  const { submittedAt, failureCode } = withdrawal;
  const ageMs = submittedAt ? Date.now() - submittedAt.getTime() : 0;
  const stuck = failureCode?.startsWith('http_5') === true || failureCode === 'internal_server_error';
  const newKey = ageMs >= KEY_LIFE_MS || (stuck && ageMs > ABSENCE_PROVES_MS);
  const [renewed] = await db().withdrawal.updateManyAndReturn({
    where: heldBy(withdrawal),
    data: {
      leaseUntil: leaseFromNow(),
      ...((newKey || !submittedAt) && { submittedAt: new Date() }),
      ...(newKey && { submitRound: { increment: 1 }, failureCode: null, failureDetail: null }),
    },
  });
  return renewed ?? null;
}

/** Fintoc answered that this request made nothing: the withdrawal ends, or waits in the queue for its next try. */
async function settleRefusal(withdrawal: Withdrawal, error: FintocError, isUnanswered: boolean) {
  const { id } = withdrawal;
  const { verdict, code, status, message } = error;
  log.warn({ withdrawal: id, code, verdict }, 'submission refused');
  if (verdict === 'refused') {
    return transaction(async (tx) => {
      const before = await lockWithdrawal(tx, id);
      if (isOurs(before, withdrawal)) await giveBack(tx, SYSTEM, before, 'failed', message, code);
    });
  }
  // Turned away at the door, it says nothing of an earlier request that got no answer.
  if (verdict === 'not_now' && isUnanswered) return tryAgain(withdrawal, error);
  // Fintoc would repeat under the same key what it refused, but not what it didn't let in: there the same key goes on
  // being the surest guard against paying twice.
  const newKey = verdict === 'refused_now' || status === 403;
  return tryAgain(withdrawal, error, {
    status: 'queued',
    submittedAt: null,
    ...(newKey && { submitRound: { increment: 1 } }),
  });
}

/** The request may have been made, now or at an earlier try: it is followed up, and can't be called off. */
async function settleUnknown(withdrawal: Withdrawal, error: unknown): Promise<void> {
  const { id } = withdrawal;
  if (error instanceof FintocError) log.warn({ withdrawal: id, code: error.code }, 'submission not answered');
  else log.error({ withdrawal: id, err: error }, 'submission failed here');
  return tryAgain(withdrawal, error);
}

/** While we waited for the answer a webhook may have finished it, or another worker taken it over. */
function isOurs(now: Withdrawal, claimed: Withdrawal): boolean {
  return now.status === 'submitting' && now.submitAttempts === claimed.submitAttempts;
}

async function tryAgain(
  withdrawal: Withdrawal,
  error: unknown,
  change: Prisma.WithdrawalUpdateInput = {},
): Promise<void> {
  const told = error instanceof FintocError ? error : null;
  const failureCode = told?.code ?? 'internal';
  const backoffMs = Math.min(1_000 * 2 ** Math.min(withdrawal.submitAttempts, 12), MAX_BACKOFF_MS);
  await transaction(async (tx) => {
    const before = await lockWithdrawal(tx, withdrawal.id);
    if (!isOurs(before, withdrawal)) return;
    await tx.withdrawal.update({
      where: { id: withdrawal.id },
      data: {
        failureCode,
        failureDetail: told?.status ? told.message : null,
        leaseUntil: null,
        nextAttemptAt: new Date(Date.now() + backoffMs * (0.75 + Math.random() / 2)),
        ...change,
      },
    });
    if (withdrawal.failureCode === failureCode) return;
    await recordAudit(tx, SYSTEM, {
      action: 'withdrawal.delayed',
      subject: 'withdrawal',
      id: withdrawal.id,
      after: { failureCode, attempt: withdrawal.submitAttempts },
    });
  });
}
