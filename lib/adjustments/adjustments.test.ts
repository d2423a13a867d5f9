import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import {
  approveAdjustment,
  cancelAdjustment,
  declineAdjustment,
  requestAdjustment,
} from '~/lib/adjustments/adjustments';
import type { NewAdjustment } from '~/lib/adjustments/checks';
import { getAdjustment } from '~/lib/adjustments/read';
import { db, transaction } from '~/lib/db';
import { listMovements } from '~/lib/movements/movements';
import { balanceOf, expectSoundBooks, moneyOf } from '~/lib/testing/books';
import { withTestDatabase } from '~/lib/testing/database';
import {
  fundHouse,
  fundWallet,
  type OpenWallet,
  someAccount,
  someOperator,
  someWallet,
} from '~/lib/testing/factories';
import { ANYBODY } from '~/lib/testing/reader';
import { houseWallets } from '~/lib/wallets/house';
import type { Wallet } from '~/prisma/generated/client';

withTestDatabase();

let operator: OperatorActor;
let approver: OperatorActor;
let other: OperatorActor;
let house: Wallet;
let ana: OpenWallet;
let beto: OpenWallet;

beforeAll(async () => {
  operator = await someOperator();
  approver = await someOperator('approver');
  other = await someOperator('approver');
  house = (await transaction((tx) => houseWallets(tx, 'MXN'))).operating;
  ana = await someWallet();
  beto = await someWallet();
});

afterEach(expectSoundBooks);

const ask = (input: Omit<NewAdjustment, 'reason' | 'requestId'> & Partial<NewAdjustment>, who = operator) =>
  requestAdjustment(who, { reason: 'Pagado dos veces', requestId: randomUUID(), ...input });
const approve = ({ id }: { id: string }, who = approver) => approveAdjustment(who, { adjustmentId: id });
const row = ({ id }: { id: string }) => db().adjustment.findUniqueOrThrow({ where: { id } });

/** The lines of one of its postings, as accountants write them. */
async function linesOf({ id }: { id: string }, step: string): Promise<string[]> {
  const found = await db().ledgerTransaction.findFirst({
    where: { causeKind: 'adjustment', causeId: id, step },
    include: { entries: { include: { account: true }, orderBy: { line: 'asc' } } },
  });
  return (found?.entries ?? []).map(
    ({ amount, account }) => `${amount > 0n ? 'Dr' : 'Cr'} ${account.code} ${amount > 0n ? amount : -amount}`,
  );
}

describe('an adjustment between two customers’ wallets', () => {
  it('sets the money aside while it waits, and moves it when a second person approves', async () => {
    await fundWallet(ana, 1_000n);
    const before = await moneyOf(beto);
    const asked = await ask({ fromWalletId: ana.id, toWalletId: beto.id, amount: 400n });
    expect(asked).toMatchObject({ status: 'awaiting_approval', asset: 'MXN', breakId: null });
    expect(await moneyOf(ana)).toEqual({ available: 600n, reserved: 400n });
    expect(await moneyOf(beto)).toEqual(before);
    await approve(asked);
    expect(await row(asked)).toMatchObject({ status: 'posted' });
    expect((await getAdjustment(ANYBODY, asked.id)).decided).toMatchObject({ operatorId: approver.id });
    expect(await moneyOf(ana)).toEqual({ available: 600n, reserved: 0n });
    expect(await moneyOf(beto)).toEqual({ ...before, available: before.available + 400n });
    expect(await linesOf(asked, 'hold')).toEqual([
      `Dr wallet/${ana.id}/available 400`,
      `Cr wallet/${ana.id}/reserved 400`,
    ]);
    expect(await linesOf(asked, 'posted')).toEqual([
      `Dr wallet/${ana.id}/reserved 400`,
      `Cr wallet/${beto.id}/available 400`,
    ]);
  });

  it('shows in both histories with the other side’s name, the reason and its state', async () => {
    const [from, to] = [await someWallet(), await someWallet()];
    await fundWallet(from, 500n);
    const asked = await ask({ fromWalletId: from.id, toWalletId: to.id, amount: 500n });
    await approve(asked);
    const facts = { kind: 'adjustment', adjustmentId: asked.id, status: 'posted' };
    const [given] = (await listMovements(ANYBODY, { walletId: from.id, kind: ['adjustment'] })).items;
    expect(given).toMatchObject({ ...facts, amount: -500n, counterpartyName: to.name, balanceAfter: 0n });
    expect(given?.comment).toBe('Pagado dos veces');
    const [received] = (await listMovements(ANYBODY, { text: asked.id, walletId: to.id })).items;
    expect(received).toMatchObject({ ...facts, amount: 500n, counterpartyName: from.name });
    expect(received?.comment).toBe('Pagado dos veces');
  });

  it.each([
    ['declined', (id: string) => declineAdjustment(approver, { adjustmentId: id, reason: 'No procede' })],
    ['cancelled', (id: string) => cancelAdjustment(operator, { adjustmentId: id, reason: 'Me equivoqué' })],
  ] as const)('gives the money back when it is %s, once', async (status, end) => {
    await fundWallet(ana, 300n);
    const before = await moneyOf(ana);
    const asked = await ask({ fromWalletId: ana.id, toWalletId: beto.id, amount: 300n });
    await end(asked.id);
    expect(await moneyOf(ana)).toEqual(before);
    expect(await row(asked)).toMatchObject({ status });
    expect(await linesOf(asked, 'release')).toEqual([
      `Dr wallet/${ana.id}/reserved 300`,
      `Cr wallet/${ana.id}/available 300`,
    ]);
    // Sent again by who decided it, because the answer was lost, it ends at what there is.
    expect(await end(asked.id)).toMatchObject({ id: asked.id, status });
    await expect(approve(asked)).rejects.toMatchObject({
      code: 'already_decided',
      details: { status, act: `adjustment.${status}`, by: expect.any(String), at: expect.any(String) },
    });
    expect(await linesOf(asked, 'posted')).toEqual([]);
  });
});

