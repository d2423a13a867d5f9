import { type Actor, authorize } from '~/lib/actor';
import { recordAudit } from '~/lib/audit/audit';
import { type Tx, transaction } from '~/lib/db';
import { DomainError, InvalidInputError, notFound } from '~/lib/errors';
import { once } from '~/lib/once';
import { openedCustomer, requireKnown } from '~/lib/people/kept';
import { lineOf } from '~/lib/text';
import { type AssetWallet, getInAsset, HELD, inAsset } from '~/lib/wallets/asset-wallets';
import { type CheckedHolding, checkHolding, type NewHolding } from '~/lib/wallets/holdings';
import { HOUSE_ROLES, houseWallets } from '~/lib/wallets/house';
import { belongings, requireOpenWhole } from '~/lib/wallets/standing';
import { lockWallet } from '~/lib/wallets/wallets';
import type { Wallet } from '~/prisma/generated/client';
import type { OpeningStep, WalletPattern } from '~/prisma/generated/enums';

export type NewWallet = NewHolding & {
  customerId: string;
  name: string;
  portfolioId?: string | undefined;
  requestId: string;
};

/**
 * Opens a customer's wallet in its first asset: writes down what is wanted, and the worker makes it so at Fintoc step by
 * step (lib/wallets/provisioning.ts). Until then its status is `opening` and the page shows the step it waits for. In an
 * asset that no rail has it is open at once, and stands in these books alone. Throws `customer_not_open` and
 * `portfolio_frozen` where all that it would be a part of is frozen or closed.
 */
export async function openWallet(actor: Actor, input: NewWallet): Promise<AssetWallet> {
  authorize(actor, 'wallets:provision');
  return transaction((tx) => openWalletIn(tx, actor, input));
}

/** The same in a transaction that does more; whoever opened it has authorized the actor. */
export async function openWalletIn(tx: Tx, actor: Actor, input: NewWallet): Promise<AssetWallet> {
  const { requestId, ...content } = input;
  return once(
    tx,
    actor,
    { act: 'wallet.open', requestId, content },
    (id) => getInAsset(tx, id, input.asset),
    () => writeWanted(tx, actor, input),
  );
}

async function writeWanted(tx: Tx, actor: Actor, input: NewWallet): Promise<AssetWallet> {
  const { customerId, portfolioId, requestId } = input;
  // Against an erasure at the same moment.
  await tx.$queryRaw`SELECT 1 AS locked FROM customers WHERE id = ${customerId}::uuid FOR SHARE`;
  const customer = await openedCustomer(tx, await tx.customer.findUnique({ where: { id: customerId } }));
  if (!customer) throw notFound('customer', customerId);
  requireKnown(customer);
  if (portfolioId && !(await tx.portfolio.findFirst({ where: { id: portfolioId, customerId } })))
    throw new InvalidInputError({ portfolioId: 'of_another_customer' });
  await requireOpenWhole(tx, { customerId, portfolioId: portfolioId || null });
  const name = requireName(input.name);
  const held = await checkHolding(tx, actor, customer, input);
  const wallet = await tx.wallet.create({
    data: {
      kind: 'customer',
      status: held.pattern === null ? 'open' : 'opening',
      name,
      customerId,
      portfolioId: portfolioId || null,
      requestId,
    },
  });
  return writeHolding(tx, actor, wallet, { ...held, requestId });
}

export type OwnWallet = {
  /** general: balances, no deposits and no withdrawals. house: the platform's own books. */
  kind: 'general' | 'house';
  name: string;
  /** What a house wallet is for; left out, it has its name alone. */
  houseRole?: string | undefined;
  asset: string;
  requestId: string;
};

/** Makes a wallet that is no customer's. It stands in these books alone, so it is open at once. */
export async function openOwnWallet(actor: Actor, input: OwnWallet): Promise<AssetWallet> {
  authorize(actor, 'wallets:provision');
  const { requestId, ...content } = input;
  return transaction((tx) =>
    once(
      tx,
      actor,
      { act: 'wallet.open_own', requestId, content },
      (id) => getInAsset(tx, id, input.asset),
      () => makeOwn(tx, actor, input),
    ),
  );
}

