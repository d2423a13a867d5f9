import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { system } from '~/lib/actor';
import { db, transaction } from '~/lib/db';
import { assignDeposit } from '~/lib/deposits/deposits';
import { approveDepositRequest } from '~/lib/deposits/requests';
import { balanceOf, expectSoundBooks, moneyOf } from '~/lib/testing/books';
import { withTestDatabase } from '~/lib/testing/database';
import { deliver, drain, fintocEvent, fintocTransfer, told, WEBHOOK_SECRET } from '~/lib/testing/deliveries';
import {
  type OpenWallet,
  someAccount,
  someOperator,
  someTerms,
  someWallet,
  spendFrom,
} from '~/lib/testing/factories';
import { assignByTwo } from '~/lib/testing/journeys';
import { meetMovements } from '~/lib/testing/proofs';
import { setInPesos } from '~/lib/testing/wallets';
import { houseWallets } from '~/lib/wallets/house';
import { closeWallet, freezeWallet } from '~/lib/wallets/status';

process.env.FINTOC_WEBHOOK_SECRET = WEBHOOK_SECRET;
withTestDatabase();

let wallet: OpenWallet;

beforeAll(async () => {
  wallet = await someWallet();
});

afterEach(expectSoundBooks);

const at = ({ accountId, numberId, number }: OpenWallet) => ({ accountId, numberId, number });
const transferRow = (id: string) => db().transfer.findUniqueOrThrow({ where: { id } });
const inSuspense = () => balanceOf('suspense/unmatched');

describe('a deposit finds its wallet', () => {
  it('by its CLABE, where many wallets share an account', async () => {
    const [ana, beto] = [await someWallet({ account: await someAccount() }), await someWallet()];
    await told({ ...at(ana), amount: 100 });
    await told({ ...at(beto), amount: 200 });
    expect([await moneyOf(ana), await moneyOf(beto)]).toMatchObject([
      { available: 100n },
      { available: 200n },
    ]);
  });

  it.each(['B', 'C'] as const)(
    'by its account, in pattern %s, also at a number we never saw',
    async (pattern) => {
      const own = await someWallet({ pattern });
      const { id } = await told({
        accountId: own.accountId,
        numberId: 'acno_foreign',
        number: '012180000000000002',
      });
      expect((await moneyOf(own)).available).toBe(10_000n);
      expect(await balanceOf(`fintoc/${own.accountId}/cash`)).toBe(10_000n);
      expect(await transferRow(id)).toMatchObject({ walletId: own.id, suspenseReason: null });
    },
  );

  it('by our mark on the number, when the answer that told us of the CLABE was lost', async () => {
    const opening = await someWallet({ status: 'opening' });
    await setInPesos(opening.id, { accountNumberId: null });
    await told({
      accountId: opening.accountId,
      numberId: 'acno_lost',
      numberMetadata: { wallet_id: opening.id },
    });
    expect((await moneyOf(opening)).available).toBe(10_000n);
  });

  it('and no other one by a mark that somebody forged', async () => {
    const before = await moneyOf(wallet);
    const { id } = await told({
      accountId: (await someAccount()).id,
      numberId: 'acno_x',
      numberMetadata: { wallet_id: wallet.id },
    });
    expect(await moneyOf(wallet)).toEqual(before);
    expect(await transferRow(id)).toMatchObject({ suspenseReason: 'unknown_number', walletId: null });
  });
});

