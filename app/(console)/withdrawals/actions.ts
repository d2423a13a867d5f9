'use server';

import type { Route } from 'next';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { inboxFilter, type WaitingWithdrawal, waitingItem } from '~/app/(console)/withdrawals/approval-items';
import { operatorAction } from '~/lib/action';
import type { OperatorActor } from '~/lib/actor';
import { DomainError, type ErrorCode, type ErrorDetails } from '~/lib/errors';
import { log } from '~/lib/log';
import { isAsset, parseAmount } from '~/lib/money';
import { currentActor, requireOperator } from '~/lib/session';
import { MOST_CHOSEN } from '~/lib/transfers/approval-limits';
import { type Decision, decisionsOn, listAwaiting } from '~/lib/transfers/approvals';
import { endByHand, OUTCOMES } from '~/lib/transfers/endings';
import {
  approveWithdrawal,
  cancelWithdrawal,
  declineWithdrawal,
  requestWithdrawal,
} from '~/lib/transfers/withdrawals';

const text = (max: number) => z.string().trim().max(max).optional();

const newWithdrawal = z
  .object({
    walletId: z.uuid(),
    /** The wallet's, which never changes: it says how the typed amount is read. */
    asset: z.string(),
    amount: z.string().max(40),
    beneficiaryNumber: z.string().max(60),
    beneficiaryName: text(120),
    beneficiaryTaxId: text(40),
    comment: text(40),
    referenceId: text(20),
    requestId: z.uuid(),
  })
  .transform(({ asset, amount: typed, ...rest }, context) => {
    const amount = isAsset(asset) ? parseAmount(typed, asset) : null;
    if (amount === null) {
      context.addIssue({ code: 'custom', path: ['amount'], message: 'amount_format' });
      return z.NEVER;
    }
    return { ...rest, amount };
  });

const decision = z.object({ withdrawalId: z.uuid(), reason: z.string().trim().min(3).max(500) });

export const requestWithdrawalAction = operatorAction(newWithdrawal, requestWithdrawal, {
  redirectTo: ({ id }) => `/withdrawals/${id}` as Route,
});

export const approveWithdrawalAction = operatorAction(
  z.object({ withdrawalId: z.uuid() }),
  approveWithdrawal,
);
export const declineWithdrawalAction = operatorAction(decision, declineWithdrawal);
export const cancelWithdrawalAction = operatorAction(decision, cancelWithdrawal);

export const endByHandAction = operatorAction(decision.extend({ outcome: z.enum(OUTCOMES) }), endByHand);

export type ApprovalResult =
  | { id: string; ok: true }
  | {
      id: string;
      ok: false;
      code: ErrorCode | 'unexpected' | 'unsent';
      details: ErrorDetails;
      /** What somebody decided before. */
      decided?: Decision | undefined;
    };

const batch = z.array(z.uuid()).max(50);

/**
 * Approves several, one after the other, each for itself: what fails says why and stops nobody else. The screen
 * sends a long selection in batches, so that it can show how far it is.
 */
export async function approveWithdrawalsAction(withdrawalIds: string[]): Promise<ApprovalResult[]> {
  return decideEach('approved', withdrawalIds, (actor, withdrawalId) =>
    approveWithdrawal(actor, { withdrawalId }),
  );
}

/** Declines several for one reason, each for itself, as approving does. */
export async function declineWithdrawalsAction(
  withdrawalIds: string[],
  reason: string,
): Promise<ApprovalResult[]> {
  const checked = decision.shape.reason.parse(reason);
  return decideEach('declined', withdrawalIds, (actor, withdrawalId) =>
    declineWithdrawal(actor, { withdrawalId, reason: checked }),
  );
}

type Wanted = Extract<Decision['decision'], 'approved' | 'declined'>;

async function decideEach(
  wanted: Wanted,
  withdrawalIds: string[],
  decide: (actor: OperatorActor, withdrawalId: string) => Promise<unknown>,
): Promise<ApprovalResult[]> {
  const actor = await currentActor();
  if (!actor) redirect('/login');
  const results: ApprovalResult[] = [];
  for (const id of batch.parse(withdrawalIds)) results.push(await attempt(actor, id, decide));
  const late = results.flatMap((result) =>
    !result.ok && result.code === 'already_decided' ? result.id : [],
  );
  const decisions = late.length > 0 ? await decisionsOn(late) : new Map<string, Decision>();
  return results.map((result) => judged(result, decisions.get(result.id), wanted, actor));
}

async function attempt(
  actor: OperatorActor,
  id: string,
  decide: (actor: OperatorActor, withdrawalId: string) => Promise<unknown>,
): Promise<ApprovalResult> {
  try {
    await decide(actor, id);
    return { id, ok: true };
  } catch (error) {
    if (error instanceof DomainError) return { id, ok: false, code: error.code, details: error.details };
    log.error({ err: error, actor: actor.id, withdrawal: id }, 'decision failed');
    return { id, ok: false, code: 'unexpected', details: {} };
  }
}

/** What this person decided so before is done: its answer was lost, and they sent it again. */
function judged(
  result: ApprovalResult,
  decided: Decision | undefined,
  wanted: Wanted,
  actor: OperatorActor,
): ApprovalResult {
  if (result.ok || !decided) return result;
  if (decided.byId === actor.id && decided.decision === wanted) return { id: result.id, ok: true };
  return { ...result, decided };
}

/** All that an address of the inbox shows and this operator may decide on, on whichever page, up to a limit. */
export async function decidableWithdrawalsAction(query: string): Promise<WaitingWithdrawal[]> {
  const operator = await requireOperator('withdrawals:approve');
  const params = Object.fromEntries(new URLSearchParams(z.string().max(4_000).parse(query)));
  const { items } = await listAwaiting({ ...inboxFilter(params, operator), size: MOST_CHOSEN });
  return items.map((item) => waitingItem(item, operator)).filter(({ own }) => !own);
}
