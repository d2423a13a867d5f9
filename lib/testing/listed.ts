import { randomUUID } from 'node:crypto';
import type { OperatorActor } from '~/lib/actor';
import { db, transaction } from '~/lib/db';
import { createRequest } from '~/lib/deposits/requests';
import { placeHold, releaseHold } from '~/lib/holds/holds';
import { cash, receivable } from '~/lib/ledger/chart';
import { credit, debit, postTransaction } from '~/lib/ledger/post';
import { someCause } from '~/lib/testing/causes';
import { everyCustomer, restoredCustomer } from '~/lib/testing/customers';
import {
  fundWallet,
  type OpenWallet,
  someClabe,
  someSentWithdrawal,
  someWallet,
  spendFrom,
} from '~/lib/testing/factories';

/** What a spreadsheet would make something else of. */
export const HOSTILE = '=HYPERLINK("x");+52';
export const REFERENCE = '0012345';

/** A few of everything that the console lists, some of it with the same moment and with texts that nobody wishes for. */
export async function someOfEverything(operator: OperatorActor): Promise<{ wallets: OpenWallet[] }> {
  const wallets: OpenWallet[] = [];
  for (let each = 0; each < 4; each += 1) wallets.push(await someWallet({ pattern: each % 2 ? 'B' : 'A' }));
  const [first, second] = wallets;
  if (!first || !second) throw new Error('Four wallets were made.');
  for (const wallet of wallets) {
    await fundWallet(wallet, 1_000_000n);
    await spendFrom(wallet, 12_345n);
  }
  await someSentWithdrawal(first, operator, { destination: someClabe('012') });
  await someWithdrawals(first, operator);
  await someDeposits(second);
  await someRequests(second, operator);
  await someAdjustments(first, second, operator);
  await someEntities();
  await someCases(second, operator);
  await someHolds(first, operator);
  await somePlanned(first, operator);
  for (const wallet of [first, second]) await someDebt(wallet);
  return { wallets };
}

async function someWithdrawals(wallet: OpenWallet, { id: requestedById }: OperatorActor): Promise<void> {
  await db().withdrawal.createMany({
    data: (['failed', 'awaiting_approval', 'declined', 'awaiting_approval'] as const).map((status) => ({
      walletId: wallet.id,
      accountId: wallet.accountId,
      asset: 'MXN',
      amount: 10_000n,
      feeAmount: 0n,
      destinationKind: 'clabe' as const,
      destination: someClabe('012'),
      comment: HOSTILE,
      referenceId: REFERENCE,
      status,
      firstSeen: true,
      requestedById,
      requestId: randomUUID(),
    })),
  });
}

async function someDeposits(wallet: OpenWallet): Promise<void> {
  const at = new Date('2026-11-20T05:59:59Z');
  await db().transfer.createMany({
    data: Array.from({ length: 5 }, (_, index) => ({
      id: `tr_listed_${index}`,
      direction: 'inbound' as const,
      state: index === 4 ? ('returned' as const) : ('succeeded' as const),
      status: 'succeeded',
      amount: BigInt(1_000 + index),
      asset: 'MXN',
      accountId: wallet.accountId,
      accountNumber: wallet.number,
      walletId: wallet.id,
      ...(index > 2 && { suspenseReason: 'wallet_frozen', suspenseSince: at }),
      counterpartyName: HOSTILE,
      counterpartyNumber: someClabe('072'),
      counterpartyBank: 'BANORTE',
      trackingKey: `2026112040072${index}`,
      referenceId: REFERENCE,
      comment: 'Renta, "mayo"',
      origin: 'webhook',
      mode: 'test',
      transactedAt: at,
    })),
  });
}

async function someRequests(wallet: OpenWallet, operator: OperatorActor): Promise<void> {
  const asked = {
    kind: 'return',
    walletId: wallet.id,
    acceptedLoss: 500n,
    reason: 'Llegó por error',
  } as const;
  for (const index of [0, 1, 2])
    await transaction((tx) => createRequest(tx, operator, { ...asked, transferId: `tr_listed_${index}` }));
}

