import { describe, expect, test } from 'vitest';
import { fundedSandbox } from '~/sandbox/testing/funded';
import type { Json } from '~/sandbox/testing/harness';

const bank = fundedSandbox(1_000);

const control = (path: string, body: Json = {}) => bank.sandbox.control('POST', path, body);
const fee = (amount: number) =>
  control(`/accounts/${bank.root.id}/movements`, { direction: 'outbound', amount });
const late = (body: Json) => control(`/accounts/${bank.root.id}/movements/late`, body);
/** Signed amounts and balances, oldest first. */
const lines = async () =>
  (await bank.movementsOf(bank.root.id))
    .reverse()
    .map(({ amount, direction, balance }) => [direction === 'inbound' ? amount : -amount, balance]);
const stated = () => bank.balanceOf(bank.root.id);
const isBalanced = async () => (await bank.sandbox.control('GET', '/state')).body.balanced;

describe('a movement that is taken back', () => {
  test('is as if it had never been, while the stated balance still has it', async () => {
    const { body: first } = await fee(10);
    await fee(20);
    const { body } = await control(`/movements/${first.id}/retract`);
    expect(body).toMatchObject({ id: first.id, amount: 10, direction: 'outbound' });
    expect(await lines()).toEqual([
      [1_000, 1_000],
      [-20, 980],
    ]);
    expect(await stated()).toBe(970);
    await fee(30);
    expect((await lines()).at(-1)).toEqual([-30, 950]);
    expect(await stated()).toBe(940);
    expect(await isBalanced()).toBe(true);
    const gone = `/v2/accounts/${bank.root.id}/movements/${first.id}`;
    expect((await bank.sandbox.api('GET', gone)).status).toBe(404);
    expect((await control(`/movements/${first.id}/retract`)).status).toBe(404);
  });

  test('may be gone from the stated balance too', async () => {
    const { body: first } = await fee(10);
    await fee(20);
    await control(`/movements/${first.id}/retract`, { stated: true });
    expect([await stated(), (await lines()).at(-1)]).toEqual([980, [-20, 980]]);
  });

  test('can’t be what was spent since', async () => {
    const [{ id }] = await bank.movementsOf(bank.root.id);
    await fee(10);
    expect((await control(`/movements/${id}/retract`)).status).toBe(409);
    expect(await lines()).toEqual([
      [1_000, 1_000],
      [-10, 990],
    ]);
  });
});

describe('a movement that appears late', () => {
  test('stands behind newer ones, which follow it, and as old as they are', async () => {
    await fee(10);
    await fee(20);
    const { body } = await late({ direction: 'inbound', amount: 5, behind: 2, type: 'transfer' });
    expect(await lines()).toEqual([
      [1_000, 1_000],
      [5, 1_005],
      [-10, 995],
      [-20, 975],
    ]);
    expect(await stated()).toBe(975);
    const [, , found] = await bank.movementsOf(bank.root.id);
    const [, older] = await bank.movementsOf(bank.root.id);
    expect(found).toMatchObject({ id: body.id, type: 'transfer', transaction_date: older.transaction_date });
    expect(await isBalanced()).toBe(true);
  });

  test('again and again in one place, and pages go through all of them once', async () => {
    await fee(10);
    for (let nth = 1; nth <= 70; nth += 1) await late({ direction: 'inbound', amount: nth });
    const ids: string[] = [];
    let path: string | null = `/v2/accounts/${bank.root.id}/movements?limit=7`;
    while (path) {
      const page = await bank.sandbox.api('GET', path);
      ids.push(...page.body.map(({ id }: Json) => id));
      const next = /<([^>]+)>; rel="next"/.exec(page.headers.get('link') ?? '')?.[1];
      path = next ? next.slice(bank.sandbox.url.length) : null;
    }
    expect([ids.length, new Set(ids).size]).toEqual([72, 72]);
    expect((await lines()).at(-1)).toEqual([-10, 990 + (70 * 71) / 2]);
    const { body } = await bank.sandbox.control('GET', `/accounts/${bank.root.id}/movements`);
    expect(body.map(({ id }: Json) => id)).toEqual(ids);
  });

  test('and where another account’s stands between its neighbours', async () => {
    const { body: other } = await bank.sandbox.api('POST', '/v2/accounts', {
      body: { entity_id: bank.root.entity.id, description: 'Another' },
    });
    await fee(10);
    await control(`/accounts/${other.id}/movements`, { direction: 'inbound', amount: 5 });
    await fee(20);
    expect((await late({ direction: 'inbound', amount: 7 })).status).toBe(201);
    expect((await lines()).map(([amount]: number[]) => amount)).toEqual([1_000, -10, 7, -20]);
  });

  test('may be older than all others, and have the id of one that was taken back', async () => {
    const { body: first } = await fee(10);
    await control(`/movements/${first.id}/retract`);
    const back = { direction: 'outbound', amount: 10, id: first.id, stated: false };
    expect((await late(back)).status).toBe(409);
    expect((await late({ ...back, direction: 'inbound' })).status).toBe(201);
    expect(await lines()).toEqual([
      [10, 10],
      [1_000, 1_010],
    ]);
    expect(await stated()).toBe(990);
    expect((await late({ ...back, direction: 'inbound' })).status).toBe(409);
    expect((await late({ direction: 'inbound', amount: 1, behind: 3 })).status).toBe(409);
  });

  test('a deposit arrives with its movement behind what was there', async () => {
    await fee(10);
    const { body } = await control('/inbound-transfers', {
      account_number_id: bank.root.root_account_number_id,
      ...{ amount: 300, behind: 1 },
    });
    expect(body[0]).toMatchObject({ status: 'succeeded', amount: 300 });
    expect(await lines()).toEqual([
      [1_000, 1_000],
      [300, 1_300],
      [-10, 1_290],
    ]);
    expect((await bank.movementsOf(bank.root.id))[1].resource_id).toBe(body[0].id);
    expect(await bank.eventTypes(body[0].id)).toEqual(['transfer.inbound.succeeded']);
    expect(await stated()).toBe(1_290);
  });
});

test('the stated balance may be off by what no movement tells of', async () => {
  expect((await control(`/accounts/${bank.root.id}/stated-balance`, { by: -7 })).body).toMatchObject({
    available_balance: 993,
  });
  await fee(10);
  expect([await stated(), (await lines()).at(-1)]).toEqual([983, [-10, 990]]);
  await control(`/accounts/${bank.root.id}/stated-balance`, { by: 7 });
  expect(await stated()).toBe(990);
});
