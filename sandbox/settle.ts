import { emit, type NewEvent } from '~/sandbox/events';
import { FintocError } from '~/sandbox/http/errors';
import { type Effect, effectOf, type Step } from '~/sandbox/lifecycle';
import { Loop } from '~/sandbox/loop';
import { OpenBooks } from '~/sandbox/movements';
import { holderOf, mexicanCounterparty, type PlannedStep } from '~/sandbox/scenarios';
import { type Db, nextDue, now, rows, type Sandbox, transaction } from '~/sandbox/state';
import { claimDueTransfers, insertInbound, type KnownTransfer, type NewInbound } from '~/sandbox/transfers';
import {
  type AccountNumberRow,
  type AccountRow,
  presentTransfer,
  presentVerification,
  type VerificationRow,
} from '~/sandbox/views';

/** A step that a locked transfer takes now, and what it will do afterwards. */
export interface TakenStep {
  transfer: KnownTransfer;
  step: Step;
  reason?: string | undefined;
  rest?: PlannedStep[];
}

/** A number of this same sandbox that an outbound transfer goes to. */
type Target = AccountNumberRow & {
  account_status: AccountRow['status'];
  holder_id: string;
  holder_name: string;
  currency: string;
};

const BATCH = 250;
const POSTPONE_MS = 30_000;

/** Lets due transfers take their next step, batch after batch. What is due is in the database: a restart loses nothing. */
export function createSettler(sandbox: Sandbox): Loop {
  let limit = BATCH;
  return new Loop(
    'settle',
    async () => {
      let ids: string[] = [];
      try {
        const claimed = await transaction(sandbox, async (db) => {
          const due = await claimDueTransfers(db, now(sandbox), limit);
          ids = due.map((transfer) => transfer.id);
          await takeSteps(sandbox, db, due.map(nextStep));
          return due.length;
        });
        const more = claimed === limit;
        limit = BATCH;
        if (claimed > 0) sandbox.wake();
        return more;
      } catch (error) {
        // One transfer that can't be settled must not hold up the others: go one by one, and put that one off.
        if (limit > 1) limit = 1;
        else
          await sandbox.pool.query('update sandbox.transfers set due_at = $2 where id = any($1)', [
            ids,
            new Date(now(sandbox).getTime() + POSTPONE_MS),
          ]);
        throw error;
      }
    },
    200,
  );
}

/** The first step of a transfer's plan. */
export function nextStep(transfer: KnownTransfer): TakenStep {
  const [first, ...rest] = transfer.plan;
  return { transfer, step: first?.step ?? 'settle', reason: first?.reason, rest };
}

/**
 * Takes one step of each transfer: states, balances, movements, events and deliveries together, in a fixed number of
 * statements however many there are. The transfers are locked by the caller. A step that can't happen is a refusal.
 */
export async function takeSteps(sandbox: Sandbox, db: Db, steps: TakenStep[]): Promise<void> {
  if (steps.length === 0) return;
  const at = now(sandbox);
  const books = await OpenBooks.open(
    db,
    steps.map(({ transfer }) => transfer.account_id),
  );
  const targets = await findTargets(db, steps);
  const mirrors: NewInbound[] = [];
  const events: NewEvent[] = [];
  for (const wanted of steps) {
    const { transfer } = wanted;
    const target =
      transfer.direction === 'outbound' ? targets.get(transfer.counterparty.account_number) : undefined;
    const taken = decide(wanted, target, books);
    const effect = effectOf(transfer.direction, transfer.status, taken.step);
    if (!effect) throw impossible(transfer, taken.step);
    if (target && wanted.step === 'settle' && transfer.status === 'pending')
      mirrors.push(mirror(transfer, target));
    if (effect.money === 'take_back' && !books.canPay(transfer.account_id, transfer.amount))
      throw new FintocError(409, 'insufficient_balance', 'The account can no longer pay this back.');
    applyEffect(sandbox, transfer, effect, taken, books, at);
    if (effect.event) events.push({ type: effect.event, data: presentTransfer(transfer, sandbox.baseUrl) });
  }
  await books.save(db, at);
  await saveTransfers(
    db,
    steps.map(({ transfer }) => transfer),
    at,
  );
  await insertInbound(sandbox, db, mirrors, at);
  await emit(sandbox, db, [...events, ...(await closeVerifications(sandbox, db, steps, targets))]);
}

