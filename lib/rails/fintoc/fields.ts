import { z } from 'zod';
import { UnreadableHere } from '~/lib/rails/fintoc/unreadable';
import { storable } from '~/lib/storable';
import { normalizeTaxId } from '~/lib/tax-id';
import { lineOf } from '~/lib/text';

/**
 * Fintoc's objects in our words. Schemas take what we use and let the rest pass: Fintoc may add fields, rename
 * enum members between API versions and write currencies in either case, and none of that may stop money.
 */

export const optionalText = z
  .string()
  .nullish()
  .transform((value) => value || null);
/** What a person reads of what others wrote: on one line, without what nobody sees. The object beside it has it as it came. */
export const shown = z.string().transform(lineOf);
export const optionalShown = z
  .string()
  .nullish()
  .transform((value) => lineOf(value ?? '') || null);
export const taxId = z.string().transform(normalizeTaxId);
export const optionalTaxId = z
  .string()
  .nullish()
  .transform((value) => normalizeTaxId(value ?? '') || null);
export const instant = z.string().transform((value, context) => {
  const at = new Date(value);
  if (!Number.isNaN(at.getTime())) return at;
  context.addIssue('is not a time');
  return z.NEVER;
});
export const optionalInstant = instant.nullish().transform((value) => value ?? null);
export const asset = z.string().transform((value) => value.toUpperCase());
export const amount = z
  .number()
  .int()
  .safe()
  .transform((value) => BigInt(value));
export const metadata = z
  .record(z.string(), z.unknown())
  .nullish()
  .transform((value) => value ?? {});

/** Without Fintoc's untouched JSON, which is put beside them. */
export type Facts<Object> = Omit<Object, 'raw'>;

/** Reads an object by its schema and says it in our words, with Fintoc's own beside them. It throws Unreadable. */
export function translator<Schema extends z.ZodType, Ours extends object>(
  schema: Schema,
  toOurs: (said: z.output<Schema>) => Ours,
) {
  return (given: unknown): Ours & { raw: object } => {
    const raw = storable(given) as object;
    const parsed = schema.safeParse(raw);
    if (!parsed.success) throw new UnreadableHere(raw, parsed.error);
    return { ...toOurs(parsed.data), raw };
  };
}
