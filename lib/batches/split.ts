import { createHash } from 'node:crypto';
import { authorize, type Requester } from '~/lib/actor';
import { audit, requireCovered } from '~/lib/batches/batches';
import type { Field } from '~/lib/batches/columns';
import { partsRequestId } from '~/lib/batches/parts';
import { totalsOf } from '~/lib/batches/totals';
import { committed, db, type Queryable, type Tx, transaction } from '~/lib/db';
import { lockRow } from '~/lib/lock';
import { toDecimal } from '~/lib/money';
import { once, uuidFrom } from '~/lib/once';
import { isUuid } from '~/lib/uuid';
import { askForWithdrawal, contentOf } from '~/lib/withdrawals/asking';
import { type NewWithdrawal, refuseUnseenTwin, twinsOf } from '~/lib/withdrawals/checks';
import { type Known, readKnown } from '~/lib/withdrawals/known';
import { partsAtOnce, planWithdrawal, requiredParts, type WithdrawalPlan } from '~/lib/withdrawals/plan';
import type { Withdrawal, WithdrawalBatch } from '~/prisma/generated/client';

/** What was asked for: one withdrawal, or a batch of the parts that it leaves in. `made` is it as it was just made. */
export type Payout =
  | { kind: 'withdrawal'; id: string; made: Withdrawal | null }
  | { kind: 'batch'; id: string; made: null };

/**
 * Asks for a payout of any amount: what its network carries at once is a withdrawal, and more leaves in parts. Throws
 * what `requestWithdrawal` does.
 */
export async function requestPayout(actor: Requester, input: NewWithdrawal): Promise<Payout> {
  authorize(actor, 'withdrawals:request');
  return committed(() => payoutBy(db(), actor, input, transaction));
}

/** The same in the caller's transaction, which says with it what it was asked for. */
export async function payoutWithin(tx: Tx, actor: Requester, input: NewWithdrawal): Promise<Payout> {
  authorize(actor, 'withdrawals:request');
  return payoutBy(tx, actor, input, (work) => work(tx));
}

async function payoutBy(
  client: Queryable,
  actor: Requester,
  input: NewWithdrawal,
  within: <Made>(work: (tx: Tx) => Promise<Made>) => Promise<Made>,
): Promise<Payout> {
  const known = await readKnown(client, input);
  if (known.wasInParts || leavesInParts(known, input)) {
    const { id } = await within((tx) => requestInParts(tx, actor, input));
    return { kind: 'batch', id, made: null };
  }
  const { withdrawal, isNew } = await askForWithdrawal(client, actor, input, known);
  return { kind: 'withdrawal', id: withdrawal.id, made: isNew ? withdrawal : null };
}

function leavesInParts({ wallet }: Known, { asset, amount }: NewWithdrawal): boolean {
  if (asset === undefined || typeof wallet === 'string' || wallet.accountId === null) return false;
  return partsAtOnce(wallet.accountId, asset, amount) !== null;
}

/**
 * Asks for a payout that leaves in parts. They are withdrawals of a batch: each holds its own money and passes the gate by
 * itself, a second person decides on all of them at once, and what doesn't arrive goes back alone. The fee of the whole
 * stands on the first.
 */
function requestInParts(tx: Tx, actor: Requester, input: NewWithdrawal): Promise<WithdrawalBatch> {
  return once(
    tx,
    actor,
    { act: 'withdrawal.split', requestId: partsRequestId(input.requestId), content: contentOf(input) },
    (id) => tx.withdrawalBatch.findUniqueOrThrow({ where: { id } }),
    () => split(tx, actor, input),
  );
}

async function split(tx: Tx, actor: Requester, input: NewWithdrawal): Promise<WithdrawalBatch> {
  // Of two at once the second one sees what the first one took of the wallet.
  if (isUuid(input.walletId)) await lockRow(tx, 'wallets', input.walletId);
  const plan = await planWithdrawal(tx, actor, input);
  const { asset } = plan.wallet;
  const parts = requiredParts(plan, input.amount);
  const { id: walletId } = plan.wallet;
  const { destinationKind, destination } = plan;
  const payment = { walletId, asset, destinationKind, destination, amount: input.amount };
  const twins = await twinsOf(tx, payment, parts);
  refuseUnseenTwin(twins[0]?.id ?? null, input.acceptedTwin);
  // Whoever accepted the latest has seen all that its parts repeat.
  const repeats = new Map(twins.toReversed().map(({ amount, id }) => [amount, id]));
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
