import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import { approveAdjustment, cancelAdjustment, declineAdjustment } from '~/lib/adjustments/adjustments';
import { db } from '~/lib/db';
import { leftOf } from '~/lib/holds/draws';
import { captureHold, expireHolds, type NewHold, placeHold, releaseHold } from '~/lib/holds/holds';
import { getHold, listHolds } from '~/lib/holds/read';
import { listMovements } from '~/lib/movements/movements';
import { expectSoundBooks, moneyOf } from '~/lib/testing/books';
import { withTestDatabase } from '~/lib/testing/database';
import { fundWallet, type OpenWallet, someOperator, someTerms, someWallet } from '~/lib/testing/factories';
import { ANYBODY } from '~/lib/testing/reader';
import { tamper } from '~/lib/testing/tampering';
import { expectSoundUsage } from '~/lib/testing/usage';
import { closeWallet, freezeWallet } from '~/lib/wallets/status';
import type { Hold } from '~/prisma/generated/client';

withTestDatabase();

let operator: OperatorActor;
let approver: OperatorActor;
let other: OpenWallet;

beforeAll(async () => {
  operator = await someOperator();
  approver = await someOperator('approver');
  other = await someWallet();
});

afterEach(expectSoundBooks);

const HOUR = 3_600_000;

async function funded(amount: bigint) {
  const wallet = await someWallet();
  await fundWallet(wallet, amount);
  return wallet;
}

const place = (wallet: OpenWallet, amount: bigint, more: Partial<NewHold> = {}) =>
  placeHold(operator, {
    walletId: wallet.id,
    ...{ asset: 'MXN', amount, reason: 'Orden de un juez', requestId: randomUUID() },
    expiresAt: new Date(Date.now() + HOUR),
    ...more,
  });
const free = (hold: Hold, amount?: bigint) =>
  releaseHold(operator, { holdId: hold.id, amount, reason: 'Ya se aclaró', requestId: randomUUID() });
const capture = (hold: Hold, amount: bigint, toWalletId = other.id) =>
  captureHold(operator, {
    holdId: hold.id,
    toWalletId,
    amount,
    reason: 'Se entrega',
    requestId: randomUUID(),
  });
const approve = ({ id }: { id: string }) => approveAdjustment(approver, { adjustmentId: id });
const row = ({ id }: { id: string }) => db().hold.findUniqueOrThrow({ where: { id } });
/** Its time is over, as if it had been placed a day ago. */
const overdue = (...holds: { id: string }[]) =>
  tamper(
    `UPDATE holds SET created_at = now() - interval '1 day', expires_at = now() - interval '1 minute'
     WHERE id = ANY (ARRAY[${holds.map(({ id }) => `'${id}'::uuid`).join(', ')}])`,
  );

it('sets money aside, gives a part back, and says who did what and why', async () => {
  const wallet = await funded(1_000n);
  const hold = await place(wallet, 600n);
  expect(await moneyOf(wallet)).toEqual({ available: 400n, reserved: 600n });
  await free(hold, 150n);
  expect(await moneyOf(wallet)).toEqual({ available: 550n, reserved: 450n });
  expect(await getHold(ANYBODY, hold.id)).toMatchObject({
    ...{ state: 'active', left: 450n, reason: 'Orden de un juez', placedByName: operator.name },
    acts: [
      { kind: 'placed', amount: 600n, actorName: operator.name, reason: 'Orden de un juez' },
      { kind: 'released', amount: 150n, actorName: operator.name, reason: 'Ya se aclaró' },
    ],
  });
  expect(await free(hold)).toMatchObject({ state: 'released', endedAt: expect.any(Date) });
  expect(await moneyOf(wallet)).toEqual({ available: 1_000n, reserved: 0n });
  await expect(free(hold)).rejects.toMatchObject({ code: 'hold_less', details: { limit: '0' } });
  const { items } = await listMovements(ANYBODY, { walletId: wallet.id });
  expect(items.map(({ kind, amount, holdId }) => [kind, amount, holdId]).slice(0, 3)).toEqual([
    ['hold_release', 450n, hold.id],
    ['hold_release', 150n, hold.id],
    ['hold', -600n, hold.id],
  ]);
});

