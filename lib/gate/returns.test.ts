import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type OperatorActor, system } from '~/lib/actor';
import { db } from '~/lib/db';
import { heldReturns, resumeReturns, returnWaitsFor } from '~/lib/deposits/returns';
import { pollTransfers } from '~/lib/inbox/sync';
import { checkLedger } from '~/lib/proof/ledger-check';
import { releaseBreak } from '~/lib/proof/resolve';
import { resumePayouts, stopPayouts } from '~/lib/stops/stops';
import { approveWaiting } from '~/lib/testing/approvals';
import { withTestDatabase } from '~/lib/testing/database';
import { drain } from '~/lib/testing/deliveries';
import { someOperator } from '~/lib/testing/factories';
import {
  arrive,
  depositInto,
  proveAll,
  type ReadyWallet,
  readyWallet,
  returnByTwo,
  settleAll,
  withdraw,
} from '~/lib/testing/journeys';
import { breakAccount } from '~/lib/testing/proofs';
import { eventually, withLocalFintoc } from '~/lib/testing/sandbox';
import { tamper } from '~/lib/testing/tampering';
import { freezeWallet, unfreezeWallet } from '~/lib/wallets/status';
import { blockBeneficiary, unblockBeneficiary } from '~/lib/withdrawals/beneficiaries';

withTestDatabase();
const fintoc = withLocalFintoc();

let operator: OperatorActor;
let wallet: ReadyWallet;
let transferId: string;

beforeAll(async () => {
  operator = await someOperator('admin');
  await pollTransfers();
});

beforeEach(async () => {
  await fintoc.calm();
  [wallet, transferId] = await deposited();
});

async function deposited(): Promise<[ReadyWallet, string]> {
  const into = await readyWallet({ pattern: 'B' });
  await depositInto(fintoc, into, 40_000);
  const { id } = await db().transfer.findFirstOrThrow({ where: { walletId: into.id } });
  return [into, id];
}

const row = (id: string) => db().transfer.findUniqueOrThrow({ where: { id } });
const atFintoc = async (id: string) => (await fintoc.api('GET', `/v2/transfers/${id}`)).status;

async function expectHeld(id: string, reason: string): Promise<void> {
  expect(await returnWaitsFor(await row(id))).toBe(reason);
  expect(await row(id)).toMatchObject({ state: 'succeeded', returnRequestedAt: expect.any(Date) });
  expect(await atFintoc(id)).toBe('succeeded');
}

/** As the worker does some time later. */
async function resume(limit?: number): Promise<void> {
  await db().transfer.updateMany({
    where: { returnRequestedAt: { not: null } },
    data: { returnRequestedAt: new Date(0) },
  });
  await resumeReturns(limit);
}

async function expectSentBackOnce(id: string): Promise<void> {
  await proveAll();
  await resume();
  await fintoc.deliveriesDone();
  await drain();
  expect(await row(id)).toMatchObject({ state: 'returned', returnAttempts: 1 });
  expect(await returnWaitsFor(await row(id))).toBeNull();
}

