import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import { db } from '~/lib/db';
import { returnDeposit } from '~/lib/deposits/deposits';
import { resumeReturns } from '~/lib/deposits/returns';
import { post } from '~/lib/rails/fintoc/gateway';
import { expectSoundBooks, moneyOf } from '~/lib/testing/books';
import { withTestDatabase } from '~/lib/testing/database';
import { drain } from '~/lib/testing/deliveries';
import { someOperator } from '~/lib/testing/factories';
import { assignByTwo, depositInto, type ReadyWallet, readyWallet, returnByTwo } from '~/lib/testing/journeys';
import { withLocalFintoc } from '~/lib/testing/sandbox';

withTestDatabase();
const fintoc = withLocalFintoc();

let operator: OperatorActor;

beforeAll(async () => {
  operator = await someOperator();
});

beforeEach(async () => {
  await fintoc.calm();
  const { id } = await fintoc.rootAccount();
  // The shared account always has more than one deposit in it.
  await fintoc.fund(id, 1_000_000);
  await fintoc.deliveriesDone();
  await drain();
});

afterEach(expectSoundBooks);

async function deposited(amount: number): Promise<{ wallet: ReadyWallet; transferId: string }> {
  const wallet = await readyWallet();
  await depositInto(fintoc, wallet, amount);
  const { id } = await db().transfer.findFirstOrThrow({ where: { walletId: wallet.id } });
  return { wallet, transferId: id };
}

const transferRow = (id: string) => db().transfer.findUniqueOrThrow({ where: { id } });
const arrive = async () => {
  await fintoc.deliveriesDone();
  await drain();
};

describe('a return that Fintoc refuses', () => {
  it('is the customer’s again when Fintoc refuses it', async () => {
    const { wallet, transferId } = await deposited(5_000);
    await fintoc.control('POST', '/daily-settlement');
    await arrive();
    await expect(returnByTwo(operator, { transferId })).rejects.toMatchObject({ code: 'fintoc_refused' });
    expect(await transferRow(transferId)).toMatchObject({ returnRequestedAt: null, returnReserved: 0n });
    expect(await moneyOf(wallet)).toEqual({ available: 5_000n, reserved: 0n });
  });

  it('behind a request without an answer stays set aside, until nothing came of that for long', async () => {
    const { wallet, transferId } = await deposited(8_000);
    await askedWithoutAnswer(transferId);
    await refused();
    await resume(transferId);
    const { returnSentAt: first } = await transferRow(transferId);
    await resume(transferId);
    // Refused again and again, the unanswered one grows old all the same.
    expect(await transferRow(transferId)).toMatchObject({
      state: 'succeeded',
      returnRequestedAt: expect.any(Date),
      returnReserved: 8_000n,
      returnSentAt: first,
    });
    expect(await moneyOf(wallet)).toEqual({ available: 0n, reserved: 8_000n });
    const longAgo = new Date(Date.now() - 16 * 60_000);
    await db().transfer.update({ where: { id: transferId }, data: { returnSentAt: longAgo } });
    await resume(transferId);
    expect(await transferRow(transferId)).toMatchObject({ returnRequestedAt: null, returnReserved: 0n });
    expect(await moneyOf(wallet)).toEqual({ available: 8_000n, reserved: 0n });
  });

  it('behind a request that arrives after all is gone once, and nobody spent it meanwhile', async () => {
    const { wallet, transferId } = await deposited(8_000);
    await askedWithoutAnswer(transferId);
    await refused();
    await resume(transferId);
    await fintoc.calm();
    const late = { path: '/v2/transfers/return', body: { transfer_id: transferId } };
    await post({ ...late, idempotencyKey: 'arrives after all' });
    await arrive();
    expect(await transferRow(transferId)).toMatchObject({ state: 'returned', returnReserved: 0n });
    expect(await moneyOf(wallet)).toEqual({ available: 0n, reserved: 0n });
  });

  it('stays as it was, is not sent back later behind our back, and can be assigned', async () => {
    const { wallet } = await deposited(5_000);
    const nobodys = await fintoc.api('POST', '/v2/account_numbers', { account_id: wallet.accountId });
    await depositInto(fintoc, { ...wallet, accountNumberId: nobodys.id }, 7_000);
    const lost = await db().transfer.findFirstOrThrow({
      where: { suspenseReason: 'unknown_number', amount: 7_000n },
    });
    await fintoc.control('POST', '/daily-settlement');
    await arrive();
    const returning = returnDeposit(operator, { transferId: lost.id, reason: 'Not ours' });
    await expect(returning).rejects.toMatchObject({
      code: 'fintoc_refused',
      details: { code: 'insufficient_balance' },
    });
    expect(await transferRow(lost.id)).toMatchObject({ state: 'succeeded', returnRequestedAt: null });
    expect(await resumeReturns()).toBe(0);
    await assignByTwo(operator, { transferId: lost.id, walletId: wallet.id, reason: 'Found' });
    expect((await moneyOf(wallet)).available).toBe(12_000n);
  });
});

async function askedWithoutAnswer(transferId: string): Promise<void> {
  await fintoc.control('POST', '/faults', {
    kind: 'reset',
    when: 'before_commit',
    path: '/v2/transfers/return',
  });
  await expect(returnByTwo(operator, { transferId })).rejects.toMatchObject({ code: 'fintoc_unavailable' });
}

const refused = () =>
  fintoc.control('POST', '/faults', {
    kind: 'refusal',
    method: 'POST',
    path: '/v2/transfers/return',
    status: 409,
    code: 'insufficient_balance',
    count: 10,
  });

/** As the worker does, however often it failed before. */
async function resume(id: string): Promise<void> {
  await db().transfer.update({ where: { id }, data: { returnRequestedAt: new Date(0) } });
  await db().queueItem.deleteMany({ where: { queue: 'returns' } });
  await resumeReturns();
}
