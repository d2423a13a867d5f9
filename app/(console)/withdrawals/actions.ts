'use server';

import type { Route } from 'next';
import { z } from 'zod';
import { readInbox, type WaitingWithdrawal, waitingItem } from '~/app/(console)/withdrawals/approval-items';
import { listAsRead } from '~/components/read-address';
import { operatorAction } from '~/lib/action';
import type { OperatorActor } from '~/lib/actor';
import { amountIn } from '~/lib/amount-input';
import { DomainError, type ErrorCode, type ErrorDetails, InvalidInputError } from '~/lib/errors';
import { log } from '~/lib/log';
import { currentActor, requireOperator } from '~/lib/session';
import { note, optionalLine, typed } from '~/lib/text';
import { MOST_CHOSEN } from '~/lib/withdrawals/approval-limits';
import { type Decision, decisionsOn, listAwaiting } from '~/lib/withdrawals/approvals';
import { endByHand, OUTCOMES } from '~/lib/withdrawals/endings';
import { lookAtWithdrawal } from '~/lib/withdrawals/plan';
import {
  approveWithdrawal,
  cancelWithdrawal,
  declineWithdrawal,
  requestWithdrawal,
} from '~/lib/withdrawals/withdrawals';

const newWithdrawal = z
  .object({
    walletId: z.uuid(),
    /** The wallet's, which never changes: it says how the typed amount is read. */
    asset: typed(10),
    amount: typed(),
    destination: typed(),
    beneficiaryName: optionalLine(120),
    beneficiaryTaxId: typed().optional(),
    /** How much of it fits is the rail's to say. */
    comment: optionalLine(200),
    referenceId: optionalLine(20),
    requestId: z.uuid(),
    acceptedTwin: z.uuid().optional(),
    retryOf: z.uuid().optional(),
  })
  .transform(({ asset, amount: text, ...rest }, context) => {
    const amount = amountIn(context, { text, asset });
    return amount === null ? z.NEVER : { ...rest, amount };
  });

const decision = z.object({ withdrawalId: z.uuid(), reason: note(500, 3) });

export const requestWithdrawalAction = operatorAction(newWithdrawal, requestWithdrawal, {
  look: lookAtWithdrawal,
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
      code: ErrorCode | NoAnswer;
      details: ErrorDetails;
      /** What somebody decided before. */
      decided?: Decision | undefined;
    };

/** `unexpected`: no answer came, or the server failed at it, and nobody knows whether it was done. */
export type NoAnswer = 'unexpected' | 'unsent' | 'signed_out';

/** What this screen never sends approves nothing. */
const batch = z.array(z.uuid()).max(50).catch([]);

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
  const checked = decision.shape.reason.safeParse(reason);
  return decideEach('declined', withdrawalIds, async (actor, withdrawalId) => {
    if (!checked.success) throw new InvalidInputError({ reason: 'required' });
    return declineWithdrawal(actor, { withdrawalId, reason: checked.data });
  });
}

type Wanted = Extract<Decision['decision'], 'approved' | 'declined'>;

async function decideEach(
  wanted: Wanted,
  withdrawalIds: string[],
  decide: (actor: OperatorActor, withdrawalId: string) => Promise<unknown>,
): Promise<ApprovalResult[]> {
  const ids = batch.parse(withdrawalIds);
  const actor = await currentActor();
  if (!actor) return ids.map((id) => ({ id, ok: false, code: 'signed_out', details: {} }));
  const results: ApprovalResult[] = [];
  for (const id of ids) results.push(await attempt(actor, id, decide));
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
  const params = Object.fromEntries(new URLSearchParams(typed(4_000).parse(query)));
  const { items } = await listAsRead({ ...readInbox(params, operator), cursor: undefined }, (filter) =>
    listAwaiting({ ...filter, size: MOST_CHOSEN }),
  );
  return items.map((item) => waitingItem(item, operator)).filter(({ own }) => !own);
}
