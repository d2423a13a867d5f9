import { z } from 'zod';
import { Unreadable } from '~/lib/rails/fintoc/unreadable';
import { storable } from '~/lib/storable';
import { normalizeTaxId } from '~/lib/tax-id';
import { lineOf } from '~/lib/text';

/**
 * Fintoc's objects in our words. Schemas take what we use and let the rest pass: Fintoc may add fields, rename
 * enum members between API versions and write currencies in either case, and none of that may stop money.
 */
const optionalText = z
  .string()
  .nullish()
  .transform((value) => value || null);
/** What a person reads of what others wrote: on one line, without what nobody sees. The object beside it has it as it came. */
const shown = z.string().transform(lineOf);
const optionalShown = z
  .string()
  .nullish()
  .transform((value) => lineOf(value ?? '') || null);
const taxId = z.string().transform(normalizeTaxId);
const optionalTaxId = z
  .string()
  .nullish()
  .transform((value) => normalizeTaxId(value ?? '') || null);
const instant = z.string().transform((value, context) => {
  const at = new Date(value);
  if (!Number.isNaN(at.getTime())) return at;
  context.addIssue('is not a time');
  return z.NEVER;
});
const optionalInstant = instant.nullish().transform((value) => value ?? null);
const asset = z.string().transform((value) => value.toUpperCase());
const amount = z
  .number()
  .int()
  .safe()
  .transform((value) => BigInt(value));
const metadata = z
  .record(z.string(), z.unknown())
  .nullish()
  .transform((value) => value ?? {});

const entitySchema = z.looseObject({
  id: z.string(),
  holder_name: shown,
  holder_id: taxId,
  country_code: optionalText,
  is_root: z.boolean(),
  status: optionalText,
  mode: z.string(),
});

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

// Fintoc's pages don't show a slot's fields; lib/entities/kyb.ts reads what is there.
const slot = z.looseObject({});

const onboardingSchema = z.looseObject({
  id: z.string(),
  entity_id: z.string(),
  status: z.string(),
  submittable: z.boolean().default(false),
  submitted_at: optionalInstant,
  reviewed_at: optionalInstant,
  documents: z
    .array(slot)
    .nullish()
    .transform((value) => value ?? []),
  shareholders: z
    .array(z.looseObject({ id: z.string(), name: optionalShown, document: slot.nullish() }))
    .nullish()
    .transform((value) => value ?? []),
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

export type FintocEntity = Translated<typeof entitySchema>;
export type FintocAccount = Translated<typeof accountSchema>;
export type FintocAccountNumber = Translated<typeof accountNumberSchema>;
export type FintocTransfer = Translated<typeof transferSchema>;
export type FintocMovement = Translated<typeof movementSchema>;
export type FintocOnboarding = Translated<typeof onboardingSchema>;
export type FintocEndpoint = z.output<typeof endpointSchema>;

/** The parsed object with Fintoc's untouched JSON beside it. */
type Translated<Schema extends z.ZodType> = z.output<Schema> & { raw: object };

export const toEntity = translator(entitySchema);
export const toAccount = translator(accountSchema);
export const toAccountNumber = translator(accountNumberSchema);
export const toTransfer = translator(transferSchema);
export const toMovement = translator(movementSchema);
export const toOnboarding = translator(onboardingSchema);
export const toEvent = translator(eventSchema);

/** Never keeps the raw object: it carries the signing secret. */
export function toEndpoint(raw: unknown): FintocEndpoint {
  return endpointSchema.parse(raw);
}

function translator<Schema extends z.ZodType>(schema: Schema) {
  return (given: unknown): Translated<Schema> => {
    const raw = storable(given) as object;
    const parsed = schema.safeParse(raw);
    if (!parsed.success) throw new Unreadable(raw, parsed.error);
    return { ...(parsed.data as object), raw } as Translated<Schema>;
  };
}
