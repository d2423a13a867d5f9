import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type OperatorActor, system } from '~/lib/actor';
import { cashBoard, forecast } from '~/lib/cash/board';
import { db, transaction } from '~/lib/db';
import { heldBack, openGate } from '~/lib/gate/gate';
import { getSetting, type SettingValue, writeSetting } from '~/lib/settings';
import { resumePayouts, stopPayouts } from '~/lib/stops/stops';
import { watchPayouts } from '~/lib/stops/watch';
import { expectSoundBooks } from '~/lib/testing/books';
import { withTestDatabase } from '~/lib/testing/database';
import { fundWallet, type OpenWallet, someOperator, someWallet } from '~/lib/testing/factories';
import { withdraw } from '~/lib/testing/journeys';
import { ANYBODY } from '~/lib/testing/reader';

withTestDatabase();

let operator: OperatorActor;
let [one, two]: OperatorActor[] = [];
let wallet: OpenWallet;
let other: OpenWallet;

beforeAll(async () => {
  [one, two] = [await someOperator('approver'), await someOperator('approver')];
});

beforeEach(async () => {
  operator = await someOperator();
  [wallet, other] = [await someWallet(), await someWallet()];
  await fundWallet(wallet, 100_000n);
  await fundWallet(other, 100_000n);
});

afterEach(async () => {
  for (const { id: stopId } of await db().payoutStop.findMany({ where: { resumedAt: null } })) {
    for (const actor of [one, two])
      if (actor) await resumePayouts(actor, { stopId, reason: 'Revisado y en orden' }).catch(() => undefined);
  }
  await expectSoundBooks();
  // What one test had end is long ago for the next.
  await db().withdrawal.updateMany({ data: { updatedAt: LONG_AGO } });
  await db().proofBreak.updateMany({ data: { state: 'cured' } });
});

const LONG_AGO = new Date(Date.now() - 2 * 3_600_000);
const why = (id: string) => transaction((tx) => heldBack(tx, id));
const say = (actor: OperatorActor | undefined, stopId: string) =>
  resumePayouts(actor ?? operator, { stopId, reason: 'Revisado y en orden' });
const refused = (code: string) => expect.objectContaining({ code });
const stops = () =>
  db().payoutStop.findMany({
    where: { resumedAt: null },
    select: { accountId: true, cause: true, reason: true },
  });

async function funded(): Promise<OpenWallet> {
  const made = await someWallet();
  await fundWallet(made, 100_000n);
  return made;
}

/** So many payouts of a wallet that ended so a moment ago. */
async function endAs(from: OpenWallet, status: 'returned' | 'failed' | 'rejected', count: number) {
  const asked = await Promise.all(
    Array.from({ length: count }, () => withdraw(operator, from, { amount: 100n })),
  );
  const ids = asked.map(({ id }) => id);
  await db().withdrawal.updateMany({ where: { id: { in: ids } }, data: { status } });
}

async function lastOf(from: OpenWallet, status: 'returned' | 'failed') {
  await endAs(from, status, 1);
  return db().withdrawal.findFirstOrThrow({ where: { walletId: from.id } });
}

const writeLimits = (some: Partial<SettingValue<'payoutStops'>>) =>
  transaction(async (tx) => {
    const value = { ...(await getSetting('payoutStops', tx)), ...some };
    await writeSetting(tx, system('setup'), { key: 'payoutStops', value });
  });

const broken = ({ accountId }: OpenWallet, subject = 'entry:1') =>
  db().proofBreak.create({
    data: {
      ...{ accountId, asset: 'MXN', kind: 'order', state: 'open', subject, cure: 'wait', at: new Date() },
      ...{ expected: 1n, actual: 0n, difference: 1n },
    },
  });

describe('a stop', () => {
  it('of one account keeps what leaves it, and nothing else', async () => {
    const [here, there] = [await withdraw(operator, wallet), await withdraw(operator, other)];
    await stopPayouts(operator, { accountId: wallet.accountId, reason: 'El banco avisó de un fraude' });
    expect(await why(here.id)).toBe('payouts_stopped');
    expect(await why(there.id)).not.toBe('payouts_stopped');
  });

  it('of everything keeps all, is pressed once however often, and ends by two people', async () => {
    const { id } = await withdraw(operator, wallet);
    const pressed = await Promise.all(
      Array.from({ length: 5 }, () => stopPayouts(operator, { reason: 'Algo anda mal' })),
    );
    const [{ id: stopId = '' } = {}] = pressed;
    expect(new Set(pressed.map((each) => each.id)).size).toBe(1);
    await db().withdrawal.update({ where: { id }, data: { heldReason: 'proof_late' } });
    await openGate();
    expect((await db().withdrawal.findUniqueOrThrow({ where: { id } })).heldReason).toBe('payouts_stopped');

    await expect(say(operator, stopId)).rejects.toEqual(refused('forbidden'));
    expect(await say(one, stopId)).toEqual({ resumed: false });
    await expect(say(one, stopId)).rejects.toEqual(refused('own_release'));
    expect(await why(id)).toBe('payouts_stopped');
    expect(await say(two, stopId)).toEqual({ resumed: true });
    expect(await why(id)).not.toBe('payouts_stopped');
  });

  it('goes on by nobody who writes it into the database', async () => {
    const { id } = await stopPayouts(operator, { reason: 'Algo anda mal' });
    await expect(db().payoutStop.update({ where: { id }, data: { resumedAt: new Date() } })).rejects.toThrow(
      /two people/,
    );
  });
});