it('never takes more than is available, of two at once neither', async () => {
  const wallet = await funded(1_000n);
  const placed = await Promise.allSettled(Array.from({ length: 6 }, () => place(wallet, 400n)));
  expect(placed.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
  for (const each of placed.filter(({ status }) => status === 'rejected'))
    expect(each).toMatchObject({ reason: { code: 'insufficient_funds' } });
  expect(await moneyOf(wallet)).toEqual({ available: 200n, reserved: 800n });
});

it('a capture goes to another wallet when a second person approves, and back to the hold when they don’t', async () => {
  const [wallet, to] = [await funded(1_000n), await someWallet()];
  const hold = await place(wallet, 600n);
  const first = await capture(hold, 250n, to.id);
  expect(await row(hold)).toMatchObject({ askedAmount: 250n, capturedAmount: 0n });
  await expect(approveAdjustment(operator, { adjustmentId: first.id })).rejects.toMatchObject({
    code: 'forbidden',
  });
  await approve(first);
  expect(await row(hold)).toMatchObject({ askedAmount: 0n, capturedAmount: 250n, state: 'active' });
  expect(await moneyOf(wallet)).toEqual({ available: 400n, reserved: 350n });
  expect(await moneyOf(to)).toEqual({ available: 250n, reserved: 0n });

  const second = await capture(hold, 350n, to.id);
  await declineAdjustment(approver, { adjustmentId: second.id, reason: 'No procede' });
  const third = await capture(hold, 350n, to.id);
  await cancelAdjustment(operator, { adjustmentId: third.id, reason: 'Me equivoqué' });
  expect(await moneyOf(wallet)).toEqual({ available: 400n, reserved: 350n });
  await approve(await capture(hold, 350n, to.id));
  expect(await row(hold)).toMatchObject({ capturedAmount: 600n, state: 'captured' });
  expect(await moneyOf(wallet)).toEqual({ available: 400n, reserved: 0n });
});

it('a capture counts for the limits of who gives, from when it is asked for, and of who gets it', async () => {
  const { id: termsId } = await someTerms({ adjustmentsCount: true, withdrawalDayAmount: 500n });
  const [wallet, to] = [await someWallet({ termsId }), await someWallet({ termsId })];
  await fundWallet(wallet, 1_000n);
  const hold = await place(wallet, 900n);
  const used = async ({ id }: OpenWallet, direction: 'inbound' | 'outbound') => {
    const { _sum } = await db().ledgerUsageDay.aggregate({
      where: { walletId: id, direction },
      _sum: { amount: true },
    });
    return _sum.amount ?? 0n;
  };
  const full = { code: 'limit_reached', details: { direction: 'outbound', which: 'dayAmount' } };
  await expect(capture(hold, 501n, to.id)).rejects.toMatchObject(full);
  const one = await capture(hold, 300n, to.id);
  await expect(capture(hold, 300n, to.id)).rejects.toMatchObject(full);
  await approve(one);
  expect([await used(wallet, 'outbound'), await used(to, 'inbound')]).toEqual([300n, 300n]);
  const two = await capture(hold, 200n, to.id);
  await declineAdjustment(approver, { adjustmentId: two.id, reason: 'No procede' });
  expect(await used(wallet, 'outbound')).toBe(300n);
  expect(await moneyOf(wallet)).toEqual({ available: 100n, reserved: 600n });
  expect(await row(hold)).toMatchObject({ askedAmount: 0n, capturedAmount: 300n });
  await expectSoundUsage();
});

it('of captures and releases at once, no more goes than the hold has', async () => {
  const [wallet, to] = [await funded(1_000n), await someWallet()];
  const hold = await place(wallet, 1_000n);
  const asked = await Promise.allSettled([
    ...Array.from({ length: 4 }, () => capture(hold, 300n, to.id)),
    ...Array.from({ length: 4 }, () => free(hold, 300n)),
  ]);
  expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
  for (const each of asked)
    if (each.status === 'rejected') expect(each.reason).toMatchObject({ code: 'hold_less' });
  const waiting = await db().adjustment.findMany({ where: { holdId: hold.id } });
  await Promise.all(waiting.map(approve));
  const captured = 300n * BigInt(waiting.length);
  expect(await row(hold)).toMatchObject({
    ...{ askedAmount: 0n, capturedAmount: captured, releasedAmount: 900n - captured, state: 'active' },
  });
  expect((await moneyOf(to)).available).toBe(captured);
  expect(await moneyOf(wallet)).toEqual({ available: 900n - captured, reserved: 100n });
});

it('a capture that is approved by two at once is posted once', async () => {
  const [wallet, to] = [await funded(500n), await someWallet()];
  const hold = await place(wallet, 500n);
  const asked = await capture(hold, 500n, to.id);
  const another = await someOperator('approver');
  await Promise.allSettled([approve(asked), approveAdjustment(another, { adjustmentId: asked.id })]);
  expect((await moneyOf(to)).available).toBe(500n);
  expect(await row(hold)).toMatchObject({ state: 'captured', capturedAmount: 500n });
});

it('ends by itself when its time is over, with the captures that nobody decided on', async () => {
  const [wallet, to] = [await funded(1_000n), await someWallet()];
  const [hold, later] = [await place(wallet, 700n), await place(wallet, 100n)];
  await free(hold, 100n);
  const asked = await capture(hold, 200n, to.id);
  await overdue(hold);
  await Promise.all([expireHolds(), expireHolds()]);
  expect(await row(hold)).toMatchObject({ state: 'expired', releasedAmount: 700n, askedAmount: 0n });
  expect(await db().adjustment.findUniqueOrThrow({ where: { id: asked.id } })).toMatchObject({
    status: 'cancelled',
  });
  await expect(approve(asked)).rejects.toMatchObject({ code: 'already_decided' });
  expect(await row(later)).toMatchObject({ state: 'active' });
  expect(await moneyOf(wallet)).toEqual({ available: 900n, reserved: 100n });
});

it('asked for again when its time is over, it is the one that there was', async () => {
  const wallet = await funded(300n);
  const asked = { requestId: randomUUID(), expiresAt: new Date(Date.now() + HOUR) };
  const hold = await place(wallet, 100n, asked);
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 2 * HOUR });
  const again = await place(wallet, 100n, asked).finally(() => vi.useRealTimers());
  expect(again.id).toBe(hold.id);
  expect(await db().hold.count({ where: { walletId: wallet.id } })).toBe(1);
});

