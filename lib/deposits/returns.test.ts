import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type OperatorActor, system } from '~/lib/actor';
import { db } from '~/lib/db';
import { returnDeposit } from '~/lib/deposits/deposits';
import { approveDepositRequest } from '~/lib/deposits/requests';
import { resumeReturns } from '~/lib/deposits/returns';
import { pollTransfers } from '~/lib/inbox/sync';
import { balanceOf, expectSoundBooks, moneyOf } from '~/lib/testing/books';
import { withTestDatabase } from '~/lib/testing/database';
import { drain } from '~/lib/testing/deliveries';
import { someOperator } from '~/lib/testing/factories';
import {
  depositInto,
  type ReadyWallet,
  readyWallet,
  returnByTwo,
  settleAll,
  withdraw,
} from '~/lib/testing/journeys';
import { eventually, withLocalFintoc } from '~/lib/testing/sandbox';
import { freezeWallet, unfreezeWallet } from '~/lib/wallets/status';

withTestDatabase();
const fintoc = withLocalFintoc();

/** The local Fintoc lets the return of exactly this amount fail. */
const RETURN_FAILS = 66_666;

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
const manual = () => fintoc.control('POST', '/settlement-mode', { mode: 'manual' });
const auto = () => fintoc.control('POST', '/settlement-mode', { mode: 'auto' });
const arrive = async () => {
  await fintoc.deliveriesDone();
  await drain();
};

