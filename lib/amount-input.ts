import type { z } from 'zod';
import { isAsset, readAmount } from '~/lib/money';

type TypedAmount = { field?: string; text: string; asset: string };

/** A form's amount in the asset's smallest unit. Null when it is none; the field then has its issue. */
export function amountIn(
  context: z.RefinementCtx,
  { field = 'amount', text, asset }: TypedAmount,
): bigint | null {
  const reading = isAsset(asset) ? readAmount(text, asset) : null;
  if (reading?.ok) return reading.amount;
  const message = text.trim() === '' ? 'required' : `amount_${reading?.reason ?? 'format'}`;
  context.addIssue({ code: 'custom', path: [field], message });
  return null;
}
