import { randomUUID } from 'node:crypto';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type OperatorActor, system } from '~/lib/actor';
import { approveAdjustment, requestAdjustment } from '~/lib/adjustments/adjustments';
import { requestExchange } from '~/lib/adjustments/exchange';
import { reverseAdjustment } from '~/lib/adjustments/reversal';
import { changeRule, type NewRule } from '~/lib/approvals/own-rules';
import { db } from '~/lib/db';
import { captureHold, placeHold, releaseHold } from '~/lib/holds/holds';
import { askToMove } from '~/lib/patterns/ask';
import { resumePayouts, stopPayouts } from '~/lib/stops/stops';
import { approveWaiting } from '~/lib/testing/approvals';
import { expectSoundBooks, moneyOf } from '~/lib/testing/books';
import { cutBeforeItsEnd } from '~/lib/testing/cuts';
import { withTestDatabase } from '~/lib/testing/database';
import { fundWallet, type OpenWallet, someOperator, someWallet } from '~/lib/testing/factories';
import { enableAsset } from '~/lib/wallets/opening';
import { freezeWallet } from '~/lib/wallets/status';

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

  it('is let go on by a word that was sent twice and counts once', async () => {
    const { id: stopId } = await stopPayouts(asker, { reason: 'Algo anda mal' });
    const word = { stopId, reason: 'Revisado y en orden', requestId: randomUUID() };
    const audited = () => db().auditEntry.count({ where: { subjectId: stopId } });
    await cutBeforeItsEnd(() => resumePayouts(one ?? asker, word));
    expect(await resumePayouts(one ?? asker, word)).toEqual({ resumed: false });
    const before = await audited();
    expect(await resumePayouts(one ?? asker, word)).toEqual({ resumed: false });
    expect(await audited()).toBe(before);
    await expect(resumePayouts(two ?? asker, word)).rejects.toMatchObject({ code: 'request_reused' });
    expect(await resumePayouts(two ?? asker, { ...word, requestId: randomUUID() })).toEqual({
      resumed: true,
    });
  });
});

describe('a move to another pattern', () => {
  it('that was cut off, or whose answer was, is asked for once; another is refused', async () => {
    const { id: walletId } = await someWallet();
    const move = { walletId, asset: 'MXN', to: 'B', reason: 'Ya tiene empresa' } as const;
    const asked = { ...move, requestId: randomUUID() };
    const waiting = () => db().approval.findMany({ where: { subjectId: walletId } });
    await cutBeforeItsEnd(() => askToMove(asker, asked));
    expect(await waiting()).toEqual([]);
    const first = await askToMove(asker, asked);
    expect(await Promise.all([askToMove(asker, asked), askToMove(asker, asked)])).toEqual([first, first]);
    expect(await waiting()).toMatchObject([{ state: 'waiting', askedById: asker.id }]);
    await expect(askToMove(asker, { ...asked, to: 'C' })).rejects.toMatchObject({ code: 'request_reused' });
    await expect(askToMove(other, asked)).rejects.toMatchObject({ code: 'request_reused' });
    await expect(askToMove(asker, { ...move, requestId: randomUUID() })).rejects.toMatchObject({
      details: { obstacle: 'asked_already' },
    });
    await approveWaiting(one ?? asker, { action: 'wallet.move_pattern', subjectId: walletId });
    expect(await askToMove(asker, asked)).toEqual(first);
    expect(await db().patternMove.count({ where: { walletId } })).toBe(1);
  });
});

describe('what a rule has somebody else decide on', () => {
  const RULE: NewRule = {
    ...{ action: 'wallet.freeze', name: 'Congelar', mode: 'on' },
    ...{ conditions: { walletKinds: ['customer'] }, steps: [{ people: 1 }] },
  };

  it('waits as it did when it is sent again, and once it is decided that is said', async () => {
    const { id: rule } = await changeRule(system('setup'), RULE);
    const { id: walletId } = await someWallet();
    // Days: another moment each time that it is sent.
    const freeze = { walletId, reason: 'Lo pidió un juez', until: { days: 3 }, requestId: randomUUID() };
    const waits = expect.objectContaining({ code: 'rule_asks' });
    for (let nth = 0; nth < 2; nth += 1) await expect(freezeWallet(asker, freeze)).rejects.toEqual(waits);
    expect(await db().approval.count({ where: { subjectId: walletId } })).toBe(1);
    await expect(freezeWallet(asker, { ...freeze, requestId: randomUUID() })).rejects.toMatchObject({
      code: 'approval_waits',
    });
    await expect(freezeWallet(asker, { ...freeze, reason: 'Otra cosa' })).rejects.toMatchObject({
      code: 'request_reused',
    });
    await approveWaiting(one ?? asker, { action: 'wallet.freeze', subjectId: walletId });
    await expect(freezeWallet(asker, freeze)).rejects.toMatchObject({
      ...{ code: 'already_decided', details: { act: 'approval.approved', by: one?.name } },
    });
    await changeRule(system('setup'), { ...RULE, rule, mode: 'off' });
  });
});
