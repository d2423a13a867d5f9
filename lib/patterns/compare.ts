import { db } from '~/lib/db';
import { type KybWait, kybWait } from '~/lib/entities/kyb-waiting';
import { listEntitiesOf } from '~/lib/entities/links';
import { notFound } from '~/lib/errors';
import type { Reader } from '~/lib/people/sight';
import { railFor } from '~/lib/rails/registry';
import { WalletPattern } from '~/prisma/generated/enums';

/** How a pattern would be for this customer in this asset. */
export type PatternFacts = {
  pattern: WalletPattern;
  /** Null where it can be had. `country`: an account of the asset has one number, so it can't be shared. */
  refused: 'country' | 'no_rail' | null;
  /** Who keeps the customer's balance: these books alone, or the rail as well. */
  balance: 'books' | 'both';
  /** The legal name that a CEP shows, as payer of a withdrawal and as payee of a deposit; null where it isn't known yet. */
  holder: string | null;
  /** Whether that is the platform. */
  isPlatform: boolean;
  /** The number that a beneficiary sees as the payer's: the shared account's, or the customer's own. */
  payerNumber: 'shared' | 'own';
  kyb: { needed: false } | { needed: true; state: KybWait | 'no_entity'; entityId: string | null };
  countries: ('mx' | 'cl')[];
};

/** The three patterns side by side for a customer. Throws `not_found`. */
export async function comparePatterns(
  reader: Reader,
  { customerId, asset }: { customerId: string; asset: string },
): Promise<PatternFacts[]> {
  const customer = await db().customer.findUnique({ where: { id: customerId }, select: { name: true } });
  if (!customer) throw notFound('customer', customerId);
  const facts = railFor(asset)?.facts();
  const [root, entities] = await Promise.all([
    facts &&
      db().entity.findFirst({ where: { isRoot: true, rail: facts.name }, select: { holderName: true } }),
    listEntitiesOf(reader, customerId),
  ]);
  // Their own first; of several, the one that is furthest.
  const own = [...entities].sort((one, other) => rankOf(one) - rankOf(other))[0];
  return Object.values(WalletPattern).map((pattern) => {
    const isOwn = pattern === 'C';
    return {
      pattern,
      refused: !facts ? 'no_rail' : pattern === 'A' && !facts.sharedAssets.includes(asset) ? 'country' : null,
      balance: pattern === 'A' ? 'books' : 'both',
      holder: isOwn ? (own?.holderName ?? customer.name) : (root?.holderName ?? null),
      isPlatform: !isOwn,
      payerNumber: pattern === 'A' ? 'shared' : 'own',
      kyb: isOwn
        ? { needed: true, state: own ? kybWait(own) : 'no_entity', entityId: own?.id ?? null }
        : { needed: false },
      countries: pattern === 'A' ? ['mx'] : ['mx', 'cl'],
    };
  });
}

const RANKS: KybWait[] = [null, 'fintoc', 'to_complete', 'not_started', 'rejected'];

function rankOf(entity: Parameters<typeof kybWait>[0] & { customerId: string | null }): number {
  return RANKS.indexOf(kybWait(entity)) + (entity.customerId === null ? RANKS.length : 0);
}
