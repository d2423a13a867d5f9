import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import { cashBoard, forecast } from '~/lib/cash/board';
import { db, transaction } from '~/lib/db';
import { heldBack, openGate } from '~/lib/gate/gate';
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
});

const why = (id: string) => transaction((tx) => heldBack(tx, id));
const say = (actor: OperatorActor | undefined, stopId: string) =>
  resumePayouts(actor ?? operator, { stopId, reason: 'Revisado y en orden' });
const refused = (code: string) => expect.objectContaining({ code });

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
