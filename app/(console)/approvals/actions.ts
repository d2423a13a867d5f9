'use server';

import { z } from 'zod';
import { isChoosable } from '~/app/(console)/approvals/choosable';
import { batch, batchReason } from '~/app/(console)/approvals/decide/batch';
import { MOST_CHOSEN } from '~/app/(console)/approvals/decide/limits';
import { type WaitingItem, waitingItem } from '~/app/(console)/approvals/items';
import { readInbox } from '~/app/(console)/approvals/params';
import { sentences } from '~/app/(console)/approvals/sentences';
import { listAsRead } from '~/components/list/read-address';
import { operatorAction } from '~/lib/action';
import type { OperatorActor } from '~/lib/actor';
import { cancelAct } from '~/lib/approvals/acts';
import type { Verdict } from '~/lib/approvals/decide';
import { listInbox } from '~/lib/deciding/inbox';
import { decideApproval } from '~/lib/deciding/registry';
import { DomainError, type ErrorCode, type ErrorDetails } from '~/lib/errors';
import { log } from '~/lib/log';
import { inScopeOf } from '~/lib/scope';
import { currentActor, requireOperator } from '~/lib/session';
import { typed } from '~/lib/typed-text';

export const cancelAction = operatorAction(z.object({ approvalId: z.uuid() }), cancelAct);

export type DecisionResult =
  | { id: string; ok: true }
  | { id: string; ok: false; code: ErrorCode | NoAnswer; details: ErrorDetails };

/** `unexpected`: no answer came, or the server failed at it, and nobody knows whether it was done. */
export type NoAnswer = 'unexpected' | 'unsent' | 'signed_out' | 'other_operator';

/** Approves several, one after the other, each for itself: what fails says why and stops nobody else. */
export async function approveAllAction(
  approvalIds: string[],
  filledInBy: string | null,
): Promise<DecisionResult[]> {
  return decideEach(approvalIds, { verdict: 'approved' }, filledInBy);
}

/** Declines several for one reason, each for itself, as approving does. */
export async function declineAllAction(
  approvalIds: string[],
  reason: string,
  filledInBy: string | null,
): Promise<DecisionResult[]> {
  const read = batchReason.safeParse(reason);
  const verdict = { verdict: 'declined', reason: read.data ?? '' } as const;
  return read.success ? decideEach(approvalIds, verdict, filledInBy) : [];
}

/** Nothing of it where somebody else is signed in than who chose: it would be decided in a name that never asked. */
async function decideEach(
  approvalIds: string[],
  verdict: Verdict,
  filledInBy: unknown,
): Promise<DecisionResult[]> {
  // What is no list of ids comes from no page of ours: there is nothing to decide.
  const ids = batch.catch([]).parse(approvalIds);
  const actor = await currentActor();
  if (!actor) return ids.map((id) => ({ id, ok: false, code: 'signed_out', details: {} }));
  if (typeof filledInBy === 'string' && filledInBy !== actor.id) {
    const details = { id: actor.id, name: actor.name };
    return ids.map((id) => ({ id, ok: false, code: 'other_operator', details }));
  }
  const results: DecisionResult[] = [];
  for (const id of ids) results.push(await attempt(actor, id, verdict));
  return results;
}

/** What this person decided so before is done: its answer was lost, and they sent it again. */
async function attempt(actor: OperatorActor, id: string, verdict: Verdict): Promise<DecisionResult> {
  try {
    await inScopeOf(actor, () => decideApproval(actor, { approvalId: id, ...verdict }));
    return { id, ok: true };
  } catch (error) {
    if (error instanceof DomainError) return { id, ok: false, code: error.code, details: error.details };
    log.error({ err: error, actor: actor.id, approval: id }, 'decision failed');
    return { id, ok: false, code: 'unexpected', details: {} };
  }
}

/** All that an address of the inbox shows and this operator may choose, on whichever page, up to a limit. */
export async function choosableAction(query: string): Promise<WaitingItem[]> {
  const operator = await requireOperator('people:read');
  const read = readInbox(
    Object.fromEntries(new URLSearchParams(typed(4_000).catch('').parse(query))),
    operator.timeZone,
  );
  const [say, { items }] = await Promise.all([
    sentences(),
    listAsRead({ ...read, cursor: undefined }, (filter) =>
      inScopeOf(operator, () => listInbox(operator, { ...filter, size: MOST_CHOSEN })),
    ),
  ]);
  return items.map((row) => waitingItem(row, say(row), operator.role)).filter(isChoosable);
}
