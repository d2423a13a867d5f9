import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type OperatorActor, type Requester, system } from '~/lib/actor';
import { rotateKey } from '~/lib/api/keys';
import { changePayoutConditions, payoutConditions } from '~/lib/approvals/versions';
import { db } from '~/lib/db';
import { someKey } from '~/lib/testing/api';
import { expectSoundBooks } from '~/lib/testing/books';
import { withTestDatabase } from '~/lib/testing/database';
import { fundWallet, someClabe, someOperator, someSentWithdrawal, someWallet } from '~/lib/testing/factories';
import { withdraw } from '~/lib/testing/journeys';
import { approvalRoom } from '~/lib/withdrawals/approval-rule';
import { keyThatAsked } from '~/lib/withdrawals/key-limits';
import { approveWithdrawal, cancelWithdrawal, declineWithdrawal } from '~/lib/withdrawals/withdrawals';

withTestDatabase();
afterEach(expectSoundBooks);

const ALMOST = 4_999_999n;
const HOUR = 3_600_000;

let approver: OperatorActor;

beforeAll(async () => {
  approver = await someOperator('approver');
});

async function rich() {
  const wallet = await someWallet();
  await fundWallet(wallet, 100_000_000n);
  return wallet;
}

/** A CLABE that was paid so long ago, which somebody else asked for from another wallet. */
async function knownClabe(hoursAgo = 25): Promise<string> {
  const number = someClabe('012');
  const wallet = await rich();
  const facts = { amount: 1n, destination: number };
  const { id } = await someSentWithdrawal(wallet, await someOperator(), facts);
  const createdAt = new Date(Date.now() - hoursAgo * HOUR);
  await db().withdrawal.update({
    where: { id },
    data: { status: 'succeeded', createdAt },
  });
  return number;
}

const shift = (id: string, hours: number) =>
  db().withdrawal.update({ where: { id }, data: { createdAt: new Date(Date.now() - hours * HOUR) } });

describe('a fresh database', () => {
  it('has amounts from which a second person decides, and a lower one for first payments', async () => {
    expect(await payoutConditions()).toEqual({
      amount: { MXN: '5000000', CLP: '2500000' },
      firstPayment: { MXN: '1000000', CLP: '500000' },
    });
  });
});

describe('a payment to a new CLABE', () => {
  it('goes out alone below the lower amount, and waits from it on', async () => {
    const [operator, wallet] = [await someOperator(), await rich()];
    expect(await withdraw(operator, wallet, { amount: 999_999n })).toMatchObject({
      status: 'queued',
      approvalReason: null,
    });
    expect(await withdraw(operator, wallet, { amount: 1_000_000n })).toMatchObject({
      status: 'awaiting_approval',
      approvalReason: 'first_payment',
    });
  });

  it('counts what it was asked for with within a day, and a centavo first makes it no old one', async () => {
    const destination = someClabe('012');
    const first = await withdraw(await someOperator(), await rich(), { destination, amount: 1n });
    await db().withdrawal.update({ where: { id: first.id }, data: { status: 'succeeded' } });
    const second = { destination, amount: 999_999n };
    expect(await withdraw(await someOperator(), await rich(), second)).toMatchObject({
      approvalReason: 'first_payment',
    });
    await shift(first.id, 25);
    const third = { destination, amount: 1_500_000n };
    expect(await withdraw(await someOperator(), await rich(), third)).toMatchObject({ status: 'queued' });
  });

  it('of 49,999.99 waits each of three times', async () => {
    const [operator, wallet] = [await someOperator(), await rich()];
    const destination = someClabe('012');
    let acceptedTwin: string | undefined;
    for (let nth = 0; nth < 3; nth += 1) {
      const asked = await withdraw(operator, wallet, { destination, amount: ALMOST, acceptedTwin });
      expect(asked).toMatchObject({ status: 'awaiting_approval' });
      acceptedTwin = asked.id;
    }
  });
});

