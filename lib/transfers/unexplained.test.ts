import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import { db } from '~/lib/db';
import { pollTransfers } from '~/lib/inbox/sync';
import { lastLedgerCheck } from '~/lib/proof/ledger-check';
import { lightOver, proofSummaries } from '~/lib/proof/read';
import { verifyBooks } from '~/lib/proof/verify';
import { balanceOf, expectSoundBooks, moneyOf } from '~/lib/testing/books';
import { cutBeforeItsEnd } from '~/lib/testing/cuts';
import { withTestDatabase } from '~/lib/testing/database';
import { drain } from '~/lib/testing/deliveries';
import { someClabe, someOperator } from '~/lib/testing/factories';
import {
  depositInto,
  expectCashEqualsFintoc,
  proveAll,
  type ReadyWallet,
  readyWallet,
  settleAll,
  withdraw,
  withdrawalRow,
} from '~/lib/testing/journeys';
import { timePasses } from '~/lib/testing/proofs';
import { withLocalFintoc } from '~/lib/testing/sandbox';
import { explainPayout } from '~/lib/transfers/unexplained';
import { cancelWithdrawal } from '~/lib/withdrawals/withdrawals';

withTestDatabase();
const fintoc = withLocalFintoc();

let admin: OperatorActor;
let approver: OperatorActor;
let wallet: ReadyWallet;

beforeAll(async () => {
  admin = await someOperator('admin');
  approver = await someOperator('approver');
  await pollTransfers();
  // The platform's own money, which covers what it says was its own.
  await fintoc.fund((await fintoc.rootAccount()).id, 10_000_000);
});

beforeEach(async () => {
  await fintoc.calm();
  wallet = await readyWallet({ pattern: 'B' });
  await depositInto(fintoc, wallet, 100_000);
});

/** A payout made in Fintoc's Dashboard from the wallet's own account, as its webhook tells of it. */
async function leaves(facts: object = {}): Promise<string> {
  const { id } = await fintoc.control('POST', '/dashboard-payouts', {
    account_id: wallet.accountId,
    amount: 60_000,
    counterparty: { account_number: someClabe('012') },
    settle: true,
    ...facts,
  });
  await fintoc.deliveriesDone();
  await drain();
  return id;
}

const breakOf = (transferId: string) =>
  db().proofBreak.findFirstOrThrow({ where: { transferId, kind: 'unexplained_payout' } });
const reasonOf = async (transferId: string) =>
  (await db().unexplainedPayout.findUnique({ where: { transferId } }))?.reason ?? null;
const explain = (actor: OperatorActor, transferId: string, facts: object = {}) =>
  explainPayout(actor, { transferId, kind: 'external', reason: 'Known to us', ...facts });

