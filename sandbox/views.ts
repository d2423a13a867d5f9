import type { Direction } from '~/sandbox/lifecycle';
import type { Counterparty, PlannedStep } from '~/sandbox/scenarios';

// Rows as the queries of this folder read them, and the JSON that Fintoc makes of them. Field order is as recorded.

export interface EntityRow {
  id: string;
  country_code: string;
  holder_id: string;
  holder_name: string;
  is_root: boolean;
  status: string;
}

export interface AccountRow {
  id: string;
  description: string | null;
  status: 'active' | 'blocked' | 'closed';
  is_root: boolean;
  currency: string;
  balance: bigint;
  stated_offset: bigint;
  entity: EntityRow;
  root_number: string;
  root_number_id: string;
}

export interface AccountNumberRow {
  id: string;
  account_id: string;
  number: string;
  description: string | null;
  metadata: Record<string, string>;
  options: { min_amount?: number | null; max_amount?: number | null };
  status: 'enabled' | 'disabled' | 'blocked' | 'deleted';
  is_root: boolean;
  created_at: Date | string;
  updated_at: Date | string;
  deleted_at: Date | string | null;
  last_transfer_at: Date | string | null;
}

export interface TransferRow {
  id: string;
  account_id: string;
  account_number_id: string;
  direction: Direction;
  amount: bigint;
  currency: string;
  /** Mostly a TransferStatus; by control also one that nobody knows. */
  status: string;
  transaction_date: Date;
  post_date: Date | null;
  comment: string | null;
  reference_id: string | null;
  tracking_key: string;
  has_receipt: boolean;
  counterparty: Counterparty;
  metadata: Record<string, string>;
  return_reason: string | null;
  error_reason: string | null;
  movement_id: string | null;
  plan: PlannedStep[];
  due_at: Date | null;
  number: AccountNumberRow;
}

export interface MovementRow {
  id: string;
  account_id: string;
  direction: Direction;
  type: string;
  amount: bigint;
  balance: bigint;
  currency: string;
  resource_id: string | null;
  return_pair_id: string | null;
  transaction_date: Date;
}

export interface VerificationRow {
  id: string;
  transfer_id: string;
  status: 'pending' | 'succeeded' | 'failed';
  reason: string | null;
  counterparty: Counterparty;
  transaction_date: Date;
}

/** `2025-09-02T15:58:51Z`: Fintoc writes whole seconds. */
export function timestamp(at: Date | string): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}

const optionalTimestamp = (at: Date | string | null) => (at === null ? null : timestamp(at));

/** JSON has no bigint. What can't be told exactly must not be told at all. */
export function integer(amount: bigint): number {
  const number = Number(amount);
  if (!Number.isSafeInteger(number)) throw new RangeError(`${amount} does not fit in a JSON number.`);
  return number;
}

export function presentEntity(entity: EntityRow) {
  const { id, country_code, holder_id, holder_name, is_root, status } = entity;
  return { id, object: 'entity', country_code, holder_id, holder_name, is_root, mode: 'test', status };
}

export function presentAccount(account: AccountRow) {
  const { id, holder_name, holder_id, is_root } = account.entity;
  return {
    id: account.id,
    object: 'account',
    mode: 'test',
    root_account_number: account.root_number,
    is_root: account.is_root,
    root_account_number_id: account.root_number_id,
    available_balance: integer(account.balance + account.stated_offset),
    currency: account.currency,
    entity: { id, holder_name, holder_id, is_root },
    description: account.description,
    status: account.status,
  };
}

export function presentAccountNumber(number: AccountNumberRow) {
  const { min_amount = null, max_amount = null } = number.options;
  return {
    ...presentEmbeddedNumber(number),
    deleted_at: optionalTimestamp(number.deleted_at),
    last_transfer_at: optionalTimestamp(number.last_transfer_at),
    options: { min_amount, max_amount },
  };
}

function presentEmbeddedNumber(number: AccountNumberRow) {
  return {
    id: number.id,
    account_id: number.account_id,
    number: number.number,
    created_at: timestamp(number.created_at),
    updated_at: timestamp(number.updated_at),
    mode: 'test',
    description: number.description,
    metadata: number.metadata,
    status: number.status,
    is_root: number.is_root,
    object: 'account_number',
  };
}

export function presentTransfer(transfer: TransferRow, baseUrl: string) {
  return {
    object: 'transfer',
    id: transfer.id,
    amount: integer(transfer.amount),
    currency: transfer.currency,
    direction: transfer.direction,
    status: transfer.status,
    transaction_date: timestamp(transfer.transaction_date),
    post_date: optionalTimestamp(transfer.post_date),
    comment: transfer.comment,
    reference_id: transfer.reference_id,
    tracking_key: transfer.tracking_key,
    receipt_url: transfer.has_receipt ? receiptUrl(transfer.id, baseUrl) : null,
    mode: 'test',
    counterparty: transfer.counterparty,
    account_number: presentEmbeddedNumber(transfer.number),
    metadata: transfer.metadata,
    return_reason: transfer.return_reason,
    error_reason: transfer.error_reason,
    transfer_batch_id: null,
  };
}

export function presentMovement(movement: MovementRow) {
  return {
    id: movement.id,
    object: 'movement',
    account_id: movement.account_id,
    amount: integer(movement.amount),
    balance: integer(movement.balance),
    currency: movement.currency,
    direction: movement.direction,
    mode: 'test',
    resource_id: movement.resource_id,
    return_pair_id: movement.return_pair_id,
    transaction_date: timestamp(movement.transaction_date),
    type: movement.type,
  };
}

export function presentVerification(verification: VerificationRow, baseUrl: string) {
  const { id, status, reason, transfer_id, counterparty } = verification;
  return {
    object: 'account_verification',
    id,
    status,
    reason,
    transfer_id,
    counterparty,
    mode: 'test',
    receipt_url: status === 'succeeded' ? receiptUrl(transfer_id, baseUrl) : null,
    transaction_date: timestamp(verification.transaction_date),
  };
}

function receiptUrl(transferId: string, baseUrl: string): string {
  return `${baseUrl}/v2/transfers/${transferId}/receipt`;
}