describe('a deposit goes back through the gate, as a payout leaves', () => {
  it('not while a break of its account stands', async () => {
    // What the break takes at Fintoc is there besides.
    await depositInto(fintoc, wallet, 1_000);
    const breakId = await breakAccount(fintoc, wallet.accountId);
    await returnByTwo(operator, { transferId });
    await expectHeld(transferId, 'account_paused');
    const told = { reason: 'account_paused', asset: 'MXN', count: 1, amount: 40_000n, oldest: transferId };
    expect(await heldReturns()).toEqual([told]);
    for (const one of [operator, await someOperator('approver')])
      await releaseBreak(one, { breakId, reason: 'Known' });
    await expectSentBackOnce(transferId);
    expect(await heldReturns()).toEqual([]);
  });

  it('not behind a proof that is older than minutes: the account is looked at by the next free worker', async () => {
    const { accountId } = wallet;
    const old = { readAt: new Date(Date.now() - 10 * 60_000), nextAt: new Date(Date.now() + 3_600_000) };
    await db().proofState.update({ where: { accountId }, data: old });
    await returnByTwo(operator, { transferId });
    await expectHeld(transferId, 'proof_late');
    const { nextAt } = await db().proofState.findUniqueOrThrow({ where: { accountId } });
    expect(nextAt.getTime()).toBeLessThanOrEqual(Date.now());
    await expectSentBackOnce(transferId);
  });

  it('not with money that came since and that Fintoc’s movements don’t show, where its own was spent', async () => {
    await withdraw(operator, wallet, { amount: 40_000n });
    await settleAll(fintoc);
    await proveAll();
    await arrive(fintoc, wallet, 40_001);
    await returnByTwo(operator, { transferId });
    await expectHeld(transferId, 'credit_unconfirmed');
    await expectSentBackOnce(transferId);
  });

  it('not out of a wallet that was frozen while it waited for its turn', async () => {
    // Others have taken the next second's calls.
    await db().$executeRaw`
      INSERT INTO rate_slots (key, next_at) VALUES ('fintoc.calls', now() + interval '2 seconds')
      ON CONFLICT (key) DO UPDATE SET next_at = excluded.next_at`;
    const returning = returnByTwo(operator, { transferId });
    const purpose = `transfer:${transferId}:return:0`;
    await eventually(async () => (await db().fintocRequest.count({ where: { purpose, attempts: 1 } })) === 1);
    await freezeWallet(system('setup'), { walletId: wallet.id, reason: 'Checked' });
    await returning;
    await expectHeld(transferId, 'wallet_frozen');
    await unfreezeWallet(system('setup'), { walletId: wallet.id, reason: 'Checked' });
    await expectSentBackOnce(transferId);
  });

  it('not while payouts of its account are stopped', async () => {
    const told = { reason: 'El banco avisó de un fraude' };
    const { id: stopId } = await stopPayouts(operator, { ...told, accountId: wallet.accountId });
    await returnByTwo(operator, { transferId });
    await expectHeld(transferId, 'payouts_stopped');
    for (const one of [operator, await someOperator('approver')])
      await resumePayouts(one, { ...told, stopId });
    await expectSentBackOnce(transferId);
  });

  it('not to a CLABE that somebody blocked, until two people unblock it', async () => {
    const { counterpartyNumber: number } = await row(transferId);
    const told = { number: number ?? '', reason: 'Reportada por fraude' };
    const [one, another] = [await someOperator('approver'), await someOperator('approver')];
    await blockBeneficiary(one, told);
    await returnByTwo(operator, { transferId });
    await expectHeld(transferId, 'beneficiary_blocked');
    await unblockBeneficiary(one, told);
    await approveWaiting(another, { action: 'beneficiary.unblock', subjectId: told.number });
    await expectSentBackOnce(transferId);
  });

  it('and what is held there keeps no other from its turn', async () => {
    const [other, free] = await deposited();
    await freezeWallet(system('setup'), { walletId: other.id, reason: 'Checked' });
    await returnByTwo(operator, { transferId: free, acceptsNotOpen: true });
    await breakAccount(fintoc, wallet.accountId);
    await returnByTwo(operator, { transferId });
    await expectHeld(transferId, 'account_paused');
    // Two people let it leave the frozen wallet: it waits for nothing but its turn.
    expect((await heldReturns()).map(({ reason }) => reason)).toEqual(['account_paused']);
    await eventually(async () => {
      await resume(1);
      return (await atFintoc(free)) !== 'succeeded';
    });
  });
});

/** Last: the books are never sound again after it. */
describe('with a ledger that breaks its own promise', () => {
  it('nothing goes back', async () => {
    await tamper(
      `UPDATE ledger_accounts SET balance = balance + 500000 WHERE code = 'wallet/${wallet.id}/available'`,
    );
    await checkLedger();
    await returnByTwo(operator, { transferId });
    await expectHeld(transferId, 'ledger_red');
  });
});
