import { randomUUID } from 'node:crypto';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type OperatorActor, SYSTEM } from '~/lib/actor';
import { blockBeneficiary, unblockBeneficiary } from '~/lib/beneficiaries';
import { db } from '~/lib/db';
import { heldWithdrawals, openGate } from '~/lib/gate/gate';
import { checkLedger } from '~/lib/proof/ledger-check';
import { releaseBreak } from '~/lib/proof/resolve';
import { pollTransfers } from '~/lib/sync';
import { withTestDatabase } from '~/lib/testing/database';
import { drain } from '~/lib/testing/deliveries';
import { someOperator } from '~/lib/testing/factories';
import {
  depositInto,
  proveAll,
  type ReadyWallet,
  readyWallet,
  settleAll,
  skipPauses,
  withdraw,
  withdrawalRow,
} from '~/lib/testing/journeys';
import { breakAccount, timePasses } from '~/lib/testing/proofs';
import { withLocalFintoc } from '~/lib/testing/sandbox';
import { tamper } from '~/lib/testing/tampering';
import { submitWithdrawals } from '~/lib/transfers/submission';
import { cancelWithdrawal } from '~/lib/transfers/withdrawals';
import { freezeWallet, unfreezeWallet } from '~/lib/wallets';

withTestDatabase();
const fintoc = withLocalFintoc();

let operator: OperatorActor;
let wallet: ReadyWallet;

beforeAll(async () => {
  operator = await someOperator('admin');
  await pollTransfers();
});

/** Each reason on an account of its own, so that none hides another. */
beforeEach(async () => {
  await fintoc.calm();
  wallet = await readyWallet({ pattern: 'B' });
  await depositInto(fintoc, wallet, 100_000);
});

const payoutsOf = async (id: string) =>
  (await fintoc.payouts()).filter(({ metadata }) => metadata.withdrawal_id === id);

/** Held, with nothing sent, under the key that it had. */
async function expectHeld(id: string, heldReason: string): Promise<void> {
  await submitWithdrawals();
  expect(await withdrawalRow(id)).toMatchObject({
    status: 'queued',
    heldReason,
    submittedAt: null,
    submitRound: 0,
    leaseUntil: null,
  });
  expect(await payoutsOf(id)).toEqual([]);
}

async function expectPaidOnce(id: string): Promise<void> {
  await openGate();
  await settleAll(fintoc);
  expect(await payoutsOf(id)).toHaveLength(1);
  expect(await withdrawalRow(id)).toMatchObject({ status: 'succeeded', submitRound: 0, heldReason: null });
}