describe('a deposit that an operator sends back', () => {
  it('is set aside while Fintoc works on it, and then gone', async () => {
    const { wallet, transferId } = await deposited(40_000);
    const cash = await balanceOf(`fintoc/${wallet.accountId}/cash`);
    await manual();
    await returnByTwo(operator, { transferId });
    expect(await transferRow(transferId)).toMatchObject({ state: 'return_pending', returnRequestedAt: null });
    expect(await moneyOf(wallet)).toEqual({ available: 0n, reserved: 40_000n });
    await auto();
    await arrive();
    expect(await transferRow(transferId)).toMatchObject({ state: 'returned' });
    expect(await moneyOf(wallet)).toEqual({ available: 0n, reserved: 0n });
    expect(await balanceOf(`fintoc/${wallet.accountId}/cash`)).toBe(cash - 40_000n);
  });

  it('comes back to the wallet when the return fails, and may be sent back again', async () => {
    const { wallet, transferId } = await deposited(RETURN_FAILS);
    for (const attempt of [1, 2]) {
      await returnByTwo(operator, { transferId });
      await arrive();
      expect(await transferRow(transferId)).toMatchObject({ state: 'succeeded', returnAttempts: attempt });
      expect(await moneyOf(wallet)).toEqual({ available: BigInt(RETURN_FAILS), reserved: 0n });
    }
  });

  it('comes back also when Fintoc’s answer is lost and the failure is all that we hear', async () => {
    const { wallet, transferId } = await deposited(RETURN_FAILS);
    await fintoc.control('POST', '/faults', {
      kind: 'reset',
      when: 'after_commit',
      path: '/v2/transfers/return',
    });
    const returning = returnByTwo(operator, { transferId });
    await expect(returning).rejects.toMatchObject({ code: 'fintoc_unavailable' });
    await arrive();
    expect(await transferRow(transferId)).toMatchObject({
      state: 'succeeded',
      returnRequestedAt: null,
      returnAttempts: 1,
    });
    expect(await resumeReturns()).toBe(0);
    expect(await moneyOf(wallet)).toEqual({ available: BigInt(RETURN_FAILS), reserved: 0n });
  });

  it('comes back also when the word of the failure is faster than Fintoc’s answer', async () => {
    const { wallet, transferId } = await deposited(RETURN_FAILS);
    const failures = `/events?type=transfer.inbound.return_failed&resource_id=${transferId}`;
    await fintoc.control('POST', '/faults', {
      kind: 'slow',
      when: 'after_commit',
      delay_ms: 2_500,
      path: '/v2/transfers/return',
    });
    const returning = returnByTwo(operator, { transferId });
    await eventually(async () => (await fintoc.control('GET', failures)).length > 0);
    await arrive();
    await returning;
    expect(await transferRow(transferId)).toMatchObject({ state: 'succeeded', returnRequestedAt: null });
    expect(await moneyOf(wallet)).toEqual({ available: BigInt(RETURN_FAILS), reserved: 0n });
  });

  it('comes back also when the word of the failure was lost: the poll sees it', async () => {
    const { wallet, transferId } = await deposited(RETURN_FAILS);
    await fintoc.control('POST', '/delivery-rules', { drop: true, count: 1 });
    await returnByTwo(operator, { transferId });
    await arrive();
    expect(await moneyOf(wallet)).toEqual({ available: 0n, reserved: BigInt(RETURN_FAILS) });
    await age(transferId);
    await pollTransfers();
    expect(await transferRow(transferId)).toMatchObject({ state: 'succeeded' });
    expect(await moneyOf(wallet)).toEqual({ available: BigInt(RETURN_FAILS), reserved: 0n });
  });

  it('keeps aside what leaves by a second return when the word of the first one’s failure comes late', async () => {
    const { wallet, transferId } = await deposited(RETURN_FAILS);
    await fintoc.control('POST', '/delivery-rules', { drop: true, count: 1 });
    await returnByTwo(operator, { transferId });
    await arrive();
    await age(transferId);
    await pollTransfers();
    await ageEvents(transferId);
    await manual();
    await returnByTwo(operator, { transferId });
    const failures = `/events?type=transfer.inbound.return_failed&resource_id=${transferId}`;
    const [late] = await fintoc.control('GET', failures);
    await fintoc.control('POST', `/events/${late.id}/redeliver`);
    await arrive();
    expect(await db().inboxEvent.findUnique({ where: { id: late.id } })).toMatchObject({
      state: 'processed',
    });
    expect(await transferRow(transferId)).toMatchObject({ state: 'return_pending', returnAttempts: 2 });
    expect(await moneyOf(wallet)).toEqual({ available: 0n, reserved: BigInt(RETURN_FAILS) });
    await auto();
    await arrive();
    expect(await transferRow(transferId)).toMatchObject({ state: 'succeeded', returnAttempts: 2 });
    expect(await moneyOf(wallet)).toEqual({ available: BigInt(RETURN_FAILS), reserved: 0n });
  });

  it('leaves a receivable for what was spent, and takes the rest', async () => {
    const own = await readyWallet({ pattern: 'B' });
    await depositInto(fintoc, own, 40_000);
    await depositInto(fintoc, own, 1);
    const first = await db().transfer.findFirstOrThrow({ where: { walletId: own.id, amount: 40_000n } });
    await withdraw(operator, own, { amount: 25_000n });
    await settleAll(fintoc);
    await fintoc.fund(own.accountId, 30_000);
    await arrive();
    await withdraw(operator, own, { amount: 30_000n });
    // 15,001 of the wallet's own are left; the whole 40,000 goes.
    await returnByTwo(operator, { transferId: first.id, acceptsLoss: 24_999n });
    await arrive();
    expect(await transferRow(first.id)).toMatchObject({ state: 'returned' });
    expect((await moneyOf(own)).available).toBe(0n);
    expect(await balanceOf(`receivable/${own.id}`)).toBe(24_999n);
    await settleAll(fintoc);
  });

  it('leaves a frozen wallet when two people let it', async () => {
    const { wallet, transferId } = await deposited(9_000);
    await freezeWallet(system('setup'), { walletId: wallet.id, reason: 'test' });
    await returnByTwo(operator, { transferId, acceptsNotOpen: true });
    await arrive();
    expect(await transferRow(transferId)).toMatchObject({ state: 'returned' });
    expect(await moneyOf(wallet)).toEqual({ available: 0n, reserved: 0n });
  });

  it('stays while its wallet is frozen after the decision, and goes when it is thawed', async () => {
    const { wallet, transferId } = await deposited(9_000);
    await fintoc.control('POST', '/faults', {
      kind: 'reset',
      when: 'before_commit',
      path: '/v2/transfers/return',
    });
    const returning = returnByTwo(operator, { transferId });
    await expect(returning).rejects.toMatchObject({ code: 'fintoc_unavailable' });
    await freezeWallet(system('setup'), { walletId: wallet.id, reason: 'test' });
    const later = { where: { id: transferId }, data: { returnRequestedAt: new Date(0) } };
    await db().transfer.update(later);
    await resumeReturns();
    expect(await fintoc.api('GET', `/v2/transfers/${transferId}`)).toMatchObject({ status: 'succeeded' });
    expect(await moneyOf(wallet)).toEqual({ available: 0n, reserved: 9_000n });
    await unfreezeWallet(system('setup'), { walletId: wallet.id, reason: 'test' });
    await resumeReturns();
    await arrive();
    expect(await transferRow(transferId)).toMatchObject({ state: 'returned', returnAttempts: 1 });
    expect(await moneyOf(wallet)).toEqual({ available: 0n, reserved: 0n });
  });

  it('is asked for once, although ten people click and the answer is lost', async () => {
    const { wallet, transferId } = await deposited(12_000);
    await manual();
    await fintoc.control('POST', '/faults', {
      kind: 'reset',
      when: 'after_commit',
      path: '/v2/transfers/return',
    });
    const clicks = Array.from({ length: 10 }, () =>
      returnDeposit(operator, { transferId, reason: 'Not ours' }),
    );
    const [asked] = (await Promise.allSettled(clicks)).flatMap((click) =>
      click.status === 'fulfilled' ? [click.value] : [],
    );
    const approvers = await Promise.all(Array.from({ length: 5 }, () => someOperator('approver')));
    await Promise.allSettled(
      approvers.map((each) => approveDepositRequest(each, { requestId: asked?.request?.id ?? '' })),
    );
    expect(
      await db().auditEntry.count({ where: { action: 'deposit.return_approved', subjectId: transferId } }),
    ).toBe(1);
    await db().transfer.updateMany({
      where: { id: transferId, returnRequestedAt: { not: null } },
      data: { returnRequestedAt: new Date(0) },
    });
    await resumeReturns();
    expect(await transferRow(transferId)).toMatchObject({ state: 'return_pending', returnAttempts: 1 });
    expect(await moneyOf(wallet)).toEqual({ available: 0n, reserved: 12_000n });
    await auto();
    await arrive();
    expect(await transferRow(transferId)).toMatchObject({ state: 'returned' });
  });

  it('is not older than 90 days', async () => {
    const { transferId } = await deposited(1_000);
    const transactedAt = new Date(Date.now() - 91 * 86_400_000);
    await db().transfer.update({ where: { id: transferId }, data: { transactedAt } });
    const returning = returnDeposit(operator, { transferId, reason: 'Late' });
    await expect(returning).rejects.toMatchObject({ code: 'return_over' });
  });
});

/** What Fintoc said so far of a transfer it said a while ago: its times are of whole seconds. */
async function ageEvents(transferId: string): Promise<void> {
  await fintoc.sql(
    `UPDATE sandbox.events SET body = (body::jsonb || jsonb_build_object(
       'created_at', to_char(now() - interval '5 minutes', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')))::text
     WHERE resource_id = $1`,
    [transferId],
  );
}

/** Makes a transfer old enough for the poll, which leaves the newest to their webhooks. */
async function age(id: string): Promise<void> {
  const [at, long] = ['5 minutes', '10 minutes'];
  await fintoc.sql(`UPDATE sandbox.transfers SET transaction_date = now() - $2::interval WHERE id = $1`, [
    id,
    at,
  ]);
  await fintoc.sql(`UPDATE transfers SET updated_at = now() - $2::interval WHERE id = $1`, [id, long]);
}
