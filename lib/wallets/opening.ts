import { type Actor, authorize } from '~/lib/actor';
import { recordAudit } from '~/lib/audit/audit';
import { type Tx, transaction } from '~/lib/db';
import { linkEntity } from '~/lib/entities/links';
import { InvalidInputError, notFound } from '~/lib/errors';
import { type AssetCode, isAsset } from '~/lib/money';
import { once } from '~/lib/once';
import { railFor } from '~/lib/rails/registry';
import { ensureDefaultTerms } from '~/lib/terms/terms';
import { lineOf } from '~/lib/text';
import type { Wallet } from '~/prisma/generated/client';
import type { OpeningStep, WalletPattern } from '~/prisma/generated/enums';

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

/**
 * Opens a wallet: writes down what is wanted, and the worker makes it so at Fintoc step by step
 * (lib/wallets/provisioning.ts). Until then its status is `opening` and the page shows the step it waits for.
 */
export async function openWallet(actor: Actor, input: NewWallet): Promise<Wallet> {
  authorize(actor, 'wallets:provision');
  return transaction((tx) => openWalletIn(tx, actor, input));
}

/** The same in a transaction that does more; whoever opened it has authorized the actor. */
export async function openWalletIn(tx: Tx, actor: Actor, input: NewWallet): Promise<Wallet> {
  const { asset } = input;
  if (!isAsset(asset)) throw new InvalidInputError({ asset: 'unknown_asset' });
  const { requestId, ...content } = input;
  return once(
    tx,
    actor,
    { act: 'wallet.open', requestId, content },
    (id) => tx.wallet.findUniqueOrThrow({ where: { id } }),
    () => writeWanted(tx, actor, input, asset),
  );
}

async function writeWanted(tx: Tx, actor: Actor, input: NewWallet, asset: AssetCode): Promise<Wallet> {
  const name = lineOf(input.name);
  if (name === '') throw new InvalidInputError({ name: 'required' });
  await checkNewWallet(tx, actor, input, asset);
  const termsId = input.termsId || (await ensureDefaultTerms(tx, asset)).id;
  const wallet = await tx.wallet.create({
    data: {
      kind: 'customer',
      pattern: input.pattern,
      status: 'opening',
      name,
      asset,
      customerId: input.customerId,
      portfolioId: input.portfolioId || null,
      termsId,
      entityId: input.pattern === 'C' ? input.entityId || null : null,
      openingStep: FIRST_STEP[input.pattern],
      requestId: input.requestId,
    },
  });
  await recordAudit(tx, actor, {
    action: 'wallet.requested',
    subject: 'wallet',
    id: wallet.id,
    after: wallet,
  });
  return wallet;
}

const FIRST_STEP: Record<WalletPattern, OpeningStep> = { A: 'account', B: 'account', C: 'entity' };

/** Throws `invalid` with what of a new wallet doesn't fit; makes an entity that it is opened under its customer's. */
async function checkNewWallet(tx: Tx, actor: Actor, input: NewWallet, asset: AssetCode): Promise<void> {
  const customer = await tx.customer.findUnique({ where: { id: input.customerId } });
  if (!customer) throw notFound('customer', input.customerId);
  const facts = railFor(asset)?.facts();
  if (input.pattern === 'A' && !facts?.sharedAssets.includes(asset))
    throw new InvalidInputError({ pattern: 'pattern_a_is_mexican' });
  if (!facts) throw new InvalidInputError({ asset: 'asset_not_on_rails' });
  if (input.pattern === 'C' && customer.country !== 'mx' && !input.entityId) {
    throw new InvalidInputError({ entityId: 'entity_from_dashboard' });
  }
  await checkBelongings(tx, input, asset);
  await checkCountry(tx, input, { asset, rail: facts.name }, customer.country);
  // One made in Fintoc's Dashboard came by sync and belonged to nobody here until now.
  if (input.pattern === 'C' && input.entityId)
    await linkEntity(tx, actor, { entityId: input.entityId, customerId: customer.id });
}

const ASSET_OF: Record<string, AssetCode> = { mx: 'MXN', cl: 'CLP' };

/** An account's currency is its entity's country's: another asset's deposits would never find the wallet. */
async function checkCountry(
  tx: Tx,
  input: NewWallet,
  { asset, rail }: { asset: AssetCode; rail: string },
  ofCustomer: string,
): Promise<void> {
  if (input.pattern === 'A') return;
  const where = input.pattern === 'B' ? { isRoot: true, rail } : { id: input.entityId ?? '' };
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