describe('money that belongs to no open wallet waits in suspense', () => {
  it.each([
    [
      'of an unknown number',
      'unknown_number',
      async () => ({ accountId: wallet.accountId, numberId: 'acno_nobody' }),
    ],
    [
      'of a frozen wallet',
      'wallet_frozen',
      async () => {
        const frozen = await someWallet();
        await freezeWallet(system('setup'), { walletId: frozen.id, reason: 'test' });
        return at(frozen);
      },
    ],
    [
      'of a closed wallet',
      'wallet_closed',
      async () => {
        const closed = await someWallet();
        await closeWallet(system('setup'), { walletId: closed.id, reason: 'test', closedBy: 'customer' });
        return at(closed);
      },
    ],
    [
      'of a wallet whose terms take no deposits',
      'deposits_disabled',
      async () => at(await someWallet({ termsId: (await someTerms({ depositsEnabled: false })).id })),
    ],
  ])('%s, with the reason', async (_whose, reason, whereTo) => {
    const before = await inSuspense();
    const { id } = await told(await whereTo());
    expect(await inSuspense()).toBe(before + 10_000n);
    const row = await transferRow(id);
    expect(row).toMatchObject({ state: 'succeeded', suspenseReason: reason });
    expect(row.suspenseSince).toBeInstanceOf(Date);
  });

  it('until an operator asks to assign it to a wallet and another person approves, once', async () => {
    const operator = await someOperator();
    const before = { suspense: await inSuspense(), wallet: (await moneyOf(wallet)).available };
    const { id } = await told({ accountId: wallet.accountId, numberId: 'acno_nobody' });
    const request = { transferId: id, walletId: wallet.id, reason: 'Called in' };
    const asked = await Promise.allSettled(Array.from({ length: 5 }, () => assignDeposit(operator, request)));
    const [waiting] = asked.flatMap((each) => (each.status === 'fulfilled' ? [each.value.request] : []));
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await moneyOf(wallet)).available).toBe(before.wallet);
    const approvers = await Promise.all(Array.from({ length: 5 }, () => someOperator('approver')));
    const decided = await Promise.allSettled(
      approvers.map((each) => approveDepositRequest(each, { requestId: waiting?.id ?? '' })),
    );
    expect(decided.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await inSuspense()).toBe(before.suspense);
    expect((await moneyOf(wallet)).available).toBe(before.wallet + 10_000n);
    expect(await transferRow(id)).toMatchObject({ walletId: wallet.id, suspenseReason: null });
    expect(await db().auditEntry.count({ where: { action: 'deposit.assigned', subjectId: id } })).toBe(1);
  });

  it('and is not assigned to a wallet that is not open', async () => {
    const operator = await someOperator();
    const frozen = await someWallet({ status: 'frozen' });
    const { id } = await told({ accountId: wallet.accountId, numberId: 'acno_nobody' });
    const assigning = assignDeposit(operator, { transferId: id, walletId: frozen.id, reason: 'x' });
    await expect(assigning).rejects.toMatchObject({ code: 'wallet_not_open' });
    expect(await transferRow(id)).toMatchObject({ suspenseReason: 'unknown_number' });
  });

  it.each([
    ['A', 'B'],
    ['A', 'C'],
    ['B', 'A'],
  ] as const)(
    'in an account of pattern %s, and goes to a wallet that pays from one of pattern %s only if that is accepted',
    async (standing, paying) => {
      const operator = await someOperator();
      const there = await someWallet({ pattern: standing, status: 'frozen' });
      const target = await someWallet({ pattern: paying });
      const { id } = await told(at(there));
      const request = { transferId: id, walletId: target.id, reason: 'Sent to the wrong CLABE' };
      for (const acceptsOtherAccount of [undefined, false])
        await expect(assignDeposit(operator, { ...request, acceptsOtherAccount })).rejects.toMatchObject({
          fields: { acceptsOtherAccount: 'other_account' },
        });
      expect(await transferRow(id)).toMatchObject({ suspenseReason: 'wallet_frozen' });
      expect((await moneyOf(target)).available).toBe(0n);

      await meetMovements();
      await assignByTwo(operator, { ...request, acceptsOtherAccount: true });
      expect((await moneyOf(target)).available).toBe(10_000n);
      const audit = { where: { action: 'deposit.assigned', subjectId: id } };
      expect((await db().auditEntry.findFirstOrThrow(audit)).after).toEqual({
        walletId: target.id,
        acceptsOtherAccount: true,
        standsInAccountId: there.accountId,
        paysFromAccountId: target.accountId,
      });
    },
  );

  it('and needs no such word in the account that the wallet pays from, or for a house wallet, which pays from none', async () => {
    const operator = await someOperator();
    const account = await someAccount();
    const target = await someWallet({ account });
    const { operating } = await transaction((tx) => houseWallets(tx, 'MXN'));
    for (const walletId of [target.id, operating.id]) {
      const { id } = await told({ accountId: account.id, numberId: 'acno_nobody' });
      await assignByTwo(operator, { transferId: id, walletId, reason: 'Theirs' });
      const audit = { where: { action: 'deposit.assigned', subjectId: id } };
      expect((await db().auditEntry.findFirstOrThrow(audit)).after).toEqual({ walletId });
    }
  });

  it('and leaves it again when the bank takes it back', async () => {
    const before = await inSuspense();
    const { id, data } = await told({ accountId: wallet.accountId, numberId: 'acno_nobody' });
    await told({ ...data, id, accountId: wallet.accountId, numberId: 'acno_nobody', status: 'returned' });
    expect(await inSuspense()).toBe(before);
    expect(await transferRow(id)).toMatchObject({ state: 'returned', suspenseReason: null });
  });

  it('no deposit slips into a wallet after its freeze was answered', async () => {
    const target = await someWallet();
    const events = Array.from({ length: 12 }, () =>
      fintocEvent(fintocTransfer({ ...at(target), amount: 10 })),
    );
    await Promise.all(events.map((event) => deliver(event)));
    const draining = drain();
    await freezeWallet(system('setup'), { walletId: target.id, reason: 'test' });
    const atFreeze = (await moneyOf(target)).available;
    await draining;
    expect((await moneyOf(target)).available).toBe(atFreeze);
  });

  it('a wallet never ends up closed with money in it, whoever comes first', async () => {
    for (let round = 0; round < 6; round += 1) {
      const target = await someWallet();
      await deliver(fintocEvent(fintocTransfer(at(target))));
      const closing = closeWallet(system('setup'), {
        walletId: target.id,
        reason: 'test',
        closedBy: 'platform',
      });
      await Promise.allSettled([drain(), closing]);
      await drain();
      const { status } = await db().wallet.findUniqueOrThrow({ where: { id: target.id } });
      const { available } = await moneyOf(target);
      expect({ status, available }).toEqual(
        status === 'closed' ? { status, available: 0n } : { status: 'open', available: 10_000n },
      );
    }
  });
});

