import { z } from 'zod';
import type { KeyLimit } from '~/lib/actor';

const amount = z
  .string()
  .transform((text) => BigInt(text))
  .nullable();
const limitsShape = z.record(z.string(), z.object({ each: amount, day: amount }));

/** What a key may move, as it is kept. */
export function limitsOf(json: unknown): Record<string, KeyLimit> {
  return limitsShape.parse(json);
}
