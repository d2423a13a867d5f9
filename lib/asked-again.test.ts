import { randomUUID } from 'node:crypto';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type OperatorActor, system } from '~/lib/actor';
import { approveAdjustment, requestAdjustment } from '~/lib/adjustments/adjustments';
import { requestExchange } from '~/lib/adjustments/exchange';
import { reverseAdjustment } from '~/lib/adjustments/reversal';
import { db } from '~/lib/db';
import { captureHold, placeHold, releaseHold } from '~/lib/holds/holds';
import { resumePayouts, stopPayouts } from '~/lib/stops/stops';
import { expectSoundBooks, moneyOf } from '~/lib/testing/books';
import { cutBeforeItsEnd } from '~/lib/testing/cuts';
import { withTestDatabase } from '~/lib/testing/database';
import { fundWallet, type OpenWallet, someOperator, someWallet } from '~/lib/testing/factories';
import { enableAsset } from '~/lib/wallets/opening';

withTestDatabase();

let asker: OperatorActor;
let other: OperatorActor;
let [one, two]: OperatorActor[] = [];

beforeAll(async () => {
  [asker, other] = [await someOperator(), await someOperator()];
  [one, two] = [await someOperator('approver'), await someOperator('approver')];
});
afterEach(expectSoundBooks);

type Ask = (actor: OperatorActor, asked: { requestId: string; reason: string }) => Promise<{ id: string }>;
/** What is asked of a wallet that has 1,000; `after`: what it is left with when it was asked for once. */
type Arranged = { wallet: OpenWallet; ask: Ask; after: { available: bigint; reserved: bigint } };

const HELD = 400n;

async function funded(): Promise<OpenWallet> {
  const wallet = await someWallet();
  await fundWallet(wallet, 1_000n);
  return wallet;
}

/** The same moment for whoever asks again. */
const expiresAt = new Date(Date.now() + 86_400_000);

const held = async (wallet: OpenWallet) =>
  placeHold(asker, {
    ...{ walletId: wallet.id, asset: 'MXN', amount: HELD, expiresAt },
    ...{ reason: 'Orden de un juez', requestId: randomUUID() },
  });

async function exchange(): Promise<Arranged> {
  const wallet = await funded();
  await enableAsset(system('setup'), { walletId: wallet.id, asset: 'USD', requestId: randomUUID() });
  const facts = { walletId: wallet.id, fromAsset: 'MXN', toAsset: 'USD', amount: 170n, rate: '0.0587' };
  const ask: Ask = (actor, asked) => requestExchange(actor, { ...facts, ...asked });
  return { wallet, ask, after: { available: 830n, reserved: 170n } };
}

async function reversal(): Promise<Arranged> {
  const [from, wallet] = [await funded(), await someWallet()];
  const sides = { fromWalletId: from.id, toWalletId: wallet.id, amount: 1_000n };
  const { id } = await requestAdjustment(asker, { ...sides, reason: 'Pago', requestId: randomUUID() });
  await approveAdjustment(one ?? asker, { adjustmentId: id });
  const ask: Ask = (actor, asked) => reverseAdjustment(actor, { adjustmentId: id, ...asked });
  return { wallet, ask, after: { available: 0n, reserved: 1_000n } };
}

async function hold(): Promise<Arranged> {
  const wallet = await funded();
  const facts = { walletId: wallet.id, asset: 'MXN', amount: HELD, expiresAt };
  const ask: Ask = (actor, asked) => placeHold(actor, { ...facts, ...asked });
  return { wallet, ask, after: { available: 600n, reserved: 400n } };
}

async function release(): Promise<Arranged> {
  const wallet = await funded();
  const { id: holdId } = await held(wallet);
  const ask: Ask = (actor, asked) => releaseHold(actor, { holdId, amount: 150n, ...asked });
  return { wallet, ask, after: { available: 750n, reserved: 250n } };
}

async function capture(): Promise<Arranged> {
  const [wallet, to] = [await funded(), await someWallet()];
  const { id: holdId } = await held(wallet);
  const ask: Ask = (actor, asked) =>
    captureHold(actor, { holdId, toWalletId: to.id, amount: 150n, ...asked });
  return { wallet, ask, after: { available: 600n, reserved: 400n } };
}