describe('what keeps a payout back, and lets it go once it is over', () => {
  it('a frozen wallet', async () => {
    const { id } = await withdraw(operator, wallet);
    await freezeWallet(SYSTEM, { walletId: wallet.id, reason: 'Checked' });
    await expectHeld(id, 'wallet_frozen');
    await unfreezeWallet(SYSTEM, { walletId: wallet.id, reason: 'Checked' });
    await expectPaidOnce(id);
  });

  it('a blocked beneficiary', async () => {
    const { id, beneficiaryNumber } = await withdraw(operator, wallet);
    await blockBeneficiary(operator, { number: beneficiaryNumber, reason: 'Reported as fraud' });
    await expectHeld(id, 'beneficiary_blocked');
    await unblockBeneficiary(operator, { number: beneficiaryNumber, reason: 'Cleared by the bank' });
    await expectPaidOnce(id);
  });

  it('a break of its account, until two people release it', async () => {
    const { id } = await withdraw(operator, wallet);
    const breakId = await breakAccount(fintoc, wallet.accountId);
    await expectHeld(id, 'account_paused');
    await releaseBreak(operator, { breakId, reason: 'Known' });
    await openGate();
    await expectHeld(id, 'account_paused');
    await releaseBreak(await someOperator('approver'), { breakId, reason: 'Known' });
    await expectPaidOnce(id);
  });

  it('a proof that is older than minutes: the account is looked at by the next free worker', async () => {
    const { id } = await withdraw(operator, wallet);
    const old = new Date(Date.now() - 10 * 60_000);
    const nextAt = new Date(Date.now() + 3_600_000);
    await db().proofState.update({ where: { accountId: wallet.accountId }, data: { readAt: old, nextAt } });
    await expectHeld(id, 'proof_late');
    const state = await db().proofState.findUniqueOrThrow({ where: { accountId: wallet.accountId } });
    expect(state.nextAt.getTime()).toBeLessThanOrEqual(Date.now());
    await expectPaidOnce(id);
  });

  it('an account that can’t be proven', async () => {
    const { id } = await withdraw(operator, wallet);
    await fintoc.control('POST', '/faults', {
      kind: 'refusal',
      method: 'GET',
      path: `/v2/accounts/${wallet.accountId}/movements`,
      status: 403,
      count: 1,
    });
    await proveAll();
    await expectHeld(id, 'proof_late');
    await expectPaidOnce(id);
  });

  it('a ledger at which nobody looked for minutes', async () => {
    const { id } = await withdraw(operator, wallet);
    const row = await db().setting.findUniqueOrThrow({ where: { key: 'ledgerChecked' } });
    const at = new Date(Date.now() - 10 * 60_000).toISOString();
    await db().setting.update({
      where: { key: 'ledgerChecked' },
      data: { value: { ...(row.value as object), at } },
    });
    await expectHeld(id, 'ledger_late');
    await expectPaidOnce(id);
  });

  it('what is owed and not covered', async () => {
    const { id } = await withdraw(operator, wallet);
    // Nobody proves the account any more: its money covers nobody.
    const at = new Date(Date.now() - 60 * 60_000);
    await db().account.updateMany({ data: { createdAt: at } });
    await db().proofState.updateMany({ data: { provenAt: null } });
    await db().proofBreak.create({
      data: {
        accountId: wallet.accountId,
        asset: 'MXN',
        kind: 'order',
        state: 'released',
        subject: 'test',
        expected: 1n,
        actual: 0n,
        difference: 1n,
        cure: 'wait',
        at,
      },
    });
    await checkLedger();
    await expectHeld(id, 'not_covered');
    await db().proofBreak.deleteMany({ where: { subject: 'test' } });
    await db().account.updateMany({ data: { createdAt: new Date() } });
    await expectPaidOnce(id);
  });
});

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
    await expectHeld(id, 'credit_unconfirmed');
    // What was there before may go meanwhile, and counts against it.
    await expectPaidOnce(id);
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
    await expectHeld(id, 'credit_unconfirmed');
    const { id: own } = await withdraw(operator, wallet, { amount: 90_000n });
    await submitWithdrawals();
    await fintoc.deliveriesDone();
    await drain();
    expect(await payoutsOf(own)).toHaveLength(1);
    await proveAll();
    await submitWithdrawals();
    expect(await payoutsOf(id)).toEqual([]);
    await timePasses(fintoc);
    await proveAll();
    await expectHeld(id, 'account_paused');
    expect(
      await db().proofBreak.findFirst({ where: { accountId: wallet.accountId, state: 'open' } }),
    ).toMatchObject({
      kind: 'missing_there',
      actual: 900_000n,
    });
  });
});

describe('the gate is asked at the moment of sending', () => {
  it('what was claimed and waits its turn is kept back when its wallet is frozen meanwhile', async () => {
    const { id } = await withdraw(operator, wallet);
    // Others have taken the next second's calls.
    await db().$executeRaw`
      INSERT INTO rate_slots (key, next_at) VALUES ('fintoc.calls', now() + interval '2 seconds')
      ON CONFLICT (key) DO UPDATE SET next_at = excluded.next_at`;
    const sending = submitWithdrawals();
    while ((await withdrawalRow(id)).status !== 'submitting')
      await new Promise((resolve) => setTimeout(resolve, 5));
    await freezeWallet(SYSTEM, { walletId: wallet.id, reason: 'Checked' });
    await sending;
    expect(await withdrawalRow(id)).toMatchObject({ status: 'queued', heldReason: 'wallet_frozen' });
    expect(await payoutsOf(id)).toEqual([]);
  });

  it('a request that is sent again too: it stays where it is, and can’t be called off', async () => {
    const { id } = await withdraw(operator, wallet);
    await fintoc.control('POST', '/faults', {
      kind: 'reset',
      method: 'POST',
      path: '/v2/transfers',
      when: 'before_commit',
    });
    await submitWithdrawals();
    await freezeWallet(SYSTEM, { walletId: wallet.id, reason: 'Checked' });
    await skipPauses();
    await submitWithdrawals();
    expect(await withdrawalRow(id)).toMatchObject({
      status: 'submitting',
      heldReason: 'wallet_frozen',
      submittedAt: expect.any(Date),
    });
    await expect(cancelWithdrawal(operator, { withdrawalId: id, reason: 'x' })).rejects.toMatchObject({
      code: 'already_decided',
    });
    expect(await payoutsOf(id)).toEqual([]);
    await unfreezeWallet(SYSTEM, { walletId: wallet.id, reason: 'Checked' });
    await skipPauses();
    await expectPaidOnce(id);
  });

  it('what waits is told by reason, and what is held never starves the others', async () => {
    await freezeWallet(SYSTEM, { walletId: wallet.id, reason: 'Checked' }).catch(() => undefined);
    await unfreezeWallet(SYSTEM, { walletId: wallet.id, reason: 'Checked' });
    const held: string[] = [];
    for (let nth = 0; nth < 15; nth += 1)
      held.push((await withdraw(operator, wallet, { amount: 1_000n })).id);
    await freezeWallet(SYSTEM, { walletId: wallet.id, reason: 'Checked' });
    const free = await readyWallet({ pattern: 'B' });
    await depositInto(fintoc, free, 10_000);
    const { id } = await withdraw(operator, free, { amount: 5_000n, requestId: randomUUID() });
    while ((await submitWithdrawals()) > 0);
    expect(await payoutsOf(id)).toHaveLength(1);
    const told = (await heldWithdrawals()).find(({ reason }) => reason === 'wallet_frozen');
    expect(told?.count).toBeGreaterThanOrEqual(15);
    expect(told?.amount).toBeGreaterThanOrEqual(15_000n);
    for (const each of held) expect(await payoutsOf(each)).toEqual([]);
  });
});

