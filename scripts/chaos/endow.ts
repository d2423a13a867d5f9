import { setTimeout as sleep } from 'node:timers/promises';
import { system } from '~/lib/actor';
import { approveAdjustment, requestAdjustment } from '~/lib/adjustments/adjustments';
import { db } from '~/lib/db';
import { DomainError } from '~/lib/errors';
import { wasPolled } from '~/lib/inbox/polled';
import { pollTransfers, syncFintoc } from '~/lib/inbox/sync';
import { houseWallets } from '~/lib/wallets/house';
import { type Crew, insist, type Purse } from './crew.ts';
import type { Fintoc } from './fintoc.ts';

/** In centavos: what strangers take is the platform's loss, and must not be missing for customers. */
export const OWN_FUNDS = 50_000_000;
/** What each wallet has when the storm begins. */
const FLOAT = 1_000_000;
const FEES = 1_000;
const PATIENCE_MS = 180_000;

/**
 * Gives each wallet something to begin with, and the platform money of its own in the shared account: a deposit, moved
 * to the house by two people.
 */
export async function endow(fintoc: Fintoc, { operator, approver }: Crew, purses: Purse[]): Promise<void> {
  const purse = purses.find(({ pattern, takesFees }) => pattern === 'A' && !takesFees);
  if (!purse) throw new Error('No wallet of the shared account is without fees.');
  const { id: walletId, numberId } = purse;
  const deposits = [
    { account_number_id: numberId, amount: OWN_FUNDS, comment: 'Caos 0' },
    ...purses.map((each) => ({ account_number_id: each.numberId, amount: FLOAT, comment: 'Caos 0' })),
  ];
  await fintoc.control('POST', '/inbound-transfers/batch', { transfers: deposits });
  await until('What wallets begin with is not there.', async () => {
    const of = (id: string) => `wallet/${id}/available`;
    const begun = { code: { in: purses.map(({ id }) => of(id)) }, balance: { gte: BigInt(FLOAT - FEES) } };
    const own = { code: of(walletId), balance: { gte: BigInt(OWN_FUNDS) } };
    return (
      (await db().ledgerAccount.count({ where: begun })) === purses.length &&
      (await db().ledgerAccount.count({ where: own })) > 0
    );
  });
  const { operating: house } = await houseWallets(db(), 'MXN');
  const requestId = 'chaos-own-funds';
  const asked = await insist(() =>
    requestAdjustment(operator, {
      ...{ fromWalletId: walletId, toWalletId: house.id, amount: BigInt(OWN_FUNDS) },
      ...{ reason: 'Caos', requestId },
    }),
  );
  if (asked instanceof DomainError) throw asked;
  await until('The platform’s own money was not moved to the house.', async () => {
    // Refused until Fintoc's movements show the deposit.
    await insist(() => approveAdjustment(approver, { adjustmentId: asked.id }));
    return (await db().adjustment.count({ where: { requestId, status: 'posted' } })) > 0;
  });
}

/** As books have that are older than a storm: the first reading is the longest. */
export function readFintocOnce(): Promise<void> {
  return until('Fintoc’s transfers were not read.', async () => {
    await insist(() => pollTransfers());
    return wasPolled();
  });
}

/** As a worker does every ten minutes. */
export async function syncOnce(): Promise<void> {
  await insist(() => syncFintoc(system('setup')));
}

async function until(otherwise: string, isSo: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(otherwise);
    await sleep(200);
  }
}