it('takes from its own wallet and asset only, and only to an open one', async () => {
  const wallet = await funded(300n);
  const hold = await place(wallet, 300n);
  await expect(capture(hold, 100n, wallet.id)).rejects.toMatchObject({ fields: { toWalletId: 'two_sides' } });
  await expect(
    closeWallet(operator, { walletId: wallet.id, reason: 'x', closedBy: 'customer' }),
  ).rejects.toMatchObject({
    code: 'wallet_not_empty',
  });
  const asked = await capture(hold, 100n);
  await freezeWallet(operator, { walletId: wallet.id, reason: 'Fraude' });
  await expect(capture(hold, 100n)).rejects.toMatchObject({ code: 'wallet_not_open' });
  await expect(approve(asked)).rejects.toMatchObject({ code: 'wallet_not_open' });
  // What it is frozen for may be held beside it, and given back.
  expect(await free(hold, 200n)).toMatchObject({ releasedAmount: 200n });
});

it.each([
  ['nothing', { amount: 0n }, { amount: 'amount_not_positive' }],
  ['without a reason', { reason: ' ' }, { reason: 'required' }],
  ['until yesterday', { expiresAt: new Date(Date.now() - HOUR) }, { expiresAt: 'in_the_past' }],
  ['for years', { expiresAt: new Date(Date.now() + 400 * 24 * HOUR) }, { expiresAt: 'within_a_year' }],
])('nobody holds %s', async (_what, input, fields) => {
  await expect(place(other, 10n, input)).rejects.toMatchObject({ fields });
});

