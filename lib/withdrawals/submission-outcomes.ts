import { system } from '~/lib/actor';
import { recordAudit } from '~/lib/audit/audit';
import { type Tx, transaction } from '~/lib/db';
import { ABSENCE_PROVES_MS } from '~/lib/gate/absence';
import type { HeldReason } from '~/lib/gate/gate';
import { log } from '~/lib/log';
import { type LeaseRule, nextTry } from '~/lib/queue';
import { RailError } from '~/lib/rails/failures';
import type { Verdict } from '~/lib/rails/rail';
import { isAbsent } from '~/lib/withdrawals/unanswered';
import { giveBack, lockWithdrawal } from '~/lib/withdrawals/withdrawals';
import type { Prisma, Withdrawal } from '~/prisma/generated/client';

export const SUBMISSION: LeaseRule = { leaseSeconds: 120, backoff: { firstMs: 2_000, mostMs: 5 * 60_000 } };

/** Each claim counts one attempt, and only the last one may act. */
export type Claim = Pick<Withdrawal, 'id' | 'submitAttempts'>;

export const heldBy = ({ id, submitAttempts }: Claim) => ({
  id,
  submitAttempts,
  status: 'submitting' as const,
});

/** While we waited a webhook may have finished it, or another worker taken it over. */
export function isOurs(now: Withdrawal, claimed: Claim): boolean {
  return now.status === 'submitting' && now.submitAttempts === claimed.submitAttempts;
}

/** Passing with time, and mostly within seconds: not worth a line in the audit log. */
const FLEETING: ReadonlySet<HeldReason> = new Set(['credit_unconfirmed', 'proof_late', 'ledger_late']);

/** The gate keeps it back: in the queue, or, where an earlier request is unanswered, where it was. Its key stays. */
export async function keepBack(tx: Tx, before: Withdrawal, reason: HeldReason): Promise<void> {
  const isSent = before.submittedAt !== null;
  await tx.withdrawal.update({
    where: { id: before.id },
    data: {
      heldReason: reason,
      status: isSent ? 'submitting' : 'queued',
      leaseUntil: null,
      nextAttemptAt: isSent ? nextAttemptOf(before) : new Date(),
    },
  });
  if (before.heldReason === reason || FLEETING.has(reason)) return;
  await recordAudit(tx, system('submission'), {
    action: 'withdrawal.held',
    subject: 'withdrawal',
    id: before.id,
    walletId: before.walletId,
    after: { heldReason: reason },
  });
}

/** It isn't sent before something proves that what was sent made nothing: it is left in peace until then, and searched for. */
export async function restUntilAbsent(tx: Tx, before: Withdrawal): Promise<void> {
  const provenAt = (before.sentAt ?? new Date()).getTime() + ABSENCE_PROVES_MS;
  await tx.withdrawal.update({
    where: { id: before.id },
    data: {
      heldReason: null,
      leaseUntil: null,
      nextAttemptAt: new Date(Math.max(provenAt, nextAttemptOf(before).getTime())),
    },
  });
}

type Refused = Extract<Verdict, { kind: 'refused' }>;

/**
 * The rail answered that this request made nothing: the withdrawal ends, or waits in the queue for its next try. Behind
 * an earlier request without an answer it ends nothing, until absence at the rail shows that that one made nothing either.
 */
export async function settleRefusal(
  withdrawal: Withdrawal,
  refusal: Refused,
  earlier: Withdrawal | null,
): Promise<void> {
  const { id } = withdrawal;
  const { again, code, message } = refusal;
  const told = { code, detail: message };
  log.warn({ withdrawal: id, code, again }, 'submission refused');
  await transaction(async (tx) => {
    const before = await lockWithdrawal(tx, id);
    if (!isOurs(before, withdrawal)) return;
    // This one was answered: what may still stand at Fintoc is of the earlier one.
    if (earlier && !(await isAbsent(tx, { ...before, sentAt: earlier.sentAt })))
      return later(tx, before, told, { sentAt: earlier.sentAt });
    if (again === 'never') {
      await giveBack(tx, system('submission'), before, 'failed', message, code);
      return;
    }
    await later(tx, before, told, {
      status: 'queued',
      submittedAt: null,
      sentAt: null,
      ...(again === 'new_key' && { submitRound: { increment: 1 } }),
    });
  });
}

/**
 * The request may have been made, now or at an earlier try: it is followed up, and can't be called off. Where none was
 * sent, because the search before the first one failed, it goes back to the queue.
 */
export async function settleUnknown(withdrawal: Claim, error: unknown): Promise<void> {
  const { id } = withdrawal;
  const told =
    error instanceof RailError
      ? { code: error.code, detail: error.isTold ? error.message : null }
      : { code: 'internal', detail: null };
  if (error instanceof RailError) log.warn({ withdrawal: id, code: error.code }, 'submission not answered');
  else log.error({ withdrawal: id, err: error }, 'submission failed here');
  await transaction(async (tx) => {
    const before = await lockWithdrawal(tx, id);
    if (!isOurs(before, withdrawal)) return;
    await later(tx, before, told, before.submittedAt === null ? { status: 'queued' } : {});
  });
}

const nextAttemptOf = ({ submitAttempts }: Claim) => nextTry(SUBMISSION, submitAttempts).at;

async function later(
  tx: Tx,
  before: Withdrawal,
  { code: failureCode, detail: failureDetail }: { code: string; detail: string | null },
  change: Prisma.WithdrawalUpdateInput,
): Promise<void> {
  await tx.withdrawal.update({
    where: { id: before.id },
    data: {
      failureCode,
      failureDetail,
      leaseUntil: null,
      nextAttemptAt: nextAttemptOf(before),
      ...change,
    },
  });
  if (before.failureCode === failureCode) return;
  await recordAudit(tx, system('submission'), {
    action: 'withdrawal.delayed',
    subject: 'withdrawal',
    id: before.id,
    walletId: before.walletId,
    after: { failureCode, attempt: before.submitAttempts },
  });
}
