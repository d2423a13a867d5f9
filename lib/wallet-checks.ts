import type { Actor } from '~/lib/actor';
import type { Tx } from '~/lib/db';
import { linkEntity } from '~/lib/entity-links';
import { InvalidInputError, notFound } from '~/lib/errors';
import type { AssetCode } from '~/lib/money';
import type { WalletPattern } from '~/prisma/generated/enums';

export type NewWallet = {
  customerId: string;
  pattern: WalletPattern;
  name: string;
  asset: string;
  portfolioId?: string | undefined;
  termsId?: string | undefined;
  /** Pattern C: an entity that exists; left out, one is made for the customer. */
  entityId?: string | undefined;
  requestId: string;
};

/** Throws `invalid` with what of a new wallet doesn't fit; makes an entity that it is opened under its customer's. */
export async function checkNewWallet(
  tx: Tx,
  actor: Actor,
  input: NewWallet,
  asset: AssetCode,
): Promise<void> {
  const customer = await tx.customer.findUnique({ where: { id: input.customerId } });
  if (!customer) throw notFound('customer', input.customerId);
  // In Chile an account has one number only (Fintoc's data model), so a CLABE each can't be had there.
  if (input.pattern === 'A' && asset !== 'MXN')
    throw new InvalidInputError({ pattern: 'pattern_a_is_mexican' });
  if (asset !== 'MXN' && asset !== 'CLP') throw new InvalidInputError({ asset: 'asset_not_on_rails' });
  if (input.pattern === 'C' && customer.country !== 'mx' && !input.entityId) {
    throw new InvalidInputError({ entityId: 'entity_from_dashboard' });
  }
  await checkBelongings(tx, input, asset);
  await checkCountry(tx, input, asset, customer.country);
  // One made in Fintoc's Dashboard came by sync and belonged to nobody here until now.
  if (input.pattern === 'C' && input.entityId)
    await linkEntity(tx, actor, { entityId: input.entityId, customerId: customer.id });
}

const ASSET_OF: Record<string, AssetCode> = { mx: 'MXN', cl: 'CLP' };

/** An account's currency is its entity's country's: another asset's deposits would never find the wallet. */
async function checkCountry(tx: Tx, input: NewWallet, asset: AssetCode, ofCustomer: string): Promise<void> {
  if (input.pattern === 'A') return;
  const where = input.pattern === 'B' ? { isRoot: true } : { id: input.entityId ?? '' };
  const entity = await tx.entity.findFirst({ where, select: { countryCode: true } });
  const country = entity?.countryCode ?? (input.pattern === 'C' && !entity ? ofCustomer : null);
  if (country && ASSET_OF[country] !== asset) throw new InvalidInputError({ asset: 'of_another_asset' });
}

/** What the wallet is opened under has to be its customer's own, and of its asset. */
async function checkBelongings(tx: Tx, input: NewWallet, asset: AssetCode): Promise<void> {
  const { customerId, portfolioId, termsId } = input;
  if (portfolioId && !(await tx.portfolio.findFirst({ where: { id: portfolioId, customerId } })))
    throw new InvalidInputError({ portfolioId: 'of_another_customer' });
  if (termsId && !(await tx.walletTerms.findFirst({ where: { id: termsId, asset } })))
    throw new InvalidInputError({ termsId: 'of_another_asset' });
}
