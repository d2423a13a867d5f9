import { randomUUID } from 'node:crypto';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import { approveAdjustment, requestAdjustment } from '~/lib/adjustments/adjustments';
import { db, transaction } from '~/lib/db';
import { assignDeposit } from '~/lib/deposits/deposits';
import { openGate } from '~/lib/gate/gate';
import { pollTransfers } from '~/lib/inbox/sync';
import { releaseBreak } from '~/lib/proof/resolve';
import { balanceOf } from '~/lib/testing/books';
import { withTestDatabase } from '~/lib/testing/database';
import { drain } from '~/lib/testing/deliveries';
import { someOperator, someTerms } from '~/lib/testing/factories';
import { expectHeld, expectPaidOnce, parkAll, payoutsOf } from '~/lib/testing/gates';
import {
  assignByTwo,
  depositInto,
  proveAll,
  type ReadyWallet,
  readyWallet,
  withdraw,
} from '~/lib/testing/journeys';
import { timePasses } from '~/lib/testing/proofs';
import { withLocalFintoc } from '~/lib/testing/sandbox';
import { setInPesos } from '~/lib/testing/wallets';
import { houseWallets } from '~/lib/wallets/house';
import { submitWithdrawals } from '~/lib/withdrawals/submission';

withTestDatabase();
const fintoc = withLocalFintoc();

let operator: OperatorActor;
let wallet: ReadyWallet;

beforeAll(async () => {
  operator = await someOperator('admin');
  await pollTransfers();
});

beforeEach(async () => {
  await fintoc.calm();
  wallet = await readyWallet({ pattern: 'B' });
  await depositInto(fintoc, wallet, 100_000);
});

afterEach(parkAll);

describe('a credit is confirmed before it can leave', () => {
  it('by the movement that Fintoc lists: until then it is shown, and waits', async () => {
    await proveAll();
    await fintoc.control('POST', '/inbound-transfers', {
      account_number_id: wallet.accountNumberId,
      amount: 50_000,
      settle: true,
    });
    await fintoc.deliveriesDone();
    await drain();
    const { id } = await withdraw(operator, wallet, { amount: 120_000n });
    await expectHeld(fintoc, id, 'credit_unconfirmed');
    // What was there before may go meanwhile, and counts against it.
    await expectPaidOnce(fintoc, id);
  });

  it('a signed event of a transfer that Fintoc does not know pays nobody', async () => {
    await fintoc.control('POST', '/events', {
      type: 'transfer.inbound.succeeded',
      account_number_id: wallet.accountNumberId,
      data: { amount: 900_000 },
    });
    await fintoc.deliveriesDone();
    await drain();
    const { id } = await withdraw(operator, wallet, { amount: 500_000n });
    await expectHeld(fintoc, id, 'credit_unconfirmed');
    const { id: own } = await withdraw(operator, wallet, { amount: 90_000n });
    await submitWithdrawals();
    await fintoc.deliveriesDone();
    await drain();
    expect(await payoutsOf(fintoc, own)).toHaveLength(1);
    await proveAll();
    await submitWithdrawals();
    expect(await payoutsOf(fintoc, id)).toEqual([]);
    await timePasses(fintoc);
    await proveAll();
    await expectHeld(fintoc, id, 'account_paused');
    const broken = await db().proofBreak.findFirstOrThrow({
      where: { accountId: wallet.accountId, state: 'open' },
    });
    expect(broken).toMatchObject({ kind: 'missing_there', actual: 900_000n });
    // Two people let the account's own money go on, which makes none of what never was.
    for (const one of [operator, await someOperator('approver')])
      await releaseBreak(one, { breakId: broken.id, reason: 'Forged' });
    await openGate();
    await expectHeld(fintoc, id, 'credit_unconfirmed');
  });
});