describe('by itself', () => {
  it('an account stops of which ten payouts came back within an hour, and once it went on it counts anew', async () => {
    const paid = await Promise.all(Array.from({ length: 10 }, () => withdraw(operator, wallet)));
    const end = (count: number) =>
      db().withdrawal.updateMany({
        where: { id: { in: paid.slice(0, count).map(({ id }) => id) } },
        data: { status: 'returned' },
      });
    await end(9);
    expect(await watchPayouts()).toBe(0);
    await end(10);
    expect(await watchPayouts()).toBe(1);
    const stopped = await db().payoutStop.findFirstOrThrow({ where: { accountId: wallet.accountId } });
    expect(stopped).toMatchObject({ cause: 'returns', reason: '10', stoppedById: null });
    await say(one, stopped.id);
    await say(two, stopped.id);
    expect(await watchPayouts()).toBe(0);
  });

  it('an account stops of which twenty failed, some at Fintoc and some on their way', async () => {
    await endAs(wallet, 'failed', 10);
    await endAs(wallet, 'rejected', 9);
    expect(await watchPayouts()).toBe(0);
    await endAs(wallet, 'failed', 1);
    expect(await watchPayouts()).toBe(1);
    expect(await stops()).toEqual([{ accountId: wallet.accountId, cause: 'failures', reason: '20' }]);
  });

  it.each([
    ['returns', 'returned', 30],
    ['failures', 'failed', 60],
  ] as const)('everything stops at a wave of %s, though no account has many', async (cause, status, all) => {
    const accounts = Array.from({ length: 6 }, () => funded());
    for (const account of accounts) await endAs(await account, status, all / 6);
    await db().withdrawal.updateMany({
      where: { id: (await lastOf(await funded(), status)).id },
      data: { updatedAt: LONG_AGO },
    });
    expect(await watchPayouts()).toBe(1);
    expect(await stops()).toEqual([{ accountId: null, cause, reason: `${all}` }]);
    const [{ id = '' } = {}] = await db().payoutStop.findMany({ where: { resumedAt: null } });
    for (const person of [one, two]) await say(person, id);
    expect(await watchPayouts(), 'what people looked at counts no more').toBe(0);
    await endAs(await funded(), status, 1);
    expect(await watchPayouts()).toBe(0);
  });

  it('a wave that people set no number for, or one of which an account went on, stops nothing', async () => {
    await writeLimits({ allReturns: null });
    for (let nth = 0; nth < 4; nth += 1) await endAs(await funded(), 'returned', 9);
    expect(await watchPayouts()).toBe(0);
    await writeLimits({ allReturns: 37 });
    await stopPayouts(operator, { accountId: wallet.accountId, reason: 'Se revisa' });
    await endAs(wallet, 'returned', 1);
    const { id } = await db().payoutStop.findFirstOrThrow({ where: { resumedAt: null } });
    for (const person of [one, two]) await say(person, id);
    expect(await watchPayouts()).toBe(0);
    await endAs(other, 'returned', 1);
    expect(await watchPayouts()).toBe(1);
    await writeLimits({ allReturns: 30 });
  });

  it('everything stops where so many accounts have open breaks, and a break that opens again counts again', async () => {
    const third = await someWallet();
    const [first] = [await broken(wallet), await broken(other)];
    expect(await watchPayouts()).toBe(0);
    await broken(third);
    await broken(third, 'entry:2');
    expect(await watchPayouts()).toBe(1);
    expect(await stops()).toEqual([{ accountId: null, cause: 'breaks', reason: '3' }]);
    const [{ id = '' } = {}] = await db().payoutStop.findMany({ where: { resumedAt: null } });
    for (const person of [one, two]) await say(person, id);
    expect(await watchPayouts()).toBe(0);
    const again = { reopenedAt: new Date(Date.now() + 1_000) };
    await db().proofBreak.update({ where: { id: first.id }, data: again });
    expect(await watchPayouts(), 'one account alone').toBe(0);
    await db().proofBreak.updateMany({ where: { state: 'open' }, data: again });
    expect(await watchPayouts()).toBe(1);
  });
});

describe('the board', () => {
  it('tells of each account what is there, what has to leave and what is missing', async () => {
    await withdraw(operator, wallet, { amount: 60_000n });
    const { accounts } = await cashBoard(ANYBODY);
    expect(accounts.find(({ id }) => id === wallet.accountId)).toMatchObject({
      ...{ cash: 100_000n, inTransit: 0n, going: 60_000n, goingCount: 1, shortfall: 0n, topUp: 0n },
      sweep: null,
    });
  });

  it.each([
    [
      { cash: 100n, going: 30n, asked: 20n },
      { shortfall: 0n, topUp: 0n, sweep: 70n, funding: 60n },
    ],
    [
      { cash: 100n, going: 130n, asked: 20n },
      { shortfall: 30n, topUp: 50n, sweep: 0n, funding: 90n },
    ],
    [
      { cash: 100n, going: 90n, asked: 20n },
      { shortfall: 0n, topUp: 10n, sweep: 10n, funding: 60n },
    ],
  ])('%o', (of, expected) => {
    expect(forecast({ ...of, perDay: 40n, isSettled: true })).toEqual(expected);
  });
});
