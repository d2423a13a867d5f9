'use server';

import type { Route } from 'next';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { operatorAction } from '~/lib/action';
import type { OperatorActor } from '~/lib/actor';
import { DomainError, type ErrorCode, type ErrorDetails } from '~/lib/errors';
import { log } from '~/lib/log';
import { isAsset, parseAmount } from '~/lib/money';
import { currentActor } from '~/lib/session';
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
    retryOf: z.uuid().optional(),
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
  | { id: string; ok: false; code: ErrorCode | 'unexpected'; details: ErrorDetails };

const batch = z.array(z.uuid()).max(50);

/**
 * Approves several, one after the other, each for itself: what fails says why and stops nobody else. The screen
 * sends a long selection in batches, so that it can show how far it is.
 */
export async function approveWithdrawalsAction(withdrawalIds: string[]): Promise<ApprovalResult[]> {
  const actor = await currentActor();
  if (!actor) redirect('/login');
  const results: ApprovalResult[] = [];
  for (const id of batch.parse(withdrawalIds)) results.push(await approve(actor, id));
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