describe('money that leaves without a live withdrawal of ours', () => {
  it('is a break that pauses its account, turns the light red, and is never an expense by itself', async () => {
    const operating = await balanceOf('house/operating');
    const id = await leaves();
    expect(await breakOf(id)).toMatchObject({
      state: 'open',
      accountId: wallet.accountId,
      difference: -60_000n,
    });
    expect(await balanceOf('suspense/unexplained_payouts')).toBeGreaterThanOrEqual(60_000n);
    expect(await balanceOf('house/operating')).toBe(operating);
    await proveAll();
    expect(lightOver(await proofSummaries(), await lastLedgerCheck())).toBe('red');
    const { id: waiting } = await withdraw(admin, wallet);
    await settleAll(fintoc);
    expect(await withdrawalRow(waiting)).toMatchObject({
      status: 'queued',
      heldReason: 'unexplained_payout',
    });
    await explain(admin, id);
    await explain(approver, id);
    await settleAll(fintoc);
    expect(await withdrawalRow(waiting)).toMatchObject({ status: 'succeeded' });
  });

  it.each([
    ['no mark', () => ({}), 'no_mark'],
    ['a mark of no withdrawal here', () => ({ withdrawal_id: crypto.randomUUID() }), 'unknown_withdrawal'],
    ['a mark that is no id', () => ({ withdrawal_id: "x'; --" }), 'unknown_withdrawal'],
  ] as const)('%s', async (_what, metadata, reason) => {
    const id = await leaves({ metadata: metadata() });
    expect(await reasonOf(id)).toBe(reason);
  });

  it.each([
    ['another amount', async () => ({ amount: 10_001 }), 'amount'],
    [
      'another beneficiary',
      async () => ({ counterparty: { account_number: someClabe('021') } }),
      'beneficiary',
    ],
    ['another account', async () => ({ account_id: await otherAccount() }), 'account'],
  ])('the mark of a withdrawal that waits, with %s, is not its payment', async (_what, facts, reason) => {
    const withdrawal = await withdraw(admin, wallet);
    const id = await leaves({
      amount: 10_000,
      counterparty: { account_number: withdrawal.destination },
      metadata: { withdrawal_id: withdrawal.id, wallet_id: wallet.id },
      ...(await facts()),
    });
    expect(await reasonOf(id)).toBe(reason);
    expect(await withdrawalRow(withdrawal.id)).toMatchObject({ status: 'queued', transferId: null });
  });

  async function otherAccount(): Promise<string> {
    const other = await readyWallet({ pattern: 'B' });
    await depositInto(fintoc, other, 20_000);
    return other.accountId;
  }

  it('paid a second time, and paid under one that was called off, are told as that', async () => {
    const paid = await withdraw(admin, wallet);
    await settleAll(fintoc);
    const off = await withdraw(admin, wallet);
    await cancelWithdrawal(admin, { withdrawalId: off.id, reason: 'No longer needed' });
    const again = (each: typeof paid) =>
      leaves({
        amount: 10_000,
        counterparty: { account_number: each.destination },
        metadata: { withdrawal_id: each.id, wallet_id: wallet.id },
      });
    const [twice, ended] = [await again(paid), await again(off)];
    expect([await reasonOf(twice), await reasonOf(ended)]).toEqual(['paid_twice', 'ended']);
    expect(await db().unexplainedPayout.findUnique({ where: { transferId: twice } })).toMatchObject({
      withdrawalId: paid.id,
      walletId: wallet.id,
    });
    // Charged to who got it: what they lack they owe.
    const before = await moneyOf(wallet);
    for (const id of [twice, ended]) {
      await explain(admin, id, { kind: 'wallet', walletId: wallet.id });
      await explain(approver, id, { kind: 'wallet', walletId: wallet.id });
    }
    expect((await moneyOf(wallet)).available).toBe(before.available - 20_000n);
    expect(await breakOf(twice)).toMatchObject({ state: 'cured' });
  });

  it('is explained whole or not at all: cut off in the middle, the second word is as if never said', async () => {
    const id = await leaves();
    const before = await moneyOf(wallet);
    const charged = { kind: 'wallet', walletId: wallet.id };
    await explain(admin, id, charged);
    await cutBeforeItsEnd(() => explain(approver, id, charged));
    expect(await moneyOf(wallet)).toEqual(before);
    expect(await breakOf(id)).toMatchObject({ state: 'open' });
    await explain(approver, id, charged);
    expect((await moneyOf(wallet)).available).toBe(before.available - 60_000n);
    expect(await breakOf(id)).toMatchObject({ state: 'cured' });
  });

  it('the daily settlement counts as that only to the CLABE that Settings name', async () => {
    const { id } = (
      await fintoc.control('POST', '/daily-settlement', {
        account_id: wallet.accountId,
        clabe: someClabe('021'),
      })
    )[0];
    await fintoc.deliveriesDone();
    await drain();
    expect(await reasonOf(id)).toBe('settlement_elsewhere');
    expect(await balanceOf('house/settlement')).toBe(0n);
    await expect(explain(admin, id, { kind: 'settlement' })).rejects.toMatchObject({ code: 'invalid' });
  });

  it('what fails at Fintoc needs no explanation: its break is cured', async () => {
    await fintoc.control('POST', '/settlement-mode', { mode: 'manual' });
    const id = await leaves({ settle: false });
    // No event tells of a payout on its way: its movement does.
    await timePasses(fintoc);
    await proveAll();
    expect(await breakOf(id)).toMatchObject({ state: 'open' });
    await expect(explain(admin, id)).rejects.toMatchObject({ code: 'payout_not_final' });
    await fintoc.control('POST', `/transfers/${id}/fail`, {});
    await fintoc.deliveriesDone();
    await drain();
    await proveAll();
    expect(await breakOf(id)).toMatchObject({ state: 'cured' });
    await expectCashEqualsFintoc(fintoc);
  });

  it('and comes back after it was explained goes back to where it was taken from', async () => {
    const id = await leaves();
    const before = await moneyOf(wallet);
    await explain(admin, id, { kind: 'wallet', walletId: wallet.id });
    await explain(approver, id, { kind: 'wallet', walletId: wallet.id });
    expect((await moneyOf(wallet)).available).toBe(before.available - 60_000n);
    await fintoc.control('POST', `/transfers/${id}/reverse`, {});
    await fintoc.deliveriesDone();
    await drain();
    expect((await moneyOf(wallet)).available).toBe(before.available);
    await expectSoundBooks();
  });
});