it('is one for some days, however often that is sent', async () => {
  const wallet = await funded(300n);
  const asked = { expiresAt: { days: 3 }, requestId: randomUUID() };
  const first = await place(wallet, 100n, asked);
  expect(await place(wallet, 100n, asked)).toEqual(first);
  expect(first.expiresAt.getTime() - first.createdAt.getTime()).toBeLessThanOrEqual(72 * HOUR);
  await expect(place(wallet, 100n, { ...asked, expiresAt: { days: 7 } })).rejects.toMatchObject({
    code: 'request_reused',
  });
});

it('who may not freeze may not hold', async () => {
  const viewer = await someOperator('viewer');
  const asked = { walletId: other.id, asset: 'MXN', amount: 1n, reason: 'x', requestId: randomUUID() };
  await expect(placeHold(viewer, { ...asked, expiresAt: new Date() })).rejects.toMatchObject({
    code: 'forbidden',
  });
});

it('lists by state and wallet, found by the wallet’s name', async () => {
  const wallet = await funded(300n);
  const [one, two] = [await place(wallet, 100n), await place(wallet, 50n)];
  await free(one);
  const idsOf = async (filter: Parameters<typeof listHolds>[1]) =>
    (await listHolds(ANYBODY, filter)).items.map(({ id }) => id);
  expect(await idsOf({ walletId: wallet.id })).toEqual([two.id, one.id]);
  expect(await idsOf({ walletId: wallet.id, state: ['active'] })).toEqual([two.id]);
  expect(await idsOf({ text: wallet.name })).toEqual([two.id, one.id]);
});

it('whatever is done with holds, in any order, money is kept and every hold ends', async () => {
  const [wallet, to] = [await funded(1_000n), await someWallet()];
  const act = fc.record({
    what: fc.constantFrom('place', 'release', 'capture', 'approve', 'decline'),
    amount: fc.bigInt({ min: 1n, max: 700n }),
    nth: fc.nat({ max: 3 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 3, maxLength: 9 }), async (acts) => {
      const holds: Hold[] = [];
      const asked: { id: string }[] = [];
      for (const { what, amount, nth } of acts) {
        const [hold, waiting] = [holds[nth % (holds.length || 1)], asked[nth % (asked.length || 1)]];
        await {
          place: async () => holds.push(await place(wallet, amount)),
          release: async () => hold && (await free(hold, amount)),
          capture: async () => hold && asked.push(await capture(hold, amount, to.id)),
          approve: async () => waiting && (await approve(waiting)),
          decline: async () =>
            waiting && (await declineAdjustment(approver, { adjustmentId: waiting.id, reason: 'No' })),
        }
          [what]()
          .catch((error: { code?: string }) =>
            expect(error.code).toMatch(/^(insufficient_funds|hold_less|already_decided)$/),
          );
        const [here, there] = [await moneyOf(wallet), await moneyOf(to)];
        expect(here.available + here.reserved + there.available).toBe(1_000n);
        const rows = await db().hold.findMany({ where: { walletId: wallet.id } });
        expect(here.reserved).toBe(rows.reduce((sum, each) => sum + leftOf(each) + each.askedAmount, 0n));
      }
      if (holds.length > 0) await overdue(...holds);
      await expireHolds();
      expect((await moneyOf(wallet)).reserved).toBe(0n);
      expect(await db().hold.count({ where: { walletId: wallet.id, state: 'active' } })).toBe(0);
    }),
    { numRuns: 8, endOnFailure: true },
  );
});
