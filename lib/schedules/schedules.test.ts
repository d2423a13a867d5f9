import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import { db } from '~/lib/db';
import { listSchedules, plannedOf } from '~/lib/schedules/read';
import { runSchedules } from '~/lib/schedules/run';
import { cancelSchedule, lookAtSchedule, type NewSchedule, planSchedule } from '~/lib/schedules/schedules';
import { expectSoundBooks, moneyOf } from '~/lib/testing/books';
import { withTestDatabase } from '~/lib/testing/database';
import { fundWallet, type OpenWallet, someClabe, someOperator, someWallet } from '~/lib/testing/factories';
import { ANYBODY } from '~/lib/testing/reader';
import { blockBeneficiary } from '~/lib/withdrawals/beneficiaries';

withTestDatabase();

let operator: OperatorActor;
let wallet: OpenWallet;

beforeAll(async () => {
  operator = await someOperator();
});

beforeEach(async () => {
  wallet = await someWallet();
  await fundWallet(wallet, 100_000n);
});

afterEach(expectSoundBooks);

const plan = (facts: Partial<NewSchedule> = {}) =>
  planSchedule(operator, {
    ...{ walletId: wallet.id, asset: 'MXN', amount: 10_000n, destination: someClabe('012') },
    ...{ beneficiaryName: 'Ximena Robles', every: 'month', startsOn: '2099-01-31' },
    requestId: crypto.randomUUID(),
    ...facts,
  });

/** Its day comes: a moment ago. */
const comes = (id: string) =>
  db().schedule.update({ where: { id }, data: { nextAt: new Date(Date.now() - 1_000) } });
const made = () => db().withdrawal.findMany({ where: { walletId: wallet.id } });
const row = (id: string) => db().schedule.findUniqueOrThrow({ where: { id }, include: { ran: true } });
const invalid = (fields: object) => expect.objectContaining({ fields });

describe('a plan', () => {
  it('holds nothing and shows what is going to leave', async () => {
    const { nextAt } = await plan();
    // Nine in the morning of Mexico City, which keeps no summer time.
    expect(nextAt).toEqual(new Date('2099-01-31T15:00:00Z'));
    expect(await moneyOf(wallet)).toEqual({ available: 100_000n, reserved: 0n });
    expect(await plannedOf(wallet.id, 'MXN')).toEqual({ count: 1, amount: 10_000n, first: nextAt });
  });

  it('is looked at once, whole, with what is planned the same already', async () => {
    const facts: NewSchedule = {
      ...{ walletId: wallet.id, asset: 'MXN', amount: 10_000n, destination: someClabe('012') },
      ...{ beneficiaryName: 'Ximena Robles', every: 'month', startsOn: '2099-01-31' },
      requestId: crypto.randomUUID(),
    };
    expect(await lookAtSchedule(operator, facts)).toMatchObject({
      ...{ amount: 10_000n, beneficiaryBank: 'BBVA', beneficiaryName: 'Ximena Robles', every: 'month' },
      ...{ firstAt: new Date('2099-01-31T15:00:00Z'), parts: 1, twins: [] },
    });
    const { id, nextAt } = await planSchedule(operator, facts);
    expect(await lookAtSchedule(operator, facts), 'its answer was lost').toBeNull();
    const again = { ...facts, requestId: crypto.randomUUID() };
    const twins = [{ id, every: 'month', nextAt, by: operator.name }];
    expect(await lookAtSchedule(operator, { ...again, every: 'once' })).toMatchObject({ twins });
    expect(await lookAtSchedule(operator, { ...again, amount: 10_001n })).toMatchObject({ twins: [] });
    await expect(lookAtSchedule(operator, { ...again, startsOn: '2020-01-01' })).rejects.toEqual(
      invalid({ startsOn: 'in_the_past' }),
    );
    await cancelSchedule(operator, { scheduleId: id });
    expect(await lookAtSchedule(operator, again)).toMatchObject({ twins: [] });
  });

  it('made twice under one request id is one', async () => {
    const facts = { requestId: crypto.randomUUID(), destination: someClabe('012') };
    const [one, two] = await Promise.all([plan(facts), plan(facts)]);
    expect(two.id).toBe(one.id);
  });

  it('of a day that is over, or that ends before it begins, is refused', async () => {
    await expect(plan({ startsOn: '2020-01-01' })).rejects.toEqual(invalid({ startsOn: 'in_the_past' }));
    await expect(plan({ endsOn: '2098-12-31' })).rejects.toEqual(invalid({ endsOn: 'ends_before_start' }));
    const blocked = someClabe('012');
    await blockBeneficiary(await someOperator('approver'), {
      number: blocked,
      reason: 'Reportada por fraude',
    });
    await expect(plan({ destination: blocked })).rejects.toEqual(
      expect.objectContaining({ code: 'beneficiary_blocked' }),
    );
  });

  it.each([
    ['month', 1, '2099-02-28T15:00:00Z'],
    ['month', 13, '2100-02-28T15:00:00Z'],
    ['fortnight', 2, '2099-02-28T15:00:00Z'],
    ['week', 1, '2099-02-07T15:00:00Z'],
  ])('by %s has its day %i at %s', async (every, nth, at) => {
    const [day] = await db().$queryRaw<{ at: Date }[]>`
      SELECT schedule_moment(${every}::schedule_every, '2099-01-31', 'America/Mexico_City', ${nth}::int) AS at`;
    expect(day?.at).toEqual(new Date(at));
  });
});

