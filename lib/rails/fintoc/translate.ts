import { z } from 'zod';
import { clabeBank } from '~/lib/clabe-bank';
import {
  amount,
  asset,
  type Facts,
  instant,
  metadata,
  optionalInstant,
  optionalShown,
  optionalTaxId,
  optionalText,
  translator,
} from '~/lib/rails/fintoc/fields';
import { goesBack, wordOf } from '~/lib/rails/fintoc/words';
import type { Delivered, RailVerification } from '~/lib/rails/rail';
import type { Marks, RailAccount, RailMovement, RailNumber, RailTransfer } from '~/lib/rails/rail-says';

const accountSchema = z.looseObject({
  id: z.string(),
  description: optionalShown,
  currency: asset,
  available_balance: amount,
  is_root: z.boolean().default(false),
  root_account_number: z.string(),
  root_account_number_id: z.string(),
  status: z.string(),
  mode: z.string(),
  entity: z.looseObject({ id: z.string() }),
});

const accountNumberSchema = z.looseObject({
  id: z.string(),
  account_id: z.string(),
  number: z.string(),
  description: optionalShown,
  status: z.string(),
  is_root: z.boolean().default(false),
  mode: z.string(),
  metadata,
  last_transfer_at: optionalInstant,
  created_at: optionalInstant,
});

const institution = z.looseObject({ id: optionalText, name: optionalShown }).nullish();

const transferSchema = z.looseObject({
  id: z.string(),
  amount,
  currency: asset,
  direction: z.enum(['inbound', 'outbound']),
  status: z.string(),
  transaction_date: instant,
  comment: optionalShown,
  reference_id: optionalShown,
  tracking_key: optionalShown,
  receipt_url: optionalText,
  return_reason: optionalText,
  error_reason: optionalText,
  mode: z.string(),
  metadata,
  counterparty: z
    .looseObject({
      holder_id: optionalTaxId,
      holder_name: optionalShown,
      account_number: optionalShown,
      institution,
    })
    .nullish(),
  account_number: z.looseObject({ id: z.string(), account_id: z.string(), number: optionalText }).nullish(),
  account_id: optionalText,
});

const movementSchema = z.looseObject({
  id: z.string(),
  amount,
  /** Of the account, after it. */
  balance: amount,
  currency: asset,
  direction: z.enum(['inbound', 'outbound']),
  type: z.string().default('transfer'),
  resource_id: optionalText,
  return_pair_id: optionalText,
  transaction_date: instant,
});

const eventSchema = z.looseObject({
  id: z.string().min(1).max(255),
  type: z.string().min(1).max(255),
  mode: z.string().default('test'),
  created_at: instant,
  data: z.looseObject({ id: z.string().optional(), object: z.string().optional() }),
});

const endpointSchema = z.looseObject({
  id: z.string(),
  url: z.string(),
  secret: optionalText,
  status: optionalText,
  disabled: z.boolean().nullish(),
});

const limit = amount.nullable().catch(null);
const optionsSchema = z
  .object({ options: z.object({ min_amount: limit, max_amount: limit }) })
  .transform(({ options }) => ({ minAmount: options.min_amount, maxAmount: options.max_amount }))
  .catch({ minAmount: null, maxAmount: null });

export const toAccount = translator(
  accountSchema,
  (said): Facts<RailAccount> => ({
    id: said.id,
    entityId: said.entity.id,
    description: said.description,
    asset: said.currency,
    balance: said.available_balance,
    isRoot: said.is_root,
    rootNumber: said.root_account_number,
    rootNumberId: said.root_account_number_id,
    status: said.status,
    mode: said.mode,
  }),
);

export const toAccountNumber = translator(
  accountNumberSchema,
  (said): Facts<RailNumber> => ({
    id: said.id,
    accountId: said.account_id,
    number: said.number,
    description: said.description,
    status: said.status,
    isRoot: said.is_root,
    mode: said.mode,
    marks: marksOf(said.metadata),
    metadata: said.metadata,
    lastTransferAt: said.last_transfer_at,
    createdAt: said.created_at,
  }),
);

