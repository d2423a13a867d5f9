import { createHash } from 'node:crypto';
import { authorize, type OperatorActor } from '~/lib/actor';
import { audit, requireCovered } from '~/lib/batches/batches';
import type { Field } from '~/lib/batches/columns';
import { partsRequestId } from '~/lib/batches/parts';
import { totalsOf } from '~/lib/batches/totals';
import { db, type Tx, transaction } from '~/lib/db';
import { DomainError } from '~/lib/errors';
import { toDecimal } from '~/lib/money';
import { once, wasAsked } from '~/lib/once';
import type { NewWithdrawal } from '~/lib/withdrawals/checks';
import { partsAtOnce, planWithdrawal, type WithdrawalPlan } from '~/lib/withdrawals/plan';
import { requestWithdrawal } from '~/lib/withdrawals/withdrawals';
import type { WithdrawalBatch } from '~/prisma/generated/client';

/** What was asked for: one withdrawal, or a batch of the parts that it leaves in. */
export type Payout = { kind: 'withdrawal' | 'batch'; id: string };

/**
 * Asks for a payout of any amount: what its network carries at once is a withdrawal, and more leaves in parts. Throws
 * what `requestWithdrawal` does.
 */
export async function requestPayout(actor: OperatorActor, input: NewWithdrawal): Promise<Payout> {
  authorize(actor, 'withdrawals:request');
  const inParts = async () => ({ kind: 'batch', id: (await requestInParts(actor, input)).id }) as const;
  if (await wasAsked(db(), partsRequestId(input.requestId))) return inParts();
  try {
    return { kind: 'withdrawal', id: (await requestWithdrawal(actor, input)).id };
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'leaves_in_parts') throw error;
    return inParts();
  }
}

/**
 * Asks for a payout that leaves in parts. They are withdrawals of a batch: each holds its own money and passes the gate by
 * itself, a second person decides on all of them at once, and what doesn't arrive goes back alone. The fee of the whole
 * stands on the first.
 */
async function requestInParts(actor: OperatorActor, input: NewWithdrawal): Promise<WithdrawalBatch> {
  const { requestId, acceptedTwin: _, ...content } = input;
  return transaction((tx) =>
    once(
      tx,
      actor,
      { act: 'withdrawal.split', requestId: partsRequestId(requestId), content },
      (id) => tx.withdrawalBatch.findUniqueOrThrow({ where: { id } }),
      () => split(tx, actor, input),
    ),
  );
}

async function split(tx: Tx, actor: OperatorActor, input: NewWithdrawal): Promise<WithdrawalBatch> {
  const plan = await planWithdrawal(tx, actor, input);
  const { asset } = plan.wallet;
  const parts = partsAtOnce(plan.accountId, asset, input.amount) ?? [input.amount];
  const draft = await tx.withdrawalBatch.create({
    data: {
      ...{ asset, splitAmount: input.amount, requestedById: actor.id },
      fileName: plan.beneficiaryName ?? plan.destination,
      fileHash: createHash('sha256').update(`split ${input.requestId}`).digest('hex'),
    },
  });
  const { id: batchId } = draft;
  await tx.batchRow.createMany({
    data: parts.map((amount, nth) => ({
      ...{ batchId, line: nth + 1, faults: {}, amount, walletId: plan.wallet.id },
      ...{ destinationKind: plan.destinationKind, destination: plan.destination },
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