describe('what was queued before these books were started again', () => {
  it('is searched for before its first request: a restored backup pays nobody again', async () => {
    const { id } = await withdraw(operator, wallet);
    await settleAll(fintoc);
    expect(await payoutsOf(id)).toHaveLength(1);
    // As a backup of an hour ago has it: queued, held, and nothing known of what Fintoc did since.
    await tamper(
      `DELETE FROM ledger_entries WHERE transaction_id IN (SELECT id FROM ledger_transactions WHERE transfer_id = (SELECT transfer_id FROM withdrawals WHERE id = '${id}'))`,
    );
    await tamper(
      `DELETE FROM ledger_transactions WHERE transfer_id = (SELECT transfer_id FROM withdrawals WHERE id = '${id}')`,
    );
    const { transferId } = await withdrawalRow(id);
    await tamper(`UPDATE ledger_accounts a SET
        balance = coalesce((SELECT e.balance_after FROM ledger_entries e WHERE e.account_id = a.id ORDER BY e.sequence DESC LIMIT 1), 0),
        sequence = coalesce((SELECT max(e.sequence) FROM ledger_entries e WHERE e.account_id = a.id), 0)`);
    await tamper(`UPDATE withdrawals SET status = 'queued', transfer_id = NULL, submitted_at = NULL, sent_at = NULL,
      submit_attempts = 0, created_at = created_at - interval '1 day' WHERE id = '${id}'`);
    await tamper(`DELETE FROM proof_movements WHERE resource_id = '${transferId}'`);
    await tamper(`DELETE FROM transfers WHERE id = '${transferId}'`);
    await submitWithdrawals();
    await fintoc.deliveriesDone();
    await drain();
    expect(await payoutsOf(id)).toHaveLength(1);
    expect(await withdrawalRow(id)).toMatchObject({ status: 'succeeded', transferId });
  });

  it('goes out after the search when nothing stands there', async () => {
    const { id } = await withdraw(operator, wallet);
    await tamper(`UPDATE withdrawals SET created_at = created_at - interval '1 day' WHERE id = '${id}'`);
    await submitWithdrawals();
    expect(await withdrawalRow(id)).toMatchObject({
      searchedAt: expect.any(Date),
      searchedCount: expect.any(Number),
    });
    await expectPaidOnce(id);
  });

  it('is back in the queue, to be called off, when the search finds no Fintoc', async () => {
    const { id } = await withdraw(operator, wallet);
    await tamper(`UPDATE withdrawals SET created_at = created_at - interval '1 day' WHERE id = '${id}'`);
    await fintoc.control('POST', '/faults', { kind: 'reset', method: 'GET', path: '/v2/transfers' });
    await submitWithdrawals();
    expect(await withdrawalRow(id)).toMatchObject({
      status: 'queued',
      submittedAt: null,
      failureCode: 'connection',
    });
    expect(await payoutsOf(id)).toEqual([]);
    await skipPauses();
    await expectPaidOnce(id);
  });
});

/** Last: the books are never sound again after it. */
describe('money that was invented', () => {
  it('is not paid out: the ledger breaks its own promise', async () => {
    await tamper(
      `UPDATE ledger_accounts SET balance = balance + 500000 WHERE code = 'wallet/${wallet.id}/available'`,
    );
    const { id } = await withdraw(operator, wallet, { amount: 400_000n });
    await checkLedger();
    await expectHeld(id, 'ledger_red');
  });
});

afterEach(async () => {
  // None is left that the next test's worker would send.
  await db().withdrawal.updateMany({
    where: { status: 'queued' },
    data: { heldReason: 'wallet_frozen', nextAttemptAt: new Date(Date.now() + 86_400_000) },
  });
});
