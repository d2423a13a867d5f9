import { operatorOf, type Requester } from '~/lib/actor';
import { approvalRow, approvalWaits } from '~/lib/approvals/ask';
import type { Judgement } from '~/lib/approvals/rules';
import { shadowRows } from '~/lib/approvals/shadows';
import { madeRow } from '~/lib/audit/audit';
import { db, type Queryable, StaleRead, statement, transaction } from '~/lib/db';
import { DomainError } from '~/lib/errors';
import { walletAccount } from '~/lib/ledger/chart';
import { credit, debit, type Posting, toBatch } from '~/lib/ledger/post';
import { fingerprintOf, madeAs, wasAsked } from '~/lib/once';
import { eventRow, type NewEvent } from '~/lib/outbox/emit';
import { noteWriter } from '~/lib/replica';
import { limitEvents } from '~/lib/terms/alerts';
import { tellCap } from '~/lib/terms/told-limits';
import { toColumns } from '~/lib/transfers/columns';
import { newId } from '~/lib/uuid';
import { type NewWithdrawal, refuseUnseenTwin } from '~/lib/withdrawals/checks';
import { type Known, readKnown } from '~/lib/withdrawals/known';
import { partsAtOnce, planWithdrawal, type WithdrawalPlan } from '~/lib/withdrawals/plan';
import type { Withdrawal } from '~/prisma/generated/client';

/** A withdrawal that was asked for; `isNew` is false where it was before, under the same request id. */
export type Requested = { withdrawal: Withdrawal; isNew: boolean };

/**
 * Asks for a payout: checks everything that can be known now, holds amount and fee, and either queues it or has it wait
 * for a second person, all by one statement. Outside a transaction that commits by itself, in `committed` of lib/db.
 */
export async function askForWithdrawal(
  client: Queryable,
  actor: Requester,
  input: NewWithdrawal,
  read?: Known,
): Promise<Requested> {
  const known = read ?? (await readKnown(client, input));
  // What a portfolio is told of its caps is read after the posting, under their lock, and told with it.
  if (known.isPooled && client === db()) return transaction((tx) => askForWithdrawal(tx, actor, input));
  const asked = fingerprintOf({ act: 'withdrawal.request', content: contentOf(input) }, actor);
  if (known.before) {
    const id = madeAs(known.before, asked);
    return { withdrawal: await client.withdrawal.findUniqueOrThrow({ where: { id } }), isNew: false };
  }
  const { act, askedBy, contentHash } = asked;
  const once = { id: input.requestId, act, asked_by: askedBy, content_hash: contentHash };
  const made = makeWithdrawal(client, actor, input, { known, once }).catch(async (error: unknown) => {
    // What refuses it may be itself, asked for at the same moment.
    const isItself = error instanceof DomainError && (await wasAsked(client, input.requestId));
    throw isItself ? new StaleRead(error) : error;
  });
  return { withdrawal: (await made).withdrawal, isNew: true };
}

/** Everything that makes it this and no other payout. */
export function contentOf({ requestId: _, acceptedTwin: __, ...content }: NewWithdrawal) {
  return content;
}

type Under = { known: Known; once?: object; batchId?: string };

/** The same of what nobody sends twice, such as a row of a batch: it waits until the batch is decided on. */
export async function makeWithdrawal(
  client: Queryable,
  actor: Requester,
  input: NewWithdrawal,
  { known, once, batchId }: Under,
): Promise<{ withdrawal: Withdrawal; judgement: Judgement }> {
  if (known.paidBy !== null)
    throw new DomainError('paid_already', `Transfer ${known.paidBy} paid it.`, { transfer: known.paidBy });
  const plan = await planWithdrawal(client, actor, input, known);
  const { wallet, judgement, rests } = plan;
  if (partsAtOnce(plan.accountId, wallet.asset, input.amount))
    throw new DomainError('leaves_in_parts', 'Its network carries less at once.', { asset: wallet.asset });
  refuseUnseenTwin(rests.twin, input.acceptedTwin);
  const withdrawal = newRow(actor, input, plan, { id: known.id, batchId: batchId ?? null });
  const posting = holdOf(withdrawal, plan, actor);
  requireFunds(posting, known.funds);
  const approval =
    judgement.why !== null && batchId === undefined ? askedOf(actor, withdrawal, judgement) : null;
  const amount = input.whole?.amount ?? input.amount;
  const written = JSON.stringify({
    ...(once && { once }),
    rests,
    withdrawal: toColumns(withdrawal),
    posting: toBatch([posting]),
    ...(judgement.shadows.length > 0 && { shadows: shadowsOf(withdrawal, amount, judgement) }),
    ...(approval && { approval }),
    audit: toColumns(madeRow(requestedOf(withdrawal), actor)),
    told: toldOf(actor, withdrawal, plan, approval?.id ?? null),
  });
  const [answer] = await statement<{ hash: string }>(client, 'SELECT ask_withdrawal($1::jsonb) AS hash', [
    written,
  ]);
  if (posting.use) await tellCap(client, actor, posting.use);
  noteWriter(actor);
  return { withdrawal: { ...withdrawal, requestHash: answer?.hash ?? null }, judgement };
}

