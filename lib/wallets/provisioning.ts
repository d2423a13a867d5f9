import { system } from '~/lib/actor';
import { recordAudit } from '~/lib/audit/audit';
import { db, transaction } from '~/lib/db';
import { makeEntity } from '~/lib/entities/entities';
import { findEntityOf, linkEntity } from '~/lib/entities/links';
import { log } from '~/lib/log';
import { type Held, nextTry, type Queue, stillHeld, workOff } from '~/lib/queue';
import { RailError } from '~/lib/rails/failures';
import { railFor, railOf } from '~/lib/rails/registry';
import { standstill } from '~/lib/standstill/standstill';
import { saveAccount, saveAccountNumber } from '~/lib/wallets/account-numbers';
import { type Customer, Prisma, type Wallet } from '~/prisma/generated/client';

const OPENINGS: Queue = {
  name: 'openings',
  leaseSeconds: 60,
  backoff: { firstMs: 2_000, mostMs: 10 * 60_000 },
};
const WAIT_FOR_KYB_MS = 60_000;
const WAIT_FOR_ROOT_MS = 3_000;

type Opening = Wallet & { customer: Customer | null };
/** done: on to the next step at once. wait: something outside has to happen first. */
type StepResult = { next: Partial<Wallet> } | { waitMs: number; reason: string };

/**
 * Takes opening wallets as far as they will go, each in one worker's hands. Each creation at a rail has its stored key,
 * so it doesn't matter where a crash falls, or whether a slow worker's wallet was taken up by another.
 */
export async function advanceOpenings(limit = 20): Promise<number> {
  // Of what stands at Fintoc these books may have forgotten: what they would make might be made already.
  if (await standstill(db())) return 0;
  const due = Prisma.sql`
    SELECT id::text AS item FROM wallets WHERE status = 'opening' AND next_attempt_at <= now() ORDER BY next_attempt_at`;
  return workOff(OPENINGS, due, limit, advance);
}

async function advance(held: Held): Promise<void> {
  const id = held.item;
  // Not as it was listed: those before it took their time, and meanwhile it may have been cancelled or corrected.
  const wallet = await db().wallet.findUniqueOrThrow({ where: { id }, include: { customer: true } });
  try {
    for (let current = wallet; current.status === 'opening'; ) {
      const result = await STEPS[current.openingStep](current);
      if ('waitMs' in result)
        return await postpone(held, current, new Date(Date.now() + result.waitMs), result.reason);
      current = await save(current, result.next);
    }
  } catch (error) {
    const reason = error instanceof RailError ? error.code : 'internal';
    log.error({ wallet: wallet.id, step: wallet.openingStep, err: error }, 'opening failed');
    await postpone(held, wallet, nextTry(OPENINGS, wallet.openingAttempts + 1).at, reason, 1);
  }
}

const STEPS: Record<Wallet['openingStep'], (wallet: Opening) => Promise<StepResult>> = {
  entity: openEntity,
  kyb: awaitApproval,
  account: openAccount,
  account_number: openAccountNumber,
  done: async () => ({ next: { status: 'open' } }),
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
    const shared = await db().account.findFirst({
      where: { isRoot: true, asset: wallet.asset, status: 'active' },
    });
    if (!shared) return { waitMs: WAIT_FOR_ROOT_MS, reason: 'root_account_not_synced' };
    return { next: { accountId: shared.id, openingStep: 'account_number' } };
  }
  const entityId = wallet.pattern === 'C' ? wallet.entityId : await rootEntityId(wallet.asset);
  if (!entityId) return { waitMs: WAIT_FOR_ROOT_MS, reason: 'root_entity_not_synced' };
  const { id: walletId, name, createdAt: since } = wallet;
  const { account, number } = await railOf(entityId).openAccount({ walletId, entityId, name, since });
  await transaction(async (tx) => {
    await saveAccount(tx, account);
    await saveAccountNumber(tx, number);
  });
  return { next: { accountId: account.id, accountNumberId: number.id, openingStep: 'done' } };
}

async function openAccountNumber(wallet: Opening): Promise<StepResult> {
  const { id: walletId, customerId, accountId, name, createdAt: since } = wallet;
  if (!accountId) throw new Error('An account number belongs to an account.');
  const number = await railOf(accountId).openNumber({ walletId, customerId, accountId, name, since });
  await transaction((tx) => saveAccountNumber(tx, number));
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
async function save(wallet: Opening, next: Partial<Wallet>): Promise<Opening> {
  return transaction(async (tx) => {
    const { count } = await tx.wallet.updateMany({
      where: { id: wallet.id, status: 'opening', openingStep: wallet.openingStep },
      data: { ...next, openingError: null, openingAttempts: 0 },
    });
    if (count === 0 && next.accountNumberId) {
      const { accountId = wallet.accountId, accountNumberId } = next;
      await tx.wallet.updateMany({
        where: { id: wallet.id, status: 'closed', accountNumberId: null },
        data: { accountId, accountNumberId },
      });
    }
    if (count > 0 && next.status === 'open') {
      await recordAudit(tx, system('provisioning'), {
        action: 'wallet.opened',
        subject: 'wallet',
        id: wallet.id,
      });
    }
    return tx.wallet.findUniqueOrThrow({ where: { id: wallet.id }, include: { customer: true } });
  });
}

async function postpone(held: Held, { id }: Opening, at: Date, reason: string, failures = 0): Promise<void> {
  await transaction(async (tx) => {
    await stillHeld(tx, held);
    await tx.wallet.updateMany({
      where: { id, status: 'opening' },
      data: { openingError: reason, openingAttempts: { increment: failures }, nextAttemptAt: at },
    });
  });
}