/** What the step turns into, once the receiving side has had its say. */
function decide(wanted: TakenStep, target: Target | undefined, books: OpenBooks): TakenStep {
  const { transfer, step } = wanted;
  if (step !== 'settle') return wanted;
  if (transfer.status === 'return_pending')
    return books.canPay(transfer.account_id, transfer.amount)
      ? wanted
      : { ...wanted, step: 'fail', rest: [] };
  if (transfer.status !== 'pending') return wanted;
  const receiver = transfer.direction === 'inbound' ? transfer.number : target;
  const accountStatus = transfer.direction === 'inbound' ? transfer.account_status : target?.account_status;
  const reason = receiver && refusalOf(receiver, accountStatus, transfer.amount);
  if (!reason) return wanted;
  return { ...wanted, step: transfer.direction === 'inbound' ? 'reject' : 'return', reason, rest: [] };
}

/** Why a number would not take the amount, in the words of return_reason; null when it would. */
function refusalOf(
  number: AccountNumberRow,
  accountStatus: string | undefined,
  amount: bigint,
): string | null {
  if (number.status === 'deleted' || accountStatus === 'closed') return 'canceled_account';
  if (number.status !== 'enabled') return 'blocked_account';
  const { min_amount, max_amount } = number.options;
  const outside = (min_amount && amount < BigInt(min_amount)) || (max_amount && amount > BigInt(max_amount));
  return outside ? 'exceeds_account_limit' : null;
}

export function applyEffect(
  sandbox: Sandbox,
  transfer: KnownTransfer,
  effect: Effect,
  { reason, rest = [] }: TakenStep,
  books: OpenBooks,
  at: Date,
): void {
  const { account_id: accountId, amount, currency, id: resourceId } = transfer;
  if (effect.money === 'credit')
    transfer.movement_id = books.post({ accountId, direction: 'inbound', amount, currency, resourceId }, at);
  else if (effect.money)
    books.post(
      {
        accountId,
        direction: effect.money === 'refund' ? 'inbound' : 'outbound',
        amount,
        currency,
        resourceId,
        undoes: transfer.movement_id,
      },
      at,
    );
  if (effect.status === 'succeeded') {
    transfer.has_receipt = true;
    transfer.post_date ??= new Date(at.toISOString().slice(0, 10));
  }
  if (effect.status === 'returned')
    transfer.return_reason = reason ?? (transfer.direction === 'outbound' ? 'non_existing_account' : null);
  if (effect.status === 'failed' && transfer.currency === 'CLP')
    transfer.error_reason = reason ?? 'recipient_institution_unavailable';
  transfer.status = effect.status;
  transfer.plan = rest;
  transfer.due_at = rest.length > 0 ? nextDue(sandbox, at) : null;
}

export function impossible(transfer: KnownTransfer, step: string): FintocError {
  const state = `${transfer.direction} transfer that is ${transfer.status}`;
  return new FintocError(409, 'invalid_transfer_status', `An ${state} can't ${step.replace('_', ' ')}.`);
}

/** The inbound transfer that the receiving account of this same sandbox sees. */
function mirror(transfer: KnownTransfer, target: Target): NewInbound {
  const { holder_id, holder_name } = transfer.entity;
  return {
    number: target,
    currency: target.currency,
    amount: transfer.amount,
    comment: transfer.comment,
    referenceId: transfer.reference_id,
    trackingKey: transfer.tracking_key,
    counterparty: mexicanCounterparty({ account_number: transfer.number.number, holder_id, holder_name }),
  };
}

