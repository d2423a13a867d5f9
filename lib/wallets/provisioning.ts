import { system } from '~/lib/actor';
import { recordAudit } from '~/lib/audit/audit';
import { db, type Tx, transaction } from '~/lib/db';
import { makeEntity } from '~/lib/entities/entities';
import { findEntityOf, linkEntity } from '~/lib/entities/links';
import { lockRow } from '~/lib/lock';
import { log } from '~/lib/log';
import { type Customer, openedCustomer } from '~/lib/people/kept';
import { type Held, nextTry, type Queue, stillHeld, workOff } from '~/lib/queue';
import { RailError } from '~/lib/rails/failures';
import { railFor, railOf } from '~/lib/rails/registry';
import { mayBeOlder } from '~/lib/standstill/caught-up';
import { depositBounds } from '~/lib/terms/limits';
import { saveAccount, saveAccountNumber } from '~/lib/wallets/account-numbers';
import { type AssetWallet, GIVEN_UP, inAsset } from '~/lib/wallets/asset-wallets';
import { freezeAsLeft } from '~/lib/wallets/still-frozen';
import { Prisma, type WalletAsset } from '~/prisma/generated/client';
import type { OpeningStep } from '~/prisma/generated/enums';

const OPENINGS: Queue = {
  name: 'openings',
  leaseSeconds: 60,
  backoff: { firstMs: 2_000, mostMs: 10 * 60_000 },
};
const WAIT_FOR_KYB_MS = 60_000;
const WAIT_FOR_ROOT_MS = 3_000;

/** A wallet in the asset that opens; `since`: when that was wanted. */
type Opening = AssetWallet & { customer: Customer | null; since: Date };
type Next = Partial<
  Pick<WalletAsset, 'state' | 'openingStep' | 'entityId' | 'accountId' | 'accountNumberId'>
>;
/** done: on to the next step at once. wait: something outside has to happen first. */
type StepResult = { next: Next } | { waitMs: number; reason: string };

/**
 * Takes the opening assets of wallets as far as they will go, each in one worker's hands. Each creation at a rail has its stored key,
 * so it doesn't matter where a crash falls, or whether a slow worker's wallet was taken up by another.
 */
export async function advanceOpenings(limit = 20): Promise<number> {
  // Of what stands at Fintoc these books may have forgotten: what they would make might be made already.
  if (await mayBeOlder(db())) return 0;
  const due = Prisma.sql`
    SELECT concat_ws(' ', h.wallet_id, h.asset) AS item FROM wallet_assets h JOIN wallets w ON w.id = h.wallet_id
    WHERE h.state = 'opening' AND h.next_attempt_at <= now() AND w.status <> 'closed' ORDER BY h.next_attempt_at`;
  return workOff(OPENINGS, due, limit, advance);
}

async function advance(held: Held): Promise<void> {
  const [walletId = '', asset = ''] = held.item.split(' ');
  // Not as it was listed: those before it took their time, and meanwhile it may have been cancelled or corrected.
  const wallet = await openingOf(db(), { walletId, asset });
  try {
    for (let current = wallet; isUnderWay(current); ) {
      const result = await STEPS[current.openingStep](current);
      if ('waitMs' in result)
        return await postpone(held, current, new Date(Date.now() + result.waitMs), result.reason);
      current = await save(current, result.next);
    }
  } catch (error) {
    const reason = error instanceof RailError ? error.code : 'internal';
    log.error({ wallet: wallet.id, asset, step: wallet.openingStep, err: error }, 'opening failed');
    await postpone(held, wallet, nextTry(OPENINGS, wallet.openingAttempts + 1).at, reason, 1);
  }
}

const isUnderWay = ({ state, status }: Opening) => state === 'opening' && status !== 'closed';

async function openingOf(client: Tx, walletId_asset: { walletId: string; asset: string }): Promise<Opening> {
  const { wallet, ...held } = await client.walletAsset.findUniqueOrThrow({
    where: { walletId_asset },
    include: { wallet: { include: { customer: true } } },
  });
  const customer = await openedCustomer(client, wallet.customer);
  return { ...inAsset({ ...wallet, customer }, held), since: held.createdAt };
}

const STEPS: Record<OpeningStep, (wallet: Opening) => Promise<StepResult>> = {
  entity: openEntity,
  kyb: awaitApproval,
  account: openAccount,
  account_number: openAccountNumber,
  done: async () => ({ next: { state: 'open' } }),
};

async function openEntity(wallet: Opening): Promise<StepResult> {
  const { customer } = wallet;
  if (wallet.entityId) return { next: { openingStep: 'kyb' } };
  if (!customer) throw new Error('A pattern C wallet has a customer.');
  const entityId = (await findEntityOf(customer)) ?? (await makeEntity(customer));
  await transaction((tx) => linkEntity(tx, system('provisioning'), { entityId, customerId: customer.id }));
  return { next: { entityId, openingStep: 'kyb' } };
}