async function makeOwn(tx: Tx, actor: Actor, input: OwnWallet): Promise<AssetWallet> {
  const { kind, requestId } = input;
  const name = requireName(input.name);
  const houseRole = (kind === 'house' && input.houseRole) || null;
  if (houseRole !== null && !HOUSE_ROLES.some((role) => role === houseRole))
    throw new InvalidInputError({ houseRole: 'required' });
  if (houseRole !== null && (await tx.wallet.count({ where: { houseRole } })) > 0)
    throw new InvalidInputError({ houseRole: 'role_taken' });
  const held = await checkHolding(tx, actor, null, { asset: input.asset });
  const wallet = await tx.wallet.create({ data: { kind, status: 'open', name, houseRole, requestId } });
  return writeHolding(tx, actor, wallet, { ...held, requestId });
}

/**
 * Lets a wallet hold one more asset: by the same steps as its first, while the others go on as they are. Throws
 * `wallet_not_open` on one that is frozen or closed, and what `openWallet` does of its customer.
 */
export async function enableAsset(
  actor: Actor,
  input: NewHolding & { walletId: string; requestId: string },
): Promise<AssetWallet> {
  authorize(actor, 'wallets:provision');
  const { requestId, ...content } = input;
  return transaction((tx) =>
    once(
      tx,
      actor,
      { act: 'wallet.enable_asset', requestId, content },
      (id) => getInAsset(tx, id, input.asset),
      () => enable(tx, actor, input),
    ),
  );
}

async function enable(
  tx: Tx,
  actor: Actor,
  input: NewHolding & { walletId: string; requestId: string },
): Promise<AssetWallet> {
  const { walletId, asset, requestId } = input;
  await requireOpenWhole(tx, await belongings(tx, walletId));
  const wallet = await lockWallet(tx, walletId);
  if (wallet.status !== 'open' && wallet.status !== 'opening')
    throw new DomainError('wallet_not_open', `The wallet is ${wallet.status}.`, { status: wallet.status });
  if ((await tx.walletAsset.count({ where: { walletId, asset, ...HELD } })) > 0)
    throw new InvalidInputError({ asset: 'already_held' });
  const customer = wallet.customerId
    ? await openedCustomer(tx, await tx.customer.findUniqueOrThrow({ where: { id: wallet.customerId } }))
    : null;
  const held = await checkHolding(tx, actor, customer, input);
  const isFirst = wallet.status === 'opening' && held.pattern === null;
  const after = isFirst
    ? await tx.wallet.update({ where: { id: walletId }, data: { status: 'open' } })
    : wallet;
  return writeHolding(tx, actor, after, { ...held, requestId, isMore: true });
}

type Wanted = CheckedHolding & { requestId: string; isMore?: boolean };

/** Writes down the asset that was checked, and tells who asked for it and that what needs no rail is open. */
async function writeHolding(tx: Tx, actor: Actor, wallet: Wallet, wanted: Wanted): Promise<AssetWallet> {
  const { requestId, isMore = false, ...held } = wanted;
  const isOpen = held.pattern === null;
  const { asset, ...how } = held;
  const start = {
    ...how,
    state: isOpen ? ('open' as const) : ('opening' as const),
    openingStep: held.pattern === null ? ('done' as const) : FIRST_STEP[held.pattern],
    requestId,
  };
  // Of one whose opening was cancelled the number is found again at its rail.
  const anew = { accountId: null, accountNumberId: null, openingError: null, openingAttempts: 0 };
  const row = await tx.walletAsset.upsert({
    where: { walletId_asset: { walletId: wallet.id, asset } },
    create: { ...start, asset, walletId: wallet.id },
    update: { ...start, ...anew, nextAttemptAt: new Date() },
  });
  // What it will be moved against, and what its fees go to.
  if (wallet.kind !== 'house') await houseWallets(tx, asset);
  const after = inAsset(wallet, row);
  const told = { subject: 'wallet', id: wallet.id, after } as const;
  await recordAudit(tx, actor, { action: isMore ? 'wallet.asset_requested' : 'wallet.requested', ...told });
  if (isOpen)
    await recordAudit(tx, actor, { action: isMore ? 'wallet.asset_opened' : 'wallet.opened', ...told });
  return after;
}

const FIRST_STEP: Record<WalletPattern, OpeningStep> = { A: 'account', B: 'account', C: 'entity' };

function requireName(typed: string): string {
  const name = lineOf(typed);
  if (name === '') throw new InvalidInputError({ name: 'required' });
  return name;
}