describe('the platform’s side', () => {
  it('a house wallet gives without a hold what it has', async () => {
    await fundHouse(700n);
    const lucky = await someWallet();
    const amount = await balanceOf('house/operating');
    const asked = await ask({ fromWalletId: house.id, toWalletId: lucky.id, amount });
    expect(await linesOf(asked, 'hold')).toEqual([]);
    await approve(asked);
    expect(await linesOf(asked, 'posted')).toEqual([
      `Dr house/operating ${amount}`,
      `Cr wallet/${lucky.id}/available ${amount}`,
    ]);
    expect(await balanceOf('house/operating')).toBe(0n);
    const [taken] = (await listMovements(ANYBODY, { walletId: lucky.id })).items;
    expect(taken, 'whoever reads names the house in their own language').toMatchObject({
      walletHouseRole: null,
      counterpartyHouseRole: 'operating',
    });
    const [given] = (await listMovements(ANYBODY, { walletId: house.id })).items;
    expect(given).toMatchObject({ walletHouseRole: 'operating', counterpartyHouseRole: null });
  });

  it('declining what the house would give moves nothing', async () => {
    await fundHouse(50n);
    const asked = await ask({ fromWalletId: house.id, toWalletId: ana.id, amount: 50n });
    await declineAdjustment(approver, { adjustmentId: asked.id, reason: 'No' });
    expect(await linesOf(asked, 'release')).toEqual([]);
  });

  it.each([
    ['in', 'Dr fintoc/$/cash 90', 'Cr house/operating 90'],
    ['out', 'Dr house/operating 90', 'Cr fintoc/$/cash 90'],
  ])('a correction of what Fintoc shows %s posts against the account’s cash', async (way, first, second) => {
    const { id: accountId } = await someAccount();
    const wallet = way === 'in' ? { toWalletId: house.id } : { fromWalletId: house.id };
    const asked = await ask({ ...wallet, accountId, amount: 90n });
    await approve(asked);
    expect(await linesOf(asked, 'posted')).toEqual(
      [first, second].map((line) => line.replace('$', accountId)),
    );
    expect(await balanceOf(`fintoc/${accountId}/cash`)).toBe(way === 'in' ? 90n : -90n);
  });

  it('a customer’s wallet is corrected against its own account only', async () => {
    await fundWallet(ana, 60n);
    const own = await ask({ fromWalletId: ana.id, accountId: ana.accountId, amount: 60n });
    await approve(own);
    expect(await linesOf(own, 'posted')).toEqual([
      `Dr wallet/${ana.id}/reserved 60`,
      `Cr fintoc/${ana.accountId}/cash 60`,
    ]);
    const foreign = ask({ toWalletId: ana.id, accountId: beto.accountId, amount: 60n });
    await expect(foreign).rejects.toMatchObject({ fields: { accountId: 'of_another_customer' } });
  });
});

