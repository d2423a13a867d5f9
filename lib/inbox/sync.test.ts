import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { system } from '~/lib/actor';
import { db } from '~/lib/db';
import { listSyncRuns, pollTransfers, syncFintoc, syncIfDue } from '~/lib/inbox/sync';
import { balanceOf, expectSoundBooks, moneyOf } from '~/lib/testing/books';
import { withTestDatabase } from '~/lib/testing/database';
import { drain } from '~/lib/testing/deliveries';
import { someClabe, someOperator } from '~/lib/testing/factories';
import { type ReadyWallet, readyWallet, settleAll, withdraw, withdrawalRow } from '~/lib/testing/journeys';
import { withLocalFintoc } from '~/lib/testing/sandbox';

withTestDatabase();
const fintoc = withLocalFintoc();

beforeEach(() => fintoc.calm());

afterEach(async () => {
  await expectSoundBooks();
});

const POLLED = { key: 'transfersPolledUntil:fintoc' };

/** Makes every transfer old enough for the poll, which leaves the newest to their webhooks. */
async function age(minutes = 5): Promise<void> {
  await fintoc.sql(
    `UPDATE sandbox.transfers SET transaction_date = now() - $1 * interval '1 minute'
    WHERE transaction_date > now() - interval '2 minutes'`,
    [minutes],
  );
  await fintoc.sql(`UPDATE transfers SET updated_at = now() - interval '10 minutes'`);
}

async function expectCashEqualsFintoc(): Promise<void> {
  for (const { id, available_balance } of await fintoc.api('GET', '/v2/accounts')) {
    expect({ id, cash: await balanceOf(`fintoc/${id}/cash`) }).toEqual({
      id,
      cash: BigInt(available_balance),
    });
  }
}

const receive = (account_number_id: string, amount: number) =>
  fintoc.control('POST', '/inbound-transfers', { account_number_id, amount, settle: true });
const dropAll = () => fintoc.control('POST', '/delivery-rules', { drop: true, count: 1_000 });

describe('the first start beside a Fintoc with a history', () => {
  it('takes in all of it, so that our cash is Fintoc’s balance, account by account', async () => {
    await dropAll();
    const root = await fintoc.rootAccount();
    const entity = await fintoc.api('GET', `/v2/entities`).then(([first]) => first);
    const own = await fintoc.api('POST', '/v2/accounts', {
      entity_id: entity.id,
      description: 'Made elsewhere',
    });
    const number = await fintoc.api('POST', '/v2/account_numbers', {
      account_id: root.id,
      description: 'Made elsewhere',
    });
    for (let nth = 0; nth < 120; nth += 1)
      await receive(nth % 3 === 0 ? own.root_account_number_id : number.id, 1_000 + nth);
    await receive(root.root_account_number_id, 5_000_000);
    const [returned] = await receive(number.id, 400);
    await fintoc.control('POST', `/transfers/${returned.id}/return`);
    await fintoc.control('POST', '/daily-settlement', { account_id: own.id });
    await receive(own.root_account_number_id, 77);
    await age();

    await syncFintoc(system('setup'));
    await pollTransfers();
    await expectCashEqualsFintoc();
    expect(await db().account.findUnique({ where: { id: own.id } })).toMatchObject({
      description: 'Made elsewhere',
    });
    expect(await db().accountNumber.findUnique({ where: { id: number.id } })).not.toBeNull();
    // The root's own number is the platform's; nobody here knows whose the others are.
    expect(await balanceOf('house/operating')).toBe(5_000_000n);
    expect(await db().transfer.findUnique({ where: { id: returned.id } })).toMatchObject({
      state: 'returned',
    });
    expect(await db().transfer.count({ where: { origin: 'poll' } })).toBeGreaterThan(120);
  });

  it('and nothing of it twice, however often it is asked, by however many workers', async () => {
    const before = await db().ledgerTransaction.count();
    await db().setting.deleteMany({ where: POLLED });
    await Promise.all([pollTransfers(), pollTransfers(), pollTransfers()]);
    await db().setting.deleteMany({ where: POLLED });
    expect(await pollTransfers()).toBe(0);
    expect(await db().ledgerTransaction.count()).toBe(before);
  });
});

it('a run whose worker died is shown as interrupted once a later one ended, and not while it may be under way', async () => {
  const reader = await someOperator('admin');
  const { id } = await db().syncRun.create({ data: { startedAt: new Date(Date.now() - 3_600_000) } });
  const shown = async () => (await listSyncRuns(reader, 100)).find((run) => run.id === id)?.isInterrupted;
  await db().syncRun.create({ data: {} });
  await syncFintoc(system('sync'));
  expect(await shown()).toBe(true);
  expect((await listSyncRuns(reader, 100)).filter(({ isInterrupted }) => isInterrupted)).toHaveLength(1);
});

