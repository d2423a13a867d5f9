import type { Actor } from '~/lib/actor';
import { enabledAssets, requireAsset } from '~/lib/assets';
import type { Tx } from '~/lib/db';
import { linkEntity } from '~/lib/entities/links';
import { InvalidInputError } from '~/lib/errors';
import type { AssetCode } from '~/lib/money';
import type { Customer } from '~/lib/people/kept';
import type { RailFacts } from '~/lib/rails/rail-facts';
import { railFor } from '~/lib/rails/registry';
import { requireEligible } from '~/lib/terms/eligibility';
import { ensureDefaultTerms } from '~/lib/terms/terms';
import type { WalletPattern } from '~/prisma/generated/enums';

/** An asset that a wallet is to hold. */
export type NewHolding = {
  asset: string;
  /** How it is realised on its rail: of a customer's asset that a rail has, and of no other. */
  pattern?: WalletPattern | undefined;
  /** Left out, the default terms of the asset. */
  termsId?: string | undefined;
  /** Pattern C: an entity that exists; left out, one is made for the customer. */
  entityId?: string | undefined;
};

/** What may be chosen for a customer's wallet, and what each asset is on its rail. */
export async function assetOptions() {
  return (await enabledAssets()).map((code) => {
    const facts = railFor(code)?.facts();
    return { code, onRails: facts !== undefined, shareable: facts?.sharedAssets.includes(code) ?? false };
  });
}

/** A holding of a customer on a rail, with all that says whether it fits. */
type OnRail = { asset: AssetCode; pattern: WalletPattern; entityId: string | null; facts: RailFacts };

/** How an asset is held; without a rail none of the three others. */
export type CheckedHolding = {
  asset: AssetCode;
  termsId: string;
  rail: string | null;
  pattern: WalletPattern | null;
  entityId: string | null;
};

/**
 * What of an asset is written down for a wallet of this customer, or of nobody's. Throws `invalid` with what doesn't fit,
 * and `asset_not_enabled`; makes an entity that it is opened under its customer's.
 */
export async function checkHolding(
  tx: Tx,
  actor: Actor,
  customer: Customer | null,
  { asset: code, pattern, termsId, entityId }: NewHolding,
): Promise<CheckedHolding> {
  const { code: asset } = await requireAsset(tx, code);
  const terms = termsId
    ? await tx.walletTerms.findFirst({ where: { id: termsId, asset } })
    : await ensureDefaultTerms(tx, asset);
  if (!terms) throw new InvalidInputError({ termsId: 'of_another_asset' });
  const facts = customer ? railFor(asset)?.facts() : undefined;
  if (!facts && pattern) throw new InvalidInputError({ asset: 'asset_not_on_rails' });
  if (facts && !pattern) throw new InvalidInputError({ pattern: 'required' });
  if (customer) await requireEligible(tx, customer, terms, pattern);
  if (!customer || !facts || !pattern)
    return { asset, termsId: terms.id, rail: null, pattern: null, entityId: null };
  const own = pattern === 'C' ? entityId || null : null;
  await checkOnRail(tx, actor, customer, { asset, pattern, entityId: own, facts });
  return { asset, termsId: terms.id, rail: facts.name, pattern, entityId: own };
}

async function checkOnRail(tx: Tx, actor: Actor, customer: Customer, wanted: OnRail): Promise<void> {
  const { asset, pattern, entityId, facts } = wanted;
  if (pattern === 'A' && !facts.sharedAssets.includes(asset))
    throw new InvalidInputError({ pattern: 'pattern_a_is_mexican' });
  if (pattern === 'C' && customer.country !== 'mx' && !entityId)
    throw new InvalidInputError({ entityId: 'entity_from_dashboard' });
  await checkCountry(tx, wanted, customer.country);
  // One made in Fintoc's Dashboard came by sync and belonged to nobody here until now.
  if (entityId) await linkEntity(tx, actor, { entityId, customerId: customer.id });
}

const ASSET_OF: Record<string, AssetCode> = { mx: 'MXN', cl: 'CLP' };

/** An account's currency is its entity's country's: another asset's deposits would never find the wallet. */
async function checkCountry(
  tx: Tx,
  { asset, pattern, entityId, facts }: OnRail,
  ofCustomer: string,
): Promise<void> {
  if (pattern === 'A') return;
  const where = pattern === 'B' ? { isRoot: true, rail: facts.name } : { id: entityId ?? '' };
  const entity = await tx.entity.findFirst({ where, select: { countryCode: true } });
  const country = entity?.countryCode ?? (pattern === 'C' && !entity ? ofCustomer : null);
  if (country && ASSET_OF[country] !== asset) throw new InvalidInputError({ asset: 'of_another_asset' });
}
