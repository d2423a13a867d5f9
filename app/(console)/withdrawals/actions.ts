'use server';

import type { Route } from 'next';
import { z } from 'zod';
import { operatorAction } from '~/lib/action';
import type { OperatorActor } from '~/lib/actor';
import { amountIn } from '~/lib/amount-input';
import { DomainError, type ErrorCode, type ErrorDetails } from '~/lib/errors';
import { log } from '~/lib/log';
import { currentActor } from '~/lib/session';
import { SPEI_MAX } from '~/lib/spei';
import { note, optionalLine, typed } from '~/lib/text';
import { endByHand, OUTCOMES } from '~/lib/transfers/endings';
import { lookAtWithdrawal } from '~/lib/transfers/withdrawal-plan';
import {
  approveWithdrawal,
  cancelWithdrawal,
  declineWithdrawal,
  requestWithdrawal,
} from '~/lib/transfers/withdrawals';

const newWithdrawal = z
  .object({
    walletId: z.uuid(),
    /** The wallet's, which never changes: it says how the typed amount is read. */
    asset: typed(10),
    amount: typed(),
    beneficiaryNumber: typed(),
    beneficiaryName: optionalLine(120),
    beneficiaryTaxId: typed().optional(),
    comment: optionalLine(SPEI_MAX),
    referenceId: optionalLine(20),
    requestId: z.uuid(),
    retryOf: z.uuid().optional(),
    acceptedTwin: z.uuid().optional(),
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
  | { id: string; ok: false; code: ErrorCode | NoAnswer; details: ErrorDetails };

/** `unexpected`: the server failed at it; `unanswered`: its answer was lost. Nobody knows then whether it was done. */
export type NoAnswer = 'unexpected' | 'unanswered' | 'signed_out';

/** What this screen never sends approves nothing. */
const batch = z.array(z.uuid()).max(50).catch([]);

/**
 * Approves several, one after the other, each for itself: what fails says why and stops nobody else. The screen
 * sends a long selection in batches, so that it can show how far it is.
 */
export async function approveWithdrawalsAction(withdrawalIds: string[]): Promise<ApprovalResult[]> {
  const ids = batch.parse(withdrawalIds);
  const actor = await currentActor();
  if (!actor) return ids.map((id) => ({ id, ok: false, code: 'signed_out', details: {} }));
  const results: ApprovalResult[] = [];
  for (const id of ids) results.push(await approve(actor, id));
  return results;
}

async function approve(actor: OperatorActor, id: string): Promise<ApprovalResult> {
  try {
    await approveWithdrawal(actor, { withdrawalId: id });
    return { id, ok: true };
  } catch (error) {
    if (error instanceof DomainError) return { id, ok: false, code: error.code, details: error.details };
    log.error({ err: error, actor: actor.id, withdrawal: id }, 'approval failed');
    return { id, ok: false, code: 'unexpected', details: {} };
  }
}