async function awaitApproval({ entityId }: Opening): Promise<StepResult> {
  const entity = await db().entity.findUniqueOrThrow({
    where: { id: entityId ?? '' },
    include: { onboardings: { where: { status: 'approved' }, take: 1 } },
  });
  // An entity made in Fintoc's Dashboard is operational without an onboarding that the API shows.
  const approved = entity.isRoot || entity.onboardings.length > 0 || entity.status === 'operational';
  if (!approved) return { waitMs: WAIT_FOR_KYB_MS, reason: 'kyb_not_approved' };
  return { next: { openingStep: 'account' } };
}

async function openAccount(wallet: Opening): Promise<StepResult> {
  if (wallet.pattern === 'A') {
    const roots = await db().account.findMany({ where: { isRoot: true, asset: wallet.asset } });
    const shared = roots.find(({ status }) => status === 'active');
    // One that is there and blocked or closed is no matter of syncing: somebody has to ask for it.
    const reason = roots.length > 0 ? 'root_account_not_active' : 'root_account_not_synced';
    if (!shared) return { waitMs: WAIT_FOR_ROOT_MS, reason };
    return { next: { accountId: shared.id, openingStep: 'account_number' } };
  }
  const entityId = wallet.pattern === 'C' ? wallet.entityId : await rootEntityId(wallet.asset);
  if (!entityId) return { waitMs: WAIT_FOR_ROOT_MS, reason: 'root_entity_not_synced' };
  const { id: walletId, asset, name, since } = wallet;
  const { account, number } = await railOf(entityId).openAccount({ walletId, asset, entityId, name, since });
  await transaction(async (tx) => {
    await saveAccount(tx, account);
    await saveAccountNumber(tx, number);
  });
  return { next: { accountId: account.id, accountNumberId: number.id, openingStep: 'done' } };
}

async function openAccountNumber(wallet: Opening): Promise<StepResult> {
  const { id: walletId, asset, customerId, accountId, name, since } = wallet;
  if (!accountId) throw new Error('An account number belongs to an account.');
  const bounds = await depositBounds(db(), wallet);
  const asked = { walletId, asset, customerId, accountId, name, since, bounds };
  const number = await railOf(accountId).openNumber(asked);
  // Of one that was made before, the answer may be that of then: how it stands now is known here.
  if ((await db().accountNumber.count({ where: { id: number.id } })) === 0)
    await transaction(async (tx) => {
      await saveAccountNumber(tx, number);
      if (bounds)
        await tx.accountNumber.update({
          where: { id: number.id },
          data: { boundMin: bounds.min, boundMax: bounds.max },
        });
    });
  return { next: { accountNumberId: number.id, openingStep: 'done' } };
}

/** The platform's own, on the rail that has the asset. */
async function rootEntityId(asset: string): Promise<string | undefined> {
  const rail = railFor(asset)?.facts().name;
  if (!rail) return undefined;
  return (await db().entity.findFirst({ where: { isRoot: true, rail }, select: { id: true } }))?.id;
}

/**
 * Saves a step, unless another worker saved it first. Of an opening that was cancelled meanwhile nothing goes on: the
 * account number that was made for it becomes the closed wallet's, so that it is disabled at Fintoc.
 */
async function save(wallet: Opening, next: Next): Promise<Opening> {
  const { id: walletId, asset, openingStep, customerId } = wallet;
  return transaction(async (tx) => {
    // Nobody freezes the customer between the look at how they stand and the opening.
    if (next.state === 'open' && customerId) await lockRow(tx, 'customers', customerId);
    await lockRow(tx, 'wallets', walletId);
    const { count } = await tx.walletAsset.updateMany({
      where: { walletId, asset, state: 'opening', openingStep, wallet: { status: { not: 'closed' } } },
      data: { ...next, openingError: null, openingAttempts: 0 },
    });
    if (count === 0 && next.accountNumberId) {
      const { accountId = wallet.accountId, accountNumberId } = next;
      await tx.walletAsset.updateMany({
        where: { walletId, asset, accountNumberId: null, ...GIVEN_UP },
        data: { accountId, accountNumberId },
      });
    }
    if (count > 0 && next.state === 'open') await tellOpen(tx, walletId, asset);
    return openingOf(tx, { walletId, asset });
  });
}

/** With the first of its assets the wallet itself is open, or frozen as its customer or portfolio is meanwhile. */
async function tellOpen(tx: Tx, walletId: string, asset: string): Promise<void> {
  const { count } = await tx.wallet.updateMany({
    where: { id: walletId, status: 'opening' },
    data: { status: 'open' },
  });
  await recordAudit(tx, system('provisioning'), {
    ...{ action: count > 0 ? 'wallet.opened' : 'wallet.asset_opened', subject: 'wallet', id: walletId },
    after: { asset },
  });
  if (count > 0) await freezeAsLeft(tx, system('provisioning'), walletId);
}

async function postpone(
  held: Held,
  { id: walletId, asset }: Opening,
  at: Date,
  reason: string,
  failures = 0,
): Promise<void> {
  await transaction(async (tx) => {
    await stillHeld(tx, held);
    await tx.walletAsset.updateMany({
      where: { walletId, asset, state: 'opening' },
      data: { openingError: reason, openingAttempts: { increment: failures }, nextAttemptAt: at },
    });
  });
}