describe('an explanation', () => {
  it('takes two different people who say the same', async () => {
    const id = await leaves();
    await explain(admin, id);
    expect(await explain(admin, id)).toEqual({ explained: false });
    expect(await explain(approver, id, { kind: 'verification' })).toEqual({ explained: false });
    expect(await breakOf(id)).toMatchObject({ state: 'open' });
    expect(await explain(approver, id)).toEqual({ explained: true });
    expect(await explain(approver, id), 'said again by who said it').toEqual({ explained: true });
    const told = {
      code: 'already_decided',
      details: { act: 'payout.explained', by: approver.name, at: expect.any(String) },
    };
    await expect(explain(await someOperator('admin'), id)).rejects.toMatchObject(told);
    await expect(explain(approver, id, { kind: 'verification' })).rejects.toMatchObject(told);
    expect(await db().transfer.findUnique({ where: { id } })).toMatchObject({ purpose: 'external' });
  });

  it('by two people at once moves the money once', async () => {
    const before = await balanceOf('house/operating');
    const id = await leaves();
    await Promise.all([explain(admin, id), explain(approver, id)]);
    expect(await balanceOf('house/operating')).toBe(before - 60_000n);
    expect(await db().ledgerTransaction.count({ where: { transferId: id, kind: 'payout_explained' } })).toBe(
      1,
    );
  });

  it('is not an operator’s', async () => {
    const id = await leaves();
    await expect(explain(await someOperator('operator'), id)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(explain(admin, id, { reason: ' ' })).rejects.toMatchObject({ code: 'invalid' });
    await expect(explain(admin, id, { kind: 'wallet' })).rejects.toMatchObject({ code: 'invalid' });
  });
});

describe('money counts only in accounts that are ours, in their asset', () => {
  const cover = () => db().ledgerTransaction.count();

  it('an event of an account that does not exist is kept and posts nothing', async () => {
    const before = await cover();
    const { id } = await fintoc.control('POST', '/events', {
      type: 'transfer.inbound.succeeded',
      direction: 'inbound',
      data: { amount: 5_000_000 },
    });
    await fintoc.deliveriesDone();
    await drain();
    expect(await db().inboxEvent.findUnique({ where: { id } })).toMatchObject({
      state: 'dead',
      lastError: expect.stringContaining('no account'),
    });
    expect(await cover()).toBe(before);
  });

  it('dollars that come to an account of pesos neither', async () => {
    const before = await cover();
    const { id } = await fintoc.control('POST', '/events', {
      type: 'transfer.inbound.succeeded',
      account_number_id: wallet.accountNumberId,
      data: { amount: 5_000_000, currency: 'CLP' },
    });
    await fintoc.deliveriesDone();
    await drain();
    expect(await db().inboxEvent.findUnique({ where: { id } })).toMatchObject({
      state: 'dead',
      lastError: expect.stringContaining('of MXN'),
    });
    expect(await cover()).toBe(before);
  });

  it('an account made in the Dashboard since the last sync is asked for, and then taken in', async () => {
    const entity = (await fintoc.rootAccount()).entity.id;
    const account = await fintoc.api('POST', '/v2/accounts', { entity_id: entity, description: 'New' });
    await fintoc.fund(account.id, 12_300);
    await fintoc.deliveriesDone();
    await drain();
    expect(await balanceOf(`fintoc/${account.id}/cash`)).toBe(12_300n);
  });
});

it('the books are right by every rule after all that', async () => {
  const found = (await verifyBooks((query) => db().$queryRaw<unknown[]>(query))).filter(
    ({ rule }) => rule !== 'no break with Fintoc stands' && rule !== 'what is owed is covered',
  );
  expect(found).toEqual([]);
});
