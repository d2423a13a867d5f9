import { createHash } from 'node:crypto';
import { authorize, type Requester } from '~/lib/actor';
import { audit, requireCovered } from '~/lib/batches/batches';
import type { Field } from '~/lib/batches/columns';
import { partsRequestId } from '~/lib/batches/parts';
import { totalsOf } from '~/lib/batches/totals';
import { type Tx, transaction } from '~/lib/db';
import { toDecimal } from '~/lib/money';
import { once, uuidFrom, wasAsked } from '~/lib/once';
import { isUuid } from '~/lib/uuid';
import { type NewWithdrawal, refuseUnseenTwin, twinsOf } from '~/lib/withdrawals/checks';
import { partsAtOnce, planWithdrawal, requiredParts, type WithdrawalPlan } from '~/lib/withdrawals/plan';
import { requestWithin } from '~/lib/withdrawals/withdrawals';
import type { WithdrawalBatch } from '~/prisma/generated/client';

/** What was asked for: one withdrawal, or a batch of the parts that it leaves in. */
export type Payout = { kind: 'withdrawal' | 'batch'; id: string };

/**
 * Asks for a payout of any amount: what its network carries at once is a withdrawal, and more leaves in parts. Throws
 * what `requestWithdrawal` does.
 */
export async function requestPayout(actor: Requester, input: NewWithdrawal): Promise<Payout> {
  authorize(actor, 'withdrawals:request');
  return transaction((tx) => payoutWithin(tx, actor, input));
}

/** The same in the caller's transaction, which says with it what it was asked for. */
export async function payoutWithin(tx: Tx, actor: Requester, input: NewWithdrawal): Promise<Payout> {
  authorize(actor, 'withdrawals:request');
  const wasInParts = await wasAsked(tx, partsRequestId(input.requestId));
  if (wasInParts || (await leavesInParts(tx, input)))
    return { kind: 'batch', id: (await requestInParts(tx, actor, input)).id };
  return { kind: 'withdrawal', id: (await requestWithin(tx, actor, input)).id };
}

async function leavesInParts(tx: Tx, { walletId, asset, amount }: NewWithdrawal): Promise<boolean> {
  if (asset === undefined || !isUuid(walletId)) return false;
  const held = await tx.walletAsset.findUnique({ where: { walletId_asset: { walletId, asset } } });
  return held?.accountId ? partsAtOnce(held.accountId, asset, amount) !== null : false;
}

/**
 * Asks for a payout that leaves in parts. They are withdrawals of a batch: each holds its own money and passes the gate by
 * itself, a second person decides on all of them at once, and what doesn't arrive goes back alone. The fee of the whole
 * stands on the first.
 */
function requestInParts(tx: Tx, actor: Requester, input: NewWithdrawal): Promise<WithdrawalBatch> {
  const { requestId, acceptedTwin: _, ...content } = input;
  return once(
    tx,
    actor,
    { act: 'withdrawal.split', requestId: partsRequestId(requestId), content },
    (id) => tx.withdrawalBatch.findUniqueOrThrow({ where: { id } }),
    () => split(tx, actor, input),
  );
}

async function split(tx: Tx, actor: Requester, input: NewWithdrawal): Promise<WithdrawalBatch> {
  const plan = await planWithdrawal(tx, actor, input);
  const { asset } = plan.wallet;
  const parts = requiredParts(plan, input.amount);
  const { id: walletId } = plan.wallet;
  const { destinationKind, destination } = plan;
  const payment = { walletId, asset, destinationKind, destination, amount: input.amount };
  await refuseUnseenTwin(tx, payment, input.acceptedTwin, parts);
  // Whoever accepted the latest has seen all that its parts repeat.
  const repeats = new Map(
    (await twinsOf(tx, payment, parts)).toReversed().map(({ amount, id }) => [amount, id]),
  );
  const draft = await tx.withdrawalBatch.create({
    data: {
      // Asked again of books that a restore took back, its parts are the withdrawals that they were.
      id: uuidFrom(`batch ${partsRequestId(input.requestId)}`),
      ...{ asset, splitAmount: input.amount, requestedById: actor.id, paysRepeats: repeats.size > 0 },
      fileName: plan.beneficiaryName ?? plan.destination,
      fileHash: createHash('sha256').update(`split ${input.requestId}`).digest('hex'),
    },
  });
  const { id: batchId } = draft;
  await tx.batchRow.createMany({
    data: parts.map((amount, nth) => ({
      ...{ batchId, line: 1, part: nth + 1, parts: parts.length, faults: {}, amount },
      ...{ walletId, destinationKind, destination, repeatsId: repeats.get(amount) ?? null },
      ...{ name: plan.beneficiaryName, bank: plan.beneficiaryBank },
      feeAmount: nth === 0 ? plan.feeAmount : 0n,
      cells: cellsOf(plan, asset, amount),
    })),
  });
  const totals = await totalsOf(batchId, true, tx);
  await requireCovered(tx, draft, totals, true);
  const after = await tx.withdrawalBatch.update({
    where: { id: batchId },
    data: { state: 'holding', confirmedAt: new Date() },
  });
  await audit(tx, actor, 'confirmed', after, { rows: parts.length, amount: input.amount, fee: totals.fee });
  return after;
}

/** As a file would say it. */
function cellsOf(plan: WithdrawalPlan, asset: string, amount: bigint): Partial<Record<Field, string>> {
  const { destination, beneficiaryName, beneficiaryTaxId, comment, referenceId } = plan;
  return {
    ...{ destination, amount: toDecimal(amount, asset) },
    ...(beneficiaryName && { name: beneficiaryName }),
    ...(beneficiaryTaxId && { taxId: beneficiaryTaxId }),
    ...(comment && { comment }),
    ...(referenceId && { reference: referenceId }),
  };
}