describe('what a deposit costs and owes', () => {
  it('the fee of the terms leaves with the deposit, in the same transaction', async () => {
    const paying = await someWallet({ termsId: (await someTerms({ depositFeeAmount: 250n })).id });
    const before = await balanceOf('house/fees');
    const { id } = await told(at(paying));
    expect((await moneyOf(paying)).available).toBe(9_750n);
    expect(await balanceOf('house/fees')).toBe(before + 250n);
    expect(await db().ledgerTransaction.count({ where: { transferId: id } })).toBe(1);
  });

  it('a fee takes no more than there is', async () => {
    const paying = await someWallet({ termsId: (await someTerms({ depositFeeAmount: 250n })).id });
    await told({ ...at(paying), amount: 100 });
    expect((await moneyOf(paying)).available).toBe(0n);
  });

  it('a deposit that the bank takes back after it was spent leaves a receivable, and no one below zero', async () => {
    const spent = await someWallet();
    const { id, data } = await told({ ...at(spent), amount: 1_000 });
    await spendFrom(spent, 700n);
    await told({ ...data, ...at(spent), id, amount: 1_000, status: 'returned' });
    expect((await moneyOf(spent)).available).toBe(0n);
    expect(await balanceOf(`receivable/${spent.id}`)).toBe(700n);
  });
});