async function someAdjustments(from: OpenWallet, to: OpenWallet, { id: requestedById }: OperatorActor) {
  await db().adjustment.createMany({
    data: (['awaiting_approval', 'cancelled', 'awaiting_approval'] as const).map((status, index) => ({
      fromWalletId: from.id,
      ...(index === 2 ? { accountId: from.accountId } : { toWalletId: to.id }),
      asset: 'MXN',
      amount: 1_500n,
      reason: HOSTILE,
      status,
      requestedById,
      requestId: randomUUID(),
    })),
  });
}

async function someEntities(): Promise<void> {
  const facts = { isRoot: false, mode: 'test', raw: {}, syncedAt: new Date(), status: 'draft' };
  await db().entity.createMany({
    data: [0, 1, 2].map((index) => ({
      id: `ent_${index}`,
      holderName: `Textiles ${index}`,
      holderId: 'TEX010101AB1',
      ...facts,
    })),
  });
  await db().onboarding.create({
    data: { id: 'onb_1', entityId: 'ent_1', status: 'rejected', raw: {}, syncedAt: new Date() },
  });
}

async function someCases({ customerId }: OpenWallet, { id }: OperatorActor): Promise<void> {
  const at = new Date();
  await db().case.createMany({
    data: (['deposit_claim', 'fraud', 'other'] as const).map((type, index) => ({
      ...{
        type,
        subjectType: 'customer',
        subjectId: customerId ?? '',
        customerId,
        ownerId: id,
        openedById: id,
      },
      ...{ dueAt: new Date(at.getTime() + index * 3_600_000), trackingKey: HOSTILE },
      // The last one is closed, and no list of open ones has it.
      ...(index === 2 ? { closedAt: at } : { amount: 1_004n, asset: 'MXN' }),
    })),
  });
}

async function someHolds({ id: walletId }: OpenWallet, operator: OperatorActor): Promise<void> {
  const asked = { walletId, asset: 'MXN', amount: 1_100n, reason: HOSTILE, expiresAt: { days: 3 } };
  const place = () => placeHold(operator, { ...asked, requestId: randomUUID() });
  const [{ id: holdId }] = [await place(), await place(), await place()];
  await releaseHold(operator, { holdId, reason: HOSTILE, requestId: randomUUID() });
}

/** Files of withdrawals, and withdrawals of a later day. */
async function somePlanned(
  { id: walletId }: OpenWallet,
  { id: requestedById }: OperatorActor,
): Promise<void> {
  for (const fileName of ['Nómina.csv', 'nomina 2.csv', `${HOSTILE}.csv`])
    await db().withdrawalBatch.create({
      data: { fileName, fileHash: randomUUID(), asset: 'MXN', requestedById },
    });
  await db().schedule.createMany({
    data: ['Abril Paz', 'Eva Paz', HOSTILE].map((beneficiaryName) => ({
      ...{ walletId, asset: 'MXN', amount: 1_200n, beneficiaryName, comment: HOSTILE, requestedById },
      ...{ destinationKind: 'clabe' as const, destination: someClabe('012'), every: 'month' as const },
      ...{ timeZone: 'America/Mexico_City', startsOn: new Date('2027-01-02') },
      nextAt: new Date('2027-01-02T15:00:00Z'),
    })),
  });
}

/** As a deposit leaves it that went back after it was spent. */
async function someDebt(wallet: OpenWallet): Promise<void> {
  await transaction((tx) =>
    postTransaction(tx, {
      cause: someCause(`test:debt:${wallet.id}`),
      kind: 'deposit_return',
      effectiveAt: new Date(),
      lines: [debit(receivable(wallet.id, 'MXN'), 700n), credit(cash(wallet.accountId, 'MXN'), 700n)],
    }),
  );
}

/** All customers, with other facts. */
export async function everyoneRestored(facts: Parameters<typeof restoredCustomer>[1]): Promise<void> {
  for (const { id } of await everyCustomer()) await restoredCustomer(id, facts);
}