export const toTransfer = translator(
  transferSchema,
  ({ counterparty, account_number: number, ...said }): Facts<RailTransfer> => ({
    id: said.id,
    direction: said.direction,
    word: wordOf(said.status),
    status: said.status,
    goesBack: goesBack(said.status),
    amount: said.amount,
    asset: said.currency,
    accountId: number?.account_id ?? said.account_id ?? 'unknown',
    number: number ? { id: number.id, number: number.number, marks: marksOf(number.metadata) } : null,
    counterparty: {
      name: counterparty?.holder_name ?? null,
      taxId: counterparty?.holder_id ?? null,
      number: counterparty?.account_number ?? null,
      bank: counterparty?.institution?.name ?? bankOf(counterparty?.account_number),
    },
    trackingKey: said.tracking_key,
    referenceId: said.reference_id,
    comment: said.comment,
    receiptUrl: said.receipt_url,
    returnReason: said.return_reason,
    errorReason: said.error_reason,
    marks: marksOf(said.metadata),
    mode: said.mode,
    transactedAt: said.transaction_date,
  }),
);

function bankOf(number: string | null | undefined): string | null {
  return number ? (clabeBank(number)?.name ?? null) : null;
}

const verificationSchema = z.looseObject({
  id: z.string(),
  status: z.string(),
  reason: optionalText,
  transfer_id: optionalText,
  counterparty: z
    .looseObject({ holder_id: optionalTaxId, holder_name: optionalShown, account_number: optionalShown })
    .nullish(),
  receipt_url: optionalText,
  transaction_date: instant,
});

export const toVerification = translator(
  verificationSchema,
  ({ counterparty, ...said }): Facts<RailVerification> => ({
    id: said.id,
    // A word that nobody here knows says nothing yet.
    word: said.status === 'succeeded' || said.status === 'failed' ? said.status : 'pending',
    transferId: said.transfer_id,
    number: counterparty?.account_number ?? null,
    holderName: counterparty?.holder_name ?? null,
    holderTaxId: counterparty?.holder_id ?? null,
    reason: said.reason,
    receiptUrl: said.receipt_url,
    at: said.transaction_date,
  }),
);

export const toMovement = translator(
  movementSchema,
  (said): Facts<RailMovement> => ({
    id: said.id,
    direction: said.direction,
    amount: said.amount,
    balance: said.balance,
    asset: said.currency,
    kind: said.type,
    resourceId: said.resource_id,
    pairId: said.return_pair_id,
    at: said.transaction_date,
  }),
);

const toEnvelope = translator(
  eventSchema,
  ({ id, type, mode, created_at: at, data }): Delivered => ({
    id,
    type,
    mode,
    objectId: data.id ?? null,
    at,
  }),
);

/** The envelope of an event. */
export function toEvent(said: unknown): Delivered {
  return toEnvelope(said);
}

/** Never keeps the raw object: it carries the signing secret. */
export function toEndpoint(raw: unknown): { id: string; secret: string | null } {
  const { id, secret } = endpointSchema.parse(raw);
  return { id, secret };
}

/** What a number takes, by its record. */
export function toLimits(raw: unknown): { minAmount: bigint | null; maxAmount: bigint | null } {
  return optionsSchema.parse(raw);
}

/** Our marks in an object's metadata. */
function marksOf(metadata: unknown): Marks {
  const noted = typeof metadata === 'object' && metadata !== null ? metadata : {};
  const text = (value: unknown) => (typeof value === 'string' ? value : null);
  const { withdrawal_id, wallet_id } = noted as { withdrawal_id?: unknown; wallet_id?: unknown };
  return { withdrawalId: text(withdrawal_id), walletId: text(wallet_id) };
}
