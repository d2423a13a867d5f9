import { SYSTEM } from '~/lib/actor';
import { recordAudit } from '~/lib/audit';
import { db, transaction } from '~/lib/db';
import { env } from '~/lib/env';
import { createTransfer, FintocError, listTransfers } from '~/lib/fintoc/gateway';
import { KEY_LIFE_MS } from '~/lib/fintoc/requests';
import type { FintocTransfer } from '~/lib/fintoc/translate';
import { log } from '~/lib/log';
import { reserveSlot } from '~/lib/rate-limit';
import { applySightings } from '~/lib/transfers/apply';
import { giveBack, lockWithdrawal } from '~/lib/transfers/withdrawals';
import type { Withdrawal } from '~/prisma/generated/client';

const LEASE_SECONDS = 120;
/** How far behind our clock Fintoc's may be when a transfer is searched for by time. */
const SEARCH_MARGIN_MS = 10 * 60_000;
/** A server error is stored under its key for good; only after this long is absence at Fintoc taken as final. */
const ABSENCE_PROVES_MS = 15 * 60_000;
const MAX_BACKOFF_MS = 5 * 60_000;

/**
 * Sends queued withdrawals to Fintoc, and takes up those whose answer never came. Answers how many were claimed.
 *
 * A time-out is not a failure: the same request goes out again under the same key, after a look whether its
 * transfer stands at Fintoc already. A new key is used only when nothing can have been made under the old one.
 */
export async function submitWithdrawals(limit = 10): Promise<number> {
  const claimed = await db().$queryRaw<{ id: string }[]>`
    UPDATE withdrawals SET
      status = 'submitting', lease_until = now() + make_interval(secs => ${LEASE_SECONDS}),
      submit_attempts = submit_attempts + 1, submitted_at = coalesce(submitted_at, now()), updated_at = now()
    WHERE id IN (
      SELECT d.id FROM withdrawals d JOIN wallets w ON w.id = d.wallet_id
      -- What waits to be sent waits on while its wallet is frozen, or while its account's books and Fintoc part;
      -- what was sent has to be followed to its end.
      WHERE ((d.status = 'queued' AND w.status = 'open' AND NOT EXISTS (
              SELECT 1 FROM proof_breaks b WHERE b.account_id = d.account_id AND b.state = 'open'))
          OR (d.status = 'submitting' AND (d.lease_until IS NULL OR d.lease_until < now())))
        AND d.next_attempt_at <= now()
      ORDER BY d.next_attempt_at, d.id LIMIT ${limit} FOR UPDATE OF d SKIP LOCKED)
    RETURNING id`;
  await Promise.all(claimed.map(({ id }) => submit(id)));
  return claimed.length;
}

async function submit(id: string): Promise<void> {
  const withdrawal = await db().withdrawal.findUniqueOrThrow({ where: { id } });
  try {
    const isRetry = withdrawal.submitAttempts > 1;
    const standing = isRetry ? await findAtFintoc(withdrawal) : null;
    const transfer = standing ?? (await sendIfOurs(withdrawal));
    if (!transfer) return;
    const [applied] = await transaction((tx) =>
      applySightings(tx, [{ transfer, origin: 'submission', saidAt: new Date() }]),
    );
    if (applied?.outcome === 'refused') throw new Error(`${transfer.id}: ${applied.reason}`);
  } catch (error) {
    await settleFailure(withdrawal, error);
  }
}