describe('its day', () => {
  it('asks for it exactly once, whichever worker dies when', async () => {
    const { id } = await plan();
    await comes(id);
    const stolen = async () => {
      await db().queueItem.updateMany({ where: { queue: 'schedules' }, data: { leaseUntil: new Date(0) } });
      await runSchedules();
    };
    await Promise.all([runSchedules(), stolen(), stolen(), stolen()]);
    await db().queueItem.deleteMany({ where: { queue: 'schedules' } });
    await runSchedules();
    const [withdrawal, another] = await made();
    expect(another).toBeUndefined();
    expect(withdrawal).toMatchObject({ amount: 10_000n, status: 'queued', requestedById: operator.id });
    expect(await moneyOf(wallet)).toEqual({ available: 90_000n, reserved: 10_000n });
    const { ran, ...schedule } = await row(id);
    expect(ran).toMatchObject([{ nth: 0, withdrawalId: withdrawal?.id, refusal: null }]);
    expect(schedule).toMatchObject({ state: 'active', runs: 1, nextAt: new Date('2099-02-28T15:00:00Z') });
  });

  it('without enough money asks for nothing, says why, and the next day comes all the same', async () => {
    const { id } = await plan({ amount: 200_000n });
    await comes(id);
    await runSchedules();
    expect(await made()).toEqual([]);
    expect(await row(id)).toMatchObject({
      state: 'active',
      runs: 1,
      ran: [{ refusal: 'insufficient_funds' }],
    });
    const { items } = await listSchedules(ANYBODY, { walletId: wallet.id });
    expect(items).toMatchObject([{ id, last: { refusal: 'insufficient_funds' } }]);
  });

  it('that comes once, or is the last, ends it', async () => {
    const [once, last] = [await plan({ every: 'once' }), await plan({ endsOn: '2099-02-15' })];
    await comes(once.id);
    await comes(last.id);
    await runSchedules();
    expect([await row(once.id), await row(last.id)].map(({ state }) => state)).toEqual(['ended', 'ended']);
    expect(await plannedOf(wallet.id, 'MXN')).toBeNull();
  });

  it('never comes once it was cancelled, and who is shut out asks for nothing', async () => {
    const { id } = await plan();
    await Promise.all([
      cancelSchedule(operator, { scheduleId: id }),
      cancelSchedule(operator, { scheduleId: id }),
    ]);
    const gone = await someOperator();
    const theirs = await planSchedule(gone, {
      ...{ walletId: wallet.id, asset: 'MXN', amount: 5_000n, destination: someClabe('012') },
      ...{ every: 'week', startsOn: '2099-01-01', requestId: crypto.randomUUID() },
    });
    await db().operator.update({ where: { id: gone.id }, data: { disabledAt: new Date() } });
    await comes(theirs.id);
    await runSchedules();
    expect(await made()).toEqual([]);
    expect((await row(id)).state).toBe('cancelled');
    expect((await row(theirs.id)).ran).toMatchObject([{ refusal: 'forbidden' }]);
  });
});