/** As PostgreSQL will have it, but for its seal, which it makes by itself. */
function newRow(
  actor: Requester,
  { amount, requestId }: NewWithdrawal,
  plan: WithdrawalPlan,
  { id, batchId }: { id: string; batchId: string | null },
): Withdrawal {
  const { wallet, judgement, limits: _limits, rests: _rests, ...planned } = plan;
  const now = new Date();
  return {
    ...planned,
    // What is asked again of books that a restore took back is the payout that Fintoc has under this mark.
    ...{ id, walletId: wallet.id, asset: wallet.asset, amount, requestId, batchId, requestedById: actor.id },
    status: judgement.why || batchId ? 'awaiting_approval' : 'queued',
    approvalReason: judgement.why,
    ...{
      requestHash: null,
      submitRound: 0,
      submitAttempts: 0,
      submittedAt: null,
      sentAt: null,
      heldReason: null,
    },
    ...{ searchedAt: null, searchedSince: null, searchedCount: null, leaseUntil: null },
    ...{ failureCode: null, failureDetail: null, transferId: null },
    ...{ nextAttemptAt: now, createdAt: now, updatedAt: now },
  };
}

function holdOf(withdrawal: Withdrawal, { wallet, limits }: WithdrawalPlan, actor: Requester): Posting {
  const { id, amount, feeAmount } = withdrawal;
  const { standing: _standing, ...use } = limits;
  const available = walletAccount(wallet, 'available');
  return {
    cause: { kind: 'withdrawal', id, step: 'hold' },
    kind: 'withdrawal_hold',
    effectiveAt: withdrawal.createdAt,
    guarded: true,
    use: { account: available, direction: 'outbound', amount, ...use },
    withdrawalId: id,
    ...operatorOf(actor),
    lines: [
      debit(available, amount, 'withdrawal'),
      ...(feeAmount > 0n ? [debit(available, feeAmount, 'withdrawal_fee')] : []),
      credit(walletAccount(wallet, 'reserved'), amount + feeAmount),
    ],
  };
}

/** The posting looks once more, under its account's lock. */
function requireFunds({ lines }: Posting, funds: bigint): void {
  const taken = lines.filter(({ account: { bucket, side } }) => bucket === 'available' && side === 'credit');
  if (taken.reduce((sum, { amount }) => sum + amount, 0n) > funds)
    throw new DomainError('insufficient_funds', 'The wallet has less than amount and fee.');
}

const approvalOf = (id: string) => ({ action: 'withdrawal.pay', subjectId: id }) as const;

/** PostgreSQL adds the seal, which is what binds the decision to amount, asset and destination. */
function askedOf(actor: Requester, withdrawal: Withdrawal, judgement: Judgement) {
  const { id: subjectId, asset, amount, walletId, destinationKind, destination, createdAt } = withdrawal;
  const facts = { asset, amount, walletId, destinationKind, destination };
  const asked = { ...approvalOf(subjectId), facts, reason: judgement.why ?? '', judgement };
  return { ...toColumns(approvalRow(asked, actor, createdAt)), id: newId() };
}

function shadowsOf({ id, asset, status }: Withdrawal, amount: bigint, judgement: Judgement): object[] {
  const seen = { ...approvalOf(id), asset, amount, waits: status === 'awaiting_approval' };
  return shadowRows(seen, judgement).map((row) => toColumns({ ...row, id: newId() }));
}

function requestedOf(withdrawal: Withdrawal) {
  return {
    action: 'withdrawal.requested',
    subject: 'withdrawal',
    id: withdrawal.id,
    after: withdrawal,
  } as const;
}

/** In the order in which it is told. */
function toldOf(
  actor: Requester,
  withdrawal: Withdrawal,
  { limits }: WithdrawalPlan,
  approvalId: string | null,
) {
  const { walletId, asset, amount } = withdrawal;
  const { action: type, ...audited } = requestedOf(withdrawal);
  const row = (event: NewEvent) => eventRow(event, actor);
  return [
    ...(approvalId === null ? [] : [row(approvalWaits(approvalId))]),
    { ...row({ type, ...audited }), is_audited: true },
    ...limitEvents(limits.standing, { walletId, asset, direction: 'outbound', amount }).map(row),
  ];
}