/** Sends it, unless the search took so long that somebody else has taken over: it is theirs then. */
async function sendIfOurs(withdrawal: Withdrawal): Promise<FintocTransfer | null> {
  await reserveSlot('fintoc.transfers', env().FINTOC_TRANSFERS_PER_SECOND);
  const renewed = await renewClaim(withdrawal);
  return renewed && send(renewed);
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

/** The transfer that an earlier, unanswered submission made, by the mark that it carries. */
async function findAtFintoc(withdrawal: Withdrawal): Promise<FintocTransfer | null> {
  const since = new Date(
    (withdrawal.submittedAt ?? withdrawal.createdAt).getTime() - SEARCH_MARGIN_MS,
  ).toISOString();
  const filter = { account_id: withdrawal.accountId, direction: 'outbound', since };
  for await (const transfer of listTransfers(filter)) {
    if (transfer.metadata.withdrawal_id === withdrawal.id) return transfer;
  }
  return null;
}

/**
 * The lease from now on, under a new key where Fintoc may have forgotten the old one: its transfer was just searched
 * for and isn't there. Null when the claim is not ours any more: each counts one attempt, and only the last one acts.
 */
async function renewClaim(withdrawal: Withdrawal): Promise<Withdrawal | null> {
  const ageMs = Date.now() - (withdrawal.submittedAt ?? withdrawal.createdAt).getTime();
  const stuck =
    withdrawal.failureCode?.startsWith('http_5') === true ||
    withdrawal.failureCode === 'internal_server_error';
  const newKey = ageMs >= KEY_LIFE_MS || (stuck && ageMs > ABSENCE_PROVES_MS);
  const [renewed] = await db().withdrawal.updateManyAndReturn({
    where: { id: withdrawal.id, status: 'submitting', submitAttempts: withdrawal.submitAttempts },
    data: {
      leaseUntil: new Date(Date.now() + LEASE_SECONDS * 1_000),
      ...(newKey && { submitRound: { increment: 1 }, submittedAt: new Date(), failureCode: null }),
    },
  });
  return renewed ?? null;
}

async function settleFailure(withdrawal: Withdrawal, error: unknown): Promise<void> {
  const { id } = withdrawal;
  if (!(error instanceof FintocError)) {
    log.error({ withdrawal: id, err: error }, 'submission failed here');
    return tryAgain(withdrawal, 'internal', 'submitting');
  }
  log.warn({ withdrawal: id, code: error.code, verdict: error.verdict }, 'submission not accepted');
  if (error.verdict === 'unknown') return tryAgain(withdrawal, error.code, 'submitting');
  if (error.verdict === 'not_now') return tryAgain(withdrawal, error.code, 'submitting');
  // The account at Fintoc lacks money, or is blocked. This key's refusal is stored there, so the next try has its own.
  if (error.verdict === 'refused_now') return tryAgain(withdrawal, error.code, 'queued', true);
  await transaction(async (tx) => {
    const before = await lockWithdrawal(tx, id);
    if (!isOurs(before, withdrawal)) return;
    await giveBack(tx, SYSTEM, before, 'failed', error.message, error.code);
  });
}

/** While we waited for the answer a webhook may have finished it, or another worker taken it over. */
function isOurs(now: Withdrawal, claimed: Withdrawal): boolean {
  return now.status === 'submitting' && now.submitAttempts === claimed.submitAttempts;
}

async function tryAgain(
  withdrawal: Withdrawal,
  code: string,
  status: 'queued' | 'submitting',
  newKey = false,
): Promise<void> {
  const backoffMs = Math.min(1_000 * 2 ** Math.min(withdrawal.submitAttempts, 12), MAX_BACKOFF_MS);
  await transaction(async (tx) => {
    const before = await lockWithdrawal(tx, withdrawal.id);
    if (!isOurs(before, withdrawal)) return;
    await tx.withdrawal.update({
      where: { id: withdrawal.id },
      data: {
        status,
        failureCode: code,
        leaseUntil: null,
        nextAttemptAt: new Date(Date.now() + backoffMs * (0.75 + Math.random() / 2)),
        ...(newKey && { submitRound: { increment: 1 } }),
      },
    });
    if (withdrawal.failureCode === code) return;
    await recordAudit(tx, SYSTEM, {
      action: 'withdrawal.delayed',
      subject: 'withdrawal',
      id: withdrawal.id,
      after: { failureCode: code, attempt: withdrawal.submitAttempts },
    });
  });
}
