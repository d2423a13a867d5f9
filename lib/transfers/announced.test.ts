import { randomUUID } from 'node:crypto';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { system } from '~/lib/actor';
import { db } from '~/lib/db';
import { checkLedger, lastLedgerCheck } from '~/lib/proof/ledger-check';
import type { RailTransfer, TransferWord } from '~/lib/rails/rail-says';
import { balanceOf, expectSoundBooks } from '~/lib/testing/books';
import { withTestDatabase } from '~/lib/testing/database';
import { type OpenWallet, someWallet } from '~/lib/testing/factories';
import { applySightings } from '~/lib/transfers/apply';
import { closeWallet, freezeWallet, unfreezeWallet } from '~/lib/wallets/status';

withTestDatabase();
let wallet: OpenWallet;

beforeAll(async () => {
  wallet = await someWallet();
});
afterEach(expectSoundBooks);

const NO_MARKS = { walletId: null, withdrawalId: null };

/** A deposit of 5.00 as its rail tells of it. */
function deposit(to: OpenWallet): RailTransfer {
  return {
    ...{
      id: `tr_${randomUUID()}`,
      direction: 'inbound',
      word: 'pending',
      status: 'pending',
      goesBack: false,
    },
    ...{ amount: 500n, asset: 'MXN', accountId: to.accountId, marks: NO_MARKS, mode: 'test', raw: {} },
    number: { id: to.numberId, number: to.number, marks: NO_MARKS },
    counterparty: { name: 'Ana', taxId: null, number: null, bank: null },
    ...{ trackingKey: null, referenceId: null, comment: null, receiptUrl: null, returnReason: null },
    ...{ errorReason: null, transactedAt: new Date() },
  };
}

const say = (transfer: RailTransfer, ...words: TransferWord[]) =>
  applySightings(
    db(),
    words.map((word) => ({
      transfer: { ...transfer, word, status: word },
      ...{ origin: 'poll' as const, saidAt: new Date() },
    })),
  );

/** Of the wallet and of the account that its money is in. */
async function books({ id, accountId }: OpenWallet) {
  const [available, pending] = [
    await balanceOf(`wallet/${id}/available`),
    await balanceOf(`wallet/${id}/pending`),
  ];
  const [cash, incoming] = [
    await balanceOf(`fintoc/${accountId}/cash`),
    await balanceOf(`fintoc/${accountId}/incoming`),
  ];
  return { available, pending, cash, incoming };
}

const stateOf = (id: string) => db().transfer.findUniqueOrThrow({ where: { id } });

describe('a deposit that its rail tells of before it is final', () => {
  it('is pending for its wallet and no cash, and then its own', async () => {
    const transfer = deposit(wallet);
    await say(transfer, 'pending', 'pending');
    expect(await books(wallet)).toEqual({ available: 0n, pending: 500n, cash: 0n, incoming: 500n });
    await checkLedger();
    expect((await lastLedgerCheck()).faults, 'what is pending covers itself').toEqual([]);
    await expect(
      closeWallet(system('setup'), { walletId: wallet.id, reason: 'No', closedBy: 'platform' }),
    ).rejects.toMatchObject({ code: 'wallet_not_empty' });
    await say(transfer, 'succeeded', 'pending', 'succeeded');
    expect(await books(wallet)).toEqual({ available: 500n, pending: 0n, cash: 500n, incoming: 0n });
    expect(await stateOf(transfer.id)).toMatchObject({ state: 'succeeded', walletId: wallet.id });
  });

  it.each([
    { words: ['pending', 'rejected'], state: 'rejected', available: 0n },
    { words: ['pending', 'returned'], state: 'returned', available: 0n },
    { words: ['pending', 'return_pending'], state: 'return_pending', available: 0n },
    { words: ['succeeded', 'pending'], state: 'succeeded', available: 500n },
  ] as const)('$words: pends no more, in one batch or one by one', async ({ words, state, available }) => {
    for (const together of [true, false]) {
      const own = await someWallet();
      const transfer = deposit(own);
      if (together) await say(transfer, ...words);
      else for (const word of words) await say(transfer, word);
      expect(await books(own)).toMatchObject({ available, pending: 0n, incoming: 0n });
      expect(await stateOf(transfer.id)).toMatchObject({ state });
    }
  });

  it('goes to suspense when its wallet was frozen meanwhile, and pends no more', async () => {
    const own = await someWallet();
    const transfer = deposit(own);
    await say(transfer, 'pending');
    await freezeWallet(system('setup'), { walletId: own.id, reason: 'Looked at', deposits: 'suspend' });
    await say(transfer, 'succeeded');
    expect(await books(own)).toEqual({ available: 0n, pending: 0n, cash: 500n, incoming: 0n });
    expect(await stateOf(transfer.id)).toMatchObject({ suspenseReason: 'wallet_frozen', walletId: own.id });
  });

  it('of a frozen wallet pends for nobody, and is credited when it is open again', async () => {
    const own = await someWallet();
    const change = { walletId: own.id, reason: 'Looked at' };
    await freezeWallet(system('setup'), { ...change, deposits: 'suspend' });
    const transfer = deposit(own);
    await say(transfer, 'pending', 'pending');
    expect(await books(own)).toEqual({ available: 0n, pending: 0n, cash: 0n, incoming: 0n });
    expect(await stateOf(transfer.id)).toMatchObject({ state: 'pending', suspenseSince: null });
    await unfreezeWallet(system('setup'), change);
    await say(transfer, 'pending', 'succeeded');
    expect(await books(own)).toEqual({ available: 500n, pending: 0n, cash: 500n, incoming: 0n });
    expect(await stateOf(transfer.id)).toMatchObject({ walletId: own.id, suspenseReason: null });
  });
});