describe('four eyes', () => {
  it('nobody decides on what they asked for, whatever their role', async () => {
    await fundWallet(ana, 10n);
    const asked = await ask({ fromWalletId: ana.id, toWalletId: beto.id, amount: 10n }, approver);
    await expect(approve(asked, approver)).rejects.toMatchObject({ code: 'own_request' });
    const declining = declineAdjustment(approver, { adjustmentId: asked.id, reason: 'No' });
    await expect(declining).rejects.toMatchObject({ code: 'own_request' });
    await expect(approve(asked, operator)).rejects.toMatchObject({ code: 'forbidden' });
    expect(await getAdjustment(ANYBODY, asked.id)).toMatchObject({
      status: 'awaiting_approval',
      decided: null,
    });
    await approve(asked, other);
  });

  it('a viewer, support and an auditor ask for nothing', async () => {
    for (const role of ['viewer', 'support', 'auditor'] as const) {
      const who = await someOperator(role);
      const asking = ask({ fromWalletId: house.id, toWalletId: beto.id, amount: 10n }, who);
      await expect(asking).rejects.toMatchObject({ code: 'forbidden' });
    }
  });
});

describe('done once', () => {
  it('a form that is sent ten times at once asks once', async () => {
    const from = await someWallet();
    await fundWallet(from, 1_000n);
    const request = { fromWalletId: from.id, toWalletId: beto.id, amount: 100n, requestId: randomUUID() };
    const answers = await Promise.all(Array.from({ length: 10 }, () => ask(request)));
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    expect(await moneyOf(from)).toEqual({ available: 900n, reserved: 100n });
  });

  it('of people who decide at the same moment one decides', async () => {
    const from = await someWallet();
    await fundWallet(from, 100n);
    const before = (await moneyOf(beto)).available;
    const asked = await ask({ fromWalletId: from.id, toWalletId: beto.id, amount: 100n });
    const decisions = await Promise.allSettled([
      approve(asked),
      approve(asked, other),
      declineAdjustment(other, { adjustmentId: asked.id, reason: 'No' }),
      cancelAdjustment(operator, { adjustmentId: asked.id, reason: 'No' }),
    ]);
    expect(decisions.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const { status } = await row(asked);
    const moved = status === 'posted' ? 100n : 0n;
    expect(await moneyOf(from)).toEqual({ available: 100n - moved, reserved: 0n });
    expect((await moneyOf(beto)).available).toBe(before + moved);
  });

  it('two wallets that give to each other at once neither deadlock nor lose anything', async () => {
    const [one, two] = [await someWallet(), await someWallet()];
    await fundWallet(one, 1_000n);
    await fundWallet(two, 1_000n);
    const asked = await Promise.all(
      Array.from({ length: 20 }, (_, nth) => {
        const [from, to] = nth % 2 ? [one, two] : [two, one];
        return ask({ fromWalletId: from.id, toWalletId: to.id, amount: 50n });
      }),
    );
    await Promise.all(asked.map((adjustment) => approve(adjustment)));
    expect([await moneyOf(one), await moneyOf(two)]).toEqual([
      { available: 1_000n, reserved: 0n },
      { available: 1_000n, reserved: 0n },
    ]);
  });
});

describe('whatever is asked and decided, in any order', () => {
  it('money is neither made nor lost, and what waits is exactly what is set aside', async () => {
    const wallets = [await someWallet(), await someWallet(), await someWallet()];
    for (const wallet of wallets) await fundWallet(wallet, 1_000n);
    const total = async () => {
      const all = await Promise.all(wallets.map(moneyOf));
      return all.reduce((sum, { available, reserved }) => sum + available + reserved, 0n);
    };
    const act = fc.record({
      from: fc.nat({ max: 2 }),
      by: fc.integer({ min: 1, max: 2 }),
      amount: fc.bigInt({ min: 1n, max: 800n }),
      end: fc.constantFrom('approve', 'decline', 'cancel', 'wait'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 6 }), async (acts) => {
        const before = await total();
        for (const { from, by, amount, end } of acts) {
          const [giver, taker] = [wallets[from], wallets[(from + by) % 3]];
          const asked = await ask({ fromWalletId: giver?.id, toWalletId: taker?.id, amount }).catch(
            () => null,
          );
          if (!asked || end === 'wait') continue;
          if (end === 'approve') await approve(asked);
          if (end === 'decline') await declineAdjustment(approver, { adjustmentId: asked.id, reason: 'No' });
          if (end === 'cancel') await cancelAdjustment(operator, { adjustmentId: asked.id, reason: 'No' });
        }
        expect(await total()).toBe(before);
        for (const wallet of wallets) {
          const waiting = await db().adjustment.aggregate({
            where: { fromWalletId: wallet.id, status: 'awaiting_approval' },
            _sum: { amount: true },
          });
          expect((await moneyOf(wallet)).reserved).toBe(waiting._sum.amount ?? 0n);
        }
      }),
      { numRuns: 12, endOnFailure: true },
    );
  });
});
