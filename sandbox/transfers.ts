import { FintocError } from '~/sandbox/http/errors';
import { newId } from '~/sandbox/ids';
import { OpenBooks } from '~/sandbox/movements';
import { type Counterparty, outboundPlan, type PlannedStep } from '~/sandbox/scenarios';
import { type Db, nextDue, now, row, rows, type Sandbox } from '~/sandbox/state';
import type { AccountNumberRow, AccountRow, EntityRow, TransferRow } from '~/sandbox/views';

/** A transfer with its own number, its account's holder and what decides whether the account may receive. */
export type KnownTransfer = TransferRow & { account_status: AccountRow['status']; entity: EntityRow };

const SELECT_TRANSFERS = `
  select t.*, row_to_json(n) as number, a.status as account_status, row_to_json(e) as entity
  from sandbox.transfers t
  join sandbox.account_numbers n on n.id = t.account_number_id
  join sandbox.accounts a on a.id = t.account_id
  join sandbox.entities e on e.id = a.entity_id`;

export function findTransfer(db: Db, id: string): Promise<KnownTransfer | undefined> {
  return row<KnownTransfer>(db, `${SELECT_TRANSFERS} where t.id = $1`, [id]);
}

export async function lockTransfer(db: Db, id: string): Promise<KnownTransfer | undefined> {
  const [transfer] = await lockTransfers(db, [id]);
  return transfer;
}

export function lockTransfers(db: Db, ids: string[]): Promise<KnownTransfer[]> {
  return rows<KnownTransfer>(db, `${SELECT_TRANSFERS} where t.id = any($1) order by t.seq for update of t`, [
    ids,
  ]);
}

/** Claims transfers whose next step is due. Another process that settles too passes over them. */
export function claimDueTransfers(db: Db, at: Date, limit: number): Promise<KnownTransfer[]> {
  return rows<KnownTransfer>(
    db,
    `${SELECT_TRANSFERS} where t.due_at <= $1 order by t.due_at, t.seq limit $2 for update of t skip locked`,
    [at, limit],
  );
}

export interface NewInbound {
  number: AccountNumberRow;
  currency: string;
  amount: bigint;
  comment?: string | null;
  /** Undefined lets the counter of test mode choose. */
  referenceId?: string | null;
  /** Undefined makes a new one; a transfer from this same sandbox keeps its sender's. */
  trackingKey?: string | undefined;
  counterparty: Counterparty;
  /** When its sender made it; left out, now. */
  madeAt?: Date | undefined;
}

/** Stores inbound transfers as pending, to be credited or rejected when due. */
export async function insertInbound(
  sandbox: Sandbox,
  db: Db,
  inbound: NewInbound[],
  at = now(sandbox),
): Promise<TransferRow[]> {
  const plan: PlannedStep[] = [{ step: 'settle' }];
  const values = inbound.map((transfer, place) => ({
    place,
    id: newId('tr', at),
    account_id: transfer.number.account_id,
    account_number_id: transfer.number.id,
    amount: String(transfer.amount),
    currency: transfer.currency,
    comment: transfer.comment ?? null,
    reference_id: transfer.referenceId ?? null,
    tracking_key: transfer.trackingKey ?? null,
    counterparty: transfer.counterparty,
    made_at: transfer.madeAt ?? at,
  }));
  const stored = await rows<TransferRow>(
    db,
    `insert into sandbox.transfers (id, account_id, account_number_id, direction, amount, currency, status,
       transaction_date, post_date, comment, reference_id, tracking_key, counterparty, plan, due_at)
     select id, account_id, account_number_id, 'inbound', amount, currency, 'pending', made_at, date_trunc('day', $2::timestamptz),
       comment, coalesce(reference_id, nextval('sandbox.reference_seq')::text),
       coalesce(tracking_key, sandbox.next_tracking_key($2)), counterparty, $3, $4
     from json_to_recordset($1) as t(place int, id text, account_id text, account_number_id text, amount bigint,
       currency text, comment text, reference_id text, tracking_key text, counterparty json, made_at timestamptz)
     order by place
     returning *`,
    [JSON.stringify(values), at, JSON.stringify(plan), nextDue(sandbox, at)],
  );
  const numbers = new Map(inbound.map(({ number }) => [number.id, number]));
  return stored.map((transfer) => {
    const number = numbers.get(transfer.account_number_id);
    if (!number) throw new Error(`Transfer ${transfer.id} was stored under another number.`);
    return { ...transfer, number };
  });
}

export interface NewOutbound {
  account: AccountRow;
  amount: bigint;
  counterparty: Counterparty;
  comment?: string | null;
  referenceId?: string | null;
  metadata?: Record<string, string>;
  plan?: PlannedStep[];
}

/** Debits the account and stores the transfer as pending. Refuses what the balance does not cover. */
export async function createOutbound(sandbox: Sandbox, db: Db, outbound: NewOutbound): Promise<TransferRow> {
  const { account, amount, counterparty, metadata = {} } = outbound;
  const books = await OpenBooks.open(db, [account.id]);
  if (!books.canPay(account.id, amount))
    throw new FintocError(409, 'insufficient_balance', 'The account does not have enough balance.', 'amount');
  const at = now(sandbox);
  const id = newId('tr', at);
  const movementId = books.post(
    { accountId: account.id, direction: 'outbound', amount, currency: account.currency, resourceId: id },
    at,
  );
  const plan =
    outbound.plan ?? outboundPlan(counterparty.account_number, sandbox.settings.insufficientFundsOutcome);
  const stored = await row<TransferRow>(
    db,
    `with stored as (
       insert into sandbox.transfers (id, account_id, account_number_id, direction, amount, currency, status,
         transaction_date, comment, reference_id, tracking_key, counterparty, metadata, movement_id, plan, due_at)
       values ($1, $2, $3, 'outbound', $4, $5, 'pending', $6, $7, $8, sandbox.next_tracking_key($6), $9, $10, $11, $12, $13)
       returning *)
     select stored.*, row_to_json(n) as number from stored join sandbox.account_numbers n on n.id = $3`,
    [
      id,
      account.id,
      account.root_number_id,
      amount,
      account.currency,
      at,
      outbound.comment ?? null,
      outbound.referenceId ?? null,
      JSON.stringify(counterparty),
      JSON.stringify(metadata),
      movementId,
      JSON.stringify(plan),
      nextDue(sandbox, at),
    ],
  );
  await books.save(db, at);
  if (!stored) throw new Error(`Transfer ${id} was not stored.`);
  return stored;
}