async function findTargets(db: Db, steps: TakenStep[]): Promise<Map<string, Target>> {
  const numbers = steps
    .filter(({ transfer, step }) => transfer.direction === 'outbound' && step === 'settle')
    .map(({ transfer }) => transfer.counterparty.account_number);
  if (numbers.length === 0) return new Map();
  const found = await rows<Target>(
    db,
    `select n.*, a.status as account_status, a.currency, e.holder_id, e.holder_name from sandbox.account_numbers n
     join sandbox.accounts a on a.id = n.account_id join sandbox.entities e on e.id = a.entity_id
     where n.number = any($1) order by n.status = 'deleted' desc`,
    [numbers],
  );
  // The last one counts: of a number that was given out again, whoever has it now.
  return new Map(found.map((target) => [target.number, target]));
}

export async function saveTransfers(db: Db, transfers: KnownTransfer[], at: Date): Promise<void> {
  await db.query(
    `update sandbox.transfers t set status = s.status, post_date = s.post_date, has_receipt = s.has_receipt,
       return_reason = s.return_reason, error_reason = s.error_reason, movement_id = s.movement_id, plan = s.plan, due_at = s.due_at
     from json_to_recordset($1) as s(id text, status text, post_date timestamptz, has_receipt boolean,
       return_reason text, error_reason text, movement_id text, plan jsonb, due_at timestamptz)
     where t.id = s.id`,
    [
      JSON.stringify(
        transfers.map((transfer) => {
          const { id, status, post_date, has_receipt, return_reason, error_reason } = transfer;
          const { movement_id, plan, due_at } = transfer;
          return {
            id,
            status,
            post_date,
            has_receipt,
            return_reason,
            error_reason,
            movement_id,
            plan,
            due_at,
          };
        }),
      ),
    ],
  );
  const used = transfers.filter(({ status }) => status === 'succeeded');
  if (used.length > 0)
    await db.query('update sandbox.account_numbers set last_transfer_at = $2 where id = any($1)', [
      [...new Set(used.map(({ account_number_id }) => account_number_id))],
      at,
    ]);
}

/** Whose account control said that a number is. */
async function findHolders(db: Db, coins: TakenStep[]): Promise<Map<string, Holder>> {
  if (coins.length === 0) return new Map();
  const found = await rows<Holder & { account_number: string }>(
    db,
    'select account_number, holder_id, holder_name from sandbox.holders where account_number = any($1)',
    [coins.map(({ transfer }) => transfer.counterparty.account_number)],
  );
  return new Map(found.map((holder) => [holder.account_number, holder]));
}

type Holder = { holder_id: string | null; holder_name: string | null };

/** Ends the account verifications whose transfer has ended, with the holder that the receiving bank told. */
async function closeVerifications(
  sandbox: Sandbox,
  db: Db,
  steps: TakenStep[],
  targets: Map<string, Target>,
): Promise<NewEvent[]> {
  // A verification sends one centavo: no other transfer needs to be asked about.
  const coins = steps.filter(({ transfer }) => transfer.direction === 'outbound' && transfer.amount === 1n);
  const named = await findHolders(db, coins);
  const ended = coins.map(({ transfer }) => {
    const { id, status, return_reason, counterparty } = transfer;
    const { account_number } = counterparty;
    const { holder_id, holder_name } =
      named.get(account_number) ?? targets.get(account_number) ?? holderOf(account_number);
    const succeeded = status === 'succeeded';
    return {
      id,
      status: succeeded ? 'succeeded' : 'failed',
      reason: succeeded ? null : return_reason,
      counterparty: succeeded ? { ...counterparty, holder_id, holder_name } : counterparty,
    };
  });
  if (ended.length === 0) return [];
  const closed = await rows<VerificationRow>(
    db,
    `update sandbox.account_verifications v set status = e.status, reason = e.reason, counterparty = e.counterparty
     from json_to_recordset($1) as e(id text, status text, reason text, counterparty json)
     where v.transfer_id = e.id and v.status = 'pending' returning v.*`,
    [JSON.stringify(ended)],
  );
  return closed.map((verification) => ({
    type: `account_verification.${verification.status}`,
    data: presentVerification(verification, sandbox.baseUrl),
  }));
}