describe('what was asked for within a day counts together', () => {
  it('for one person, from different wallets to different CLABEs', async () => {
    const operator = await someOperator();
    const ask = async (amount: bigint) =>
      withdraw(operator, await rich(), { destination: await knownClabe(), amount });
    expect(await ask(ALMOST)).toMatchObject({ status: 'queued' });
    expect(await ask(1n)).toMatchObject({ status: 'awaiting_approval', approvalReason: 'requester_day' });
  });

  it('for one person and every key of theirs, whichever of them asks', async () => {
    const { id, maker } = await someKey(['withdrawals:write']);
    const other = await someKey(['withdrawals:write']);
    await rotateKey(maker, { keyId: other.id, overlapHours: 0 });
    const key = async (keyId: string) =>
      keyThatAsked(await db().apiKey.findUniqueOrThrow({ where: { id: keyId } }));
    const ask = async (asker: Requester, amount: bigint) =>
      (await withdraw(asker, await rich(), { destination: await knownClabe(), amount })).approvalReason;
    expect(await ask(await key(id), ALMOST)).toBeNull();
    for (const asker of [maker, await key(other.id), await key(id), other.maker])
      expect(await ask(asker, 1n), asker.name).toBe(asker === other.maker ? null : 'requester_day');
    const room = async (requestedById: string) =>
      approvalRoom({ walletId: (await rich()).id, requestedById, asset: 'MXN' });
    expect(await room(maker.id)).toMatchObject({ from: 0n });
  });

  it('for two keys of one person that ask at the same moment', async () => {
    const [one, other] = [await someKey(['withdrawals:write']), await someKey(['withdrawals:write'])];
    await rotateKey(one.maker, { keyId: other.id, overlapHours: 0 });
    const keys = await db().apiKey.findMany({ where: { id: { in: [one.id, other.id] } } });
    const asked = await Promise.all(
      keys.map(async (key) =>
        withdraw(keyThatAsked(key), await rich(), { destination: await knownClabe(), amount: ALMOST }),
      ),
    );
    expect(asked.map(({ approvalReason }) => approvalReason).sort()).toEqual(['requester_day', null].sort());
  });

  it('from one wallet, asked for by different people', async () => {
    const wallet = await rich();
    const ask = async (amount: bigint) =>
      withdraw(await someOperator(), wallet, { destination: await knownClabe(), amount });
    expect(await ask(ALMOST)).toMatchObject({ status: 'queued' });
    expect(await ask(1n)).toMatchObject({ status: 'awaiting_approval', approvalReason: 'wallet_day' });
  });

  it('to one CLABE, asked for by different people from different wallets', async () => {
    const destination = await knownClabe();
    const ask = async (amount: bigint) =>
      withdraw(await someOperator(), await rich(), { destination, amount });
    expect(await ask(ALMOST)).toMatchObject({ status: 'queued' });
    expect(await ask(1n)).toMatchObject({ status: 'awaiting_approval', approvalReason: 'beneficiary_day' });
  });

  it('and what a second person approved counts on: they have not seen the next one', async () => {
    const [operator, wallet, destination] = [await someOperator(), await rich(), await knownClabe()];
    const { id } = await withdraw(operator, wallet, { destination, amount: 5_000_000n });
    await approveWithdrawal(approver, { withdrawalId: id });
    expect(await withdraw(operator, wallet, { destination, amount: 1n })).toMatchObject({
      status: 'awaiting_approval',
    });
  });

  it('but not what was declined or called off, nor what is older than a day', async () => {
    const [operator, wallet, destination] = [await someOperator(), await rich(), await knownClabe()];
    const much = { destination, amount: 5_000_000n };
    const declined = await withdraw(operator, wallet, much);
    await declineWithdrawal(approver, { withdrawalId: declined.id, reason: 'test' });
    const cancelled = await withdraw(operator, wallet, much);
    await cancelWithdrawal(operator, { withdrawalId: cancelled.id, reason: 'test' });
    const old = await withdraw(operator, wallet, much);
    expect(old.approvalReason).toBe('amount');
    await shift(old.id, 24.1);
    expect(await withdraw(operator, wallet, { destination, amount: ALMOST })).toMatchObject({
      status: 'queued',
    });
  });

  it('of 20 requests at once by one person, no more pass alone than the amount allows', async () => {
    const operator = await someOperator();
    const asked = await Promise.all(
      Array.from({ length: 20 }, async () => ({
        wallet: await rich(),
        facts: { destination: await knownClabe(), amount: 1_000_000n },
      })),
    );
    const made = await Promise.all(asked.map(({ wallet, facts }) => withdraw(operator, wallet, facts)));
    expect(made.filter(({ status }) => status === 'queued')).toHaveLength(4);
    expect(new Set(made.map(({ approvalReason }) => approvalReason))).toEqual(
      new Set([null, 'requester_day']),
    );
  });

  it('of 20 requests at once to one new CLABE, by different people from different wallets, neither', async () => {
    const destination = someClabe('012');
    const asked = await Promise.all(
      Array.from({ length: 20 }, async () => ({ operator: await someOperator(), wallet: await rich() })),
    );
    const facts = { destination, amount: 300_000n };
    const made = await Promise.all(asked.map(({ operator, wallet }) => withdraw(operator, wallet, facts)));
    expect(made.filter(({ status }) => status === 'queued')).toHaveLength(3);
  });
});

describe('the form', () => {
  it('is told from which amount a second person decides, after what was asked for today', async () => {
    const [operator, wallet] = [await someOperator(), await rich()];
    const asked = { walletId: wallet.id, requestedById: operator.id, asset: 'MXN' };
    expect(await approvalRoom(asked)).toEqual({ from: 5_000_000n, firstFrom: 1_000_000n });
    await withdraw(operator, wallet, { amount: 10_000n });
    expect(await approvalRoom(asked)).toEqual({ from: 4_990_000n, firstFrom: 1_000_000n });
  });

  it('is told of no amount where an admin asks for none', async () => {
    const [operator, wallet] = [await someOperator(), await rich()];
    const before = await payoutConditions();
    const none = { MXN: null, CLP: null };
    await changePayoutConditions(system('setup'), { amount: none, firstPayment: none });
    const asked = { walletId: wallet.id, requestedById: operator.id, asset: 'MXN' };
    expect(await approvalRoom(asked)).toEqual({ from: null, firstFrom: null });
    expect(await withdraw(operator, wallet, { amount: 50_000_000n })).toMatchObject({ status: 'queued' });
    await changePayoutConditions(system('setup'), before);
  });
});
