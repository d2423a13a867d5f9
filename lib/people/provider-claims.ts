import { z } from 'zod';

const words = z.union([z.array(z.string()), z.string().transform((word) => [word])]);

/** What a provider of sign-in says of who signed in there, as far as it is looked at (OpenID Connect Core, 2 and 5.1). */
const claimsShape = z.object({
  email: z.string().max(320),
  // One that the provider doesn't vouch for is anybody's.
  email_verified: z.literal(true),
  auth_time: z.number().min(0).max(8e12).optional().catch(undefined),
  amr: words.default([]).catch([]),
  acr: z.string().optional().catch(undefined),
});

export type ProviderClaims = {
  email: string;
  /** When they showed the provider that it is they: long ago where it doesn't say. */
  at: Date;
  /** How, in the provider's words. */
  ways: string[];
};

/** Null where nobody is named by a verified address. */
export function readClaims(claims: unknown): ProviderClaims | null {
  const { success, data } = claimsShape.safeParse(claims);
  if (!success) return null;
  const { email, auth_time: at = 0, amr, acr } = data;
  return { email, at: new Date(at * 1_000), ways: acr ? [...amr, acr] : amr };
}
