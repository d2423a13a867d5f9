import { randomUUID } from 'node:crypto';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import { db } from '~/lib/db';
import { expectSoundBooks, moneyOf } from '~/lib/testing/books';
import { withTestDatabase } from '~/lib/testing/database';
import {
  fundWallet,
  type OpenWallet,
  someClabe,
  someOperator,
  someTerms,
  someWallet,
} from '~/lib/testing/factories';
import { withdraw } from '~/lib/testing/journeys';
import type { NewWithdrawal } from '~/lib/withdrawals/checks';
import { lookAtWithdrawal } from '~/lib/withdrawals/plan';
import { cancelWithdrawal } from '~/lib/withdrawals/withdrawals';

withTestDatabase();

const OVER_THRESHOLD = 5_000_000n;

let operator: OperatorActor;
let admin: OperatorActor;

beforeAll(async () => {
  operator = await someOperator('operator');
  admin = await someOperator('admin');
});

afterEach(expectSoundBooks);

async function rich(
  facts: Parameters<typeof someWallet>[0] = {},
  amount = 100_000_000n,
): Promise<OpenWallet> {
  const wallet = await someWallet(facts);
  await fundWallet(wallet, amount);
  return wallet;
}

describe('the same payment within a day', () => {
  const facts = { amount: 10_000n, destination: someClabe('012') };

  it('is refused until who asks has seen the latest, and then made', async () => {
    const wallet = await rich();
    const first = await withdraw(operator, wallet, facts);
    await expect(withdraw(admin, wallet, facts)).rejects.toMatchObject({
      code: 'same_payment',
      details: { id: first.id },
    });
    const second = await withdraw(operator, wallet, { ...facts, acceptedTwin: first.id });
    const stale = withdraw(operator, wallet, { ...facts, acceptedTwin: first.id });
    await expect(stale).rejects.toMatchObject({ code: 'same_payment', details: { id: second.id } });
  });

  it('is found of ten at once', async () => {
    const wallet = await rich();
    const asked = await Promise.allSettled(
      Array.from({ length: 10 }, () => withdraw(operator, wallet, facts)),
    );
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('is another with another wallet, amount or beneficiary, after a day, or when the first paid nothing', async () => {
    const wallet = await rich();
    const first = await withdraw(operator, wallet, facts);
    await withdraw(operator, await rich(), facts);
    await withdraw(operator, wallet, { ...facts, amount: 10_001n });
    await withdraw(operator, wallet, { ...facts, destination: someClabe('012') });
    await cancelWithdrawal(operator, { withdrawalId: first.id, reason: 'Typing error' });
    const second = await withdraw(operator, wallet, facts);
    const createdAt = new Date(Date.now() - 86_401_000);
    await db().withdrawal.update({ where: { id: second.id }, data: { createdAt } });
    await withdraw(operator, wallet, facts);
  });

  it('sent again with its own request id is no second payment', async () => {
    const wallet = await rich();
    const again = { ...facts, requestId: randomUUID() };
    const first = await withdraw(operator, wallet, again);
    expect((await withdraw(operator, wallet, again)).id).toBe(first.id);
    const changed = withdraw(operator, wallet, { ...again, amount: 20_000n });
    await expect(changed).rejects.toMatchObject({ code: 'request_reused' });
    await expect(withdraw(admin, wallet, again)).rejects.toMatchObject({ code: 'request_reused' });
  });
});

describe('the look before a withdrawal leaves', () => {
  let operator: OperatorActor;

  // A day's sums are a person's: one who asked for nothing yet.
  beforeEach(async () => {
    operator = await someOperator('operator');
  });

  const look = (wallet: { id: string }, facts: Partial<NewWithdrawal>) =>
    lookAtWithdrawal(operator, {
      ...{
        walletId: wallet.id,
        amount: 10_000n,
        destination: someClabe('012'),
        requestId: randomUUID(),
      },
      ...facts,
    });

  it('shows the amount, the fee, the beneficiary whole and what stays, and changes nothing', async () => {
    const wallet = await rich({ termsId: (await someTerms({ withdrawalFeeAmount: 100n })).id });
    const before = await moneyOf(wallet);
    const destination = someClabe('012');
    expect(await look(wallet, { destination, beneficiaryName: ' Berta ' })).toEqual({
      amount: 10_000n,
      asset: 'MXN',
      feeAmount: 100n,
      left: before.available - 10_100n,
      destinationKind: 'clabe',
      destination,
      beneficiaryBank: 'BBVA',
      beneficiaryName: 'Berta',
      parts: 1,
      needsApproval: false,
      twins: [],
    });
    expect(await moneyOf(wallet)).toEqual(before);
  });

  it('is left to the second person where there is one, unless the same was asked for before', async () => {
    const wallet = await rich();
    const facts = { amount: OVER_THRESHOLD, destination: someClabe('012') };
    expect(await look(wallet, facts)).toBeNull();
    const { id } = await withdraw(operator, wallet, facts);
    const twins = [{ id, status: 'awaiting_approval', by: operator.name, createdAt: expect.any(Date) }];
    expect(await look(wallet, facts)).toMatchObject({ needsApproval: true, twins });
  });

  it('is over once it was asked for, and refuses what the request would', async () => {
    const wallet = await rich();
    const asked = await withdraw(operator, wallet);
    expect(await look(wallet, { requestId: asked.requestId })).toBeNull();
    await expect(look(wallet, { amount: 0n })).rejects.toMatchObject({ code: 'invalid' });
    const poor = await rich({}, 9_999n);
    await expect(look(poor, {})).rejects.toMatchObject({ code: 'insufficient_funds' });
  });
});