describe.each([
  ['an exchange', exchange],
  ['a reversal', reversal],
  ['a hold', hold],
  ['the release of a hold', release],
  ['the capture of a hold', capture],
])('%s', (_what, arrange) => {
  it('that was cut off, or whose answer was, is asked for again and is one; another is refused', async () => {
    const { wallet, ask, after } = await arrange();
    const before = await moneyOf(wallet);
    const asked = { requestId: randomUUID(), reason: 'Lo pidió el cliente' };
    await cutBeforeItsEnd(() => ask(asker, asked));
    expect(await moneyOf(wallet)).toEqual(before);
    const answers = [...(await Promise.all([ask(asker, asked), ask(asker, asked)])), await ask(asker, asked)];
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    expect(await moneyOf(wallet)).toEqual(after);
    await expect(ask(asker, { ...asked, reason: 'Otra cosa' })).rejects.toMatchObject({
      ...{ code: 'request_reused', details: { by: 'same' } },
    });
    await expect(ask(other, asked)).rejects.toMatchObject({
      ...{ code: 'request_reused', details: { by: 'other' } },
    });
    expect(await moneyOf(wallet)).toEqual(after);
  });
});

it('an exchange is posted once by whoever says so again, and nobody else says it after them', async () => {
  const { wallet, ask } = await exchange();
  const { id: exchangeId } = await ask(asker, { requestId: randomUUID(), reason: 'Lo pidió el cliente' });
  const { id: adjustmentId } = await db().adjustment.findFirstOrThrow({ where: { exchangeId } });
  const approve = (actor: OperatorActor | undefined) => approveAdjustment(actor ?? asker, { adjustmentId });
  await cutBeforeItsEnd(() => approve(one));
  expect(await moneyOf(wallet)).toEqual({ available: 830n, reserved: 170n });
  for (let nth = 0; nth < 2; nth += 1) expect(await approve(one)).toMatchObject({ status: 'posted' });
  await expect(approve(two)).rejects.toMatchObject({ code: 'already_decided', details: { by: one?.name } });
  expect(await moneyOf(wallet)).toEqual({ available: 830n, reserved: 0n });
  expect((await moneyOf({ id: wallet.id, asset: 'USD' })).available).toBe(9n);
});

describe('a stop', () => {
  const stopped = async () => db().payoutStop.findMany({ where: { resumedAt: null } });

  it('that was cut off, or whose answer was, is pressed again and is one, whoever presses', async () => {
    const { accountId } = await someWallet();
    const press = (actor: OperatorActor) => stopPayouts(actor, { accountId, reason: 'Algo anda mal' });
    await cutBeforeItsEnd(() => press(asker));
    expect(await stopped()).toEqual([]);
    const pressed = [...(await Promise.all([press(asker), press(asker)])), await press(other)];
    expect(new Set(pressed.map(({ id }) => id)).size).toBe(1);
    expect(await stopped()).toMatchObject([{ accountId, stoppedById: asker.id }]);
  });

  it('ends once: neither word counts twice, and the second is as if never said when it was cut off', async () => {
    const [{ id: stopId } = { id: '' }] = await stopped();
    const say = (actor: OperatorActor | undefined) =>
      resumePayouts(actor ?? asker, { stopId, reason: 'Revisado y en orden' });
    expect(await say(one)).toEqual({ resumed: false });
    await expect(say(one)).rejects.toMatchObject({ code: 'own_release' });
    await cutBeforeItsEnd(() => say(two));
    expect(await stopped()).toHaveLength(1);
    for (let nth = 0; nth < 2; nth += 1) expect(await say(two)).toEqual({ resumed: true });
    await expect(say(one)).rejects.toMatchObject({ code: 'already_decided', details: { by: two?.name } });
    expect(await db().approval.count({ where: { subjectId: stopId } })).toBe(1);
    expect(await stopped()).toEqual([]);
  });
});