/** A signed event of money that never was; it stands in suspense where its wallet takes none. */
async function forge(into: ReadyWallet, amount: number): Promise<string> {
  await fintoc.control('POST', '/events', {
    type: 'transfer.inbound.succeeded',
    account_number_id: into.accountNumberId,
    data: { amount },
  });
  await fintoc.deliveriesDone();
  await drain();
  const { id } = await db().transfer.findFirstOrThrow({
    where: { accountId: into.accountId, amount: BigInt(amount) },
  });
  return id;
}

describe('money that no movement shows yet is followed to wherever it is moved', () => {
  it('out of suspense: assigned, it is shown, and waits like a deposit', async () => {
    await db().wallet.update({ where: { id: wallet.id }, data: { status: 'frozen' } });
    const transferId = await forge(wallet, 900_000);
    await db().wallet.update({ where: { id: wallet.id }, data: { status: 'open' } });
    await assignDeposit(operator, { transferId, walletId: wallet.id, reason: 'It is theirs' });
    expect(await balanceOf(`wallet/${wallet.id}/available`)).toBe(1_000_000n);
    const { id } = await withdraw(operator, wallet, { amount: 500_000n });
    await expectHeld(fintoc, id, 'credit_unconfirmed');
  });

  it('out of suspense into a wallet that pays from another account: not before it is shown', async () => {
    const other = await readyWallet({ pattern: 'B' });
    await db().wallet.update({ where: { id: wallet.id }, data: { status: 'frozen' } });
    const transferId = await forge(wallet, 800_000);
    const asked = { transferId, walletId: other.id, reason: 'It is theirs', acceptsOtherAccount: true };
    await expect(assignByTwo(operator, asked)).rejects.toMatchObject({ code: 'credit_unconfirmed' });
    expect(await balanceOf(`wallet/${other.id}/available`)).toBe(0n);
  });

  it('by an adjustment: what is confirmed moves on, the rest does not until it is', async () => {
    const other = await readyWallet({ pattern: 'B' });
    const approver = await someOperator('approver');
    const move = async (amount: bigint) => {
      const { id: adjustmentId } = await requestAdjustment(operator, {
        fromWalletId: wallet.id,
        toWalletId: other.id,
        amount,
        reason: 'Between the two of them',
        requestId: randomUUID(),
      });
      return approveAdjustment(approver, { adjustmentId });
    };
    await fintoc.control('POST', '/inbound-transfers', {
      account_number_id: wallet.accountNumberId,
      amount: 50_000,
      settle: true,
    });
    await fintoc.deliveriesDone();
    await drain();
    await move(20_000n);
    await expect(move(100_000n)).rejects.toMatchObject({ code: 'credit_unconfirmed' });
    expect(await balanceOf(`wallet/${other.id}/available`)).toBe(20_000n);
    const waiting = await db().adjustment.findFirstOrThrow({
      where: { fromWalletId: wallet.id, amount: 100_000n },
    });
    await proveAll();
    await approveAdjustment(approver, { adjustmentId: waiting.id });
    expect(await balanceOf(`wallet/${other.id}/available`)).toBe(120_000n);
  });

  it('what the house earned by it leaves no account either', async () => {
    const { fees } = await transaction((tx) => houseWallets(tx, 'MXN'));
    const terms = await someTerms({ depositFeeAmount: 700_000n });
    await setInPesos(wallet.id, { termsId: terms.id });
    const before = await balanceOf('house/fees');
    await forge(wallet, 700_000);
    expect(await balanceOf('house/fees')).toBe(before + 700_000n);
    const other = await readyWallet({ pattern: 'B' });
    const { id: adjustmentId } = await requestAdjustment(operator, {
      fromWalletId: fees.id,
      toWalletId: other.id,
      amount: before + 600_000n,
      reason: 'A courtesy',
      requestId: randomUUID(),
    });
    await expect(approveAdjustment(await someOperator('approver'), { adjustmentId })).rejects.toMatchObject({
      code: 'credit_unconfirmed',
    });
  });
});