describe('webhooks that never came', () => {
  let wallet: ReadyWallet;

  beforeAll(async () => {
    await fintoc.calm();
    wallet = await readyWallet();
  });

  it('of deposits: the poll brings them, and the webhook that comes after all changes nothing', async () => {
    const { available } = await moneyOf(wallet);
    await dropAll();
    const [sent] = await receive(wallet.accountNumberId, 8_000);
    await pollTransfers();
    expect((await moneyOf(wallet)).available).toBe(available);
    await age();
    await pollTransfers();
    expect((await moneyOf(wallet)).available).toBe(available + 8_000n);
    expect(await db().transfer.findUnique({ where: { id: sent.id } })).toMatchObject({ origin: 'poll' });
    await fintoc.calm();
    const [event] = await fintoc.control('GET', `/events?resource_id=${sent.id}`);
    await fintoc.control('POST', `/events/${event.id}/redeliver`, {});
    await fintoc.deliveriesDone();
    await drain();
    expect((await moneyOf(wallet)).available).toBe(available + 8_000n);
  });

  it('of a withdrawal: the poll sees how it ended', async () => {
    const operator = await someOperator();
    await dropAll();
    const [paid, failed] = [
      await withdraw(operator, wallet, { amount: 1_000n }),
      await withdraw(operator, wallet, { amount: 2_000n, destination: '012969100000000013' }),
    ];
    const { reserved } = await moneyOf(wallet);
    await settleAll(fintoc);
    expect(await withdrawalRow(paid.id)).toMatchObject({ status: 'pending' });
    await age();
    await pollTransfers();
    expect(await withdrawalRow(paid.id)).toMatchObject({ status: 'succeeded' });
    expect(await withdrawalRow(failed.id)).toMatchObject({ status: 'failed' });
    expect((await moneyOf(wallet)).reserved).toBe(reserved - 3_000n);
    await expectCashEqualsFintoc();
  });

  it('while no worker ran for an hour, although newer ones have arrived since', async () => {
    const { available } = await moneyOf(wallet);
    await dropAll();
    await receive(wallet.accountNumberId, 300);
    // Lost an hour ago; the last complete poll was before that.
    await age(60);
    const value = new Date(Date.now() - 61 * 60_000).toISOString();
    await db().setting.update({ where: POLLED, data: { value } });
    await fintoc.calm();
    await receive(wallet.accountNumberId, 400);
    await fintoc.deliveriesDone();
    await drain();
    expect((await moneyOf(wallet)).available).toBe(available + 400n);
    await pollTransfers();
    expect((await moneyOf(wallet)).available).toBe(available + 700n);
  });

  it('one transfer that can’t be booked keeps no other from being', async () => {
    const { available } = await moneyOf(wallet);
    await dropAll();
    const [odd] = await receive(wallet.accountNumberId, 500);
    await receive(wallet.accountNumberId, 600);
    await fintoc.sql(`UPDATE sandbox.transfers SET currency = 'EUR' WHERE id = $1`, [odd.id]);
    await age();
    await pollTransfers();
    expect((await moneyOf(wallet)).available).toBe(available + 600n);
    expect(await db().transfer.findUnique({ where: { id: odd.id } })).toBeNull();
    await fintoc.sql(`UPDATE sandbox.transfers SET currency = 'MXN' WHERE id = $1`, [odd.id]);
    await db().setting.deleteMany({ where: POLLED });
    await pollTransfers();
    expect((await moneyOf(wallet)).available).toBe(available + 1_100n);
  });
});

describe('an object that can’t be read', () => {
  it('is left as it was, with what hangs on it, and keeps nothing else from coming over', async () => {
    const [root] = await fintoc.api('GET', '/v2/entities');
    const made = (entity_id: string, description: string) =>
      fintoc.api('POST', '/v2/accounts', { entity_id, description });
    const entity = await fintoc.api('POST', '/v2/entities', {
      country_code: 'mx',
      holder_name: 'Cuentas Claras',
      holder_id: 'CCL010101AB1',
    });
    const bad = await made(root.id, 'Bad');
    await fintoc.sql(`ALTER TABLE sandbox.accounts ALTER currency DROP NOT NULL`);
    await fintoc.sql(`UPDATE sandbox.accounts SET currency = NULL WHERE id = $1`, [bad.id]);
    await fintoc.sql(`ALTER TABLE sandbox.entities ALTER holder_name DROP NOT NULL`);
    await fintoc.sql(`UPDATE sandbox.entities SET holder_name = NULL WHERE id = $1`, [entity.id]);
    const good = await made(root.id, 'Good');
    await syncFintoc(system('setup'));
    const run = await db().syncRun.findFirstOrThrow({ orderBy: { startedAt: 'desc' } });
    expect(run.counts).toMatchObject({ accounts: expect.any(Number) });
    for (const { id } of [bad, entity]) expect(run.error).toContain(id);
    expect(await db().account.findUnique({ where: { id: good.id } })).not.toBeNull();
    expect(await db().account.findUnique({ where: { id: bad.id } })).toBeNull();

    await syncIfDue();
    expect(await db().syncRun.count({ where: { startedAt: { gt: run.startedAt } } })).toBe(0);
    await fintoc.sql(`UPDATE sandbox.accounts SET currency = 'MXN' WHERE id = $1`, [bad.id]);
    await fintoc.sql(`UPDATE sandbox.entities SET holder_name = 'Cuentas Claras' WHERE id = $1`, [entity.id]);
    await syncFintoc(system('setup'));
    expect(await db().account.findUnique({ where: { id: bad.id } })).not.toBeNull();
    expect(await db().syncRun.findFirst({ orderBy: { startedAt: 'desc' } })).toMatchObject({ error: null });
  });
});

describe('the local Fintoc misbehaving with deliveries', () => {
  it('each one three times, delayed and last first: the books come out the same', async () => {
    const wallet = await readyWallet();
    const operator = await someOperator();
    await fintoc.control('POST', '/delivery-rules', { copies: 3, count: 12 });
    await fintoc.control('POST', '/delivery-rules', { reorder: true, count: 4 });
    for (let nth = 0; nth < 12; nth += 1) await receive(wallet.accountNumberId, 1_000);
    await fintoc.deliveriesDone();
    await Promise.all([drain(), drain()]);
    for (let nth = 0; nth < 4; nth += 1) {
      await withdraw(operator, wallet, { amount: 500n, destination: someClabe('012') });
    }
    await settleAll(fintoc);
    expect(await moneyOf(wallet)).toEqual({ available: 10_000n, reserved: 0n });
    await expectCashEqualsFintoc();
  });
});
