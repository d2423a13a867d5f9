import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import { db } from '~/lib/db';
import { withTestDatabase } from '~/lib/testing/database';
import { someOperator } from '~/lib/testing/factories';
import {
  depositInto,
  type ReadyWallet,
  readyWallet,
  settleAll,
  skipPauses,
  withdraw,
  withdrawalRow,
} from '~/lib/testing/journeys';
import { eventually, withLocalFintoc } from '~/lib/testing/sandbox';
import { submitWithdrawals } from '~/lib/withdrawals/submission';

withTestDatabase();
const fintoc = withLocalFintoc();

let operator: OperatorActor;
let wallet: ReadyWallet;

beforeAll(async () => {
  operator = await someOperator();
  wallet = await readyWallet();
  await depositInto(fintoc, wallet, 5_000_000);
});

beforeEach(() => fintoc.calm());

const fault = (method: string, kind: string, facts: object = {}) =>
  fintoc.control('POST', '/faults', { kind, method, path: '/v2/transfers', ...facts });
const faultsLeft = async (): Promise<number> => (await fintoc.control('GET', '/faults')).length;
const payoutsOf = async (id: string) =>
  (await fintoc.payouts()).filter(({ metadata }) => metadata.withdrawal_id === id);

/** One whose first try got no answer, and made nothing. */
async function unanswered(): Promise<string> {
  await fault('POST', 'reset', { when: 'before_commit' });
  const { id } = await withdraw(operator, wallet);
  await submitWithdrawals();
  await skipPauses();
  return id;
}

/** Two pages of payouts by others, newer than any try of ours. */
const somePages = () =>
  fintoc.sql(
    `INSERT INTO sandbox.transfers (id, account_id, account_number_id, direction, amount, currency, status,
       transaction_date, tracking_key, counterparty)
     SELECT 'tr_other' || n, a.account_id, a.id, 'outbound', 1, 'MXN', 'succeeded',
       now() + interval '1 minute', 'OTHER' || n, '{}'
     FROM sandbox.account_numbers a, generate_series(1, 150) n WHERE a.id = $1 ON CONFLICT DO NOTHING`,
    [wallet.accountNumberId],
  );

describe('the search for what an unanswered try made', () => {
  it('is left out after a refusal: there is nothing to be found', async () => {
    const poor = await readyWallet({ pattern: 'B' });
    await depositInto(fintoc, poor, 30_000);
    await fintoc.control('POST', '/daily-settlement', { account_id: poor.accountId });
    const { id } = await withdraw(operator, poor);
    await submitWithdrawals();
    await fault('GET', 'html_500');
    for (const submitRound of [2, 3]) {
      await skipPauses();
      await submitWithdrawals();
      expect(await withdrawalRow(id)).toMatchObject({ status: 'queued', submitRound, submittedAt: null });
    }
    expect(await faultsLeft()).toBe(1);
    await fintoc.calm();
    await fintoc.fund(poor.accountId, 40_000);
    await skipPauses();
    await settleAll(fintoc);
    expect(await payoutsOf(id)).toHaveLength(1);
  });

  it('finds by its mark what a Fintoc whose clock is many hours from ours has dated before it was asked for', async () => {
    await fault('POST', 'reset', { when: 'after_commit' });
    await fintoc.control('POST', '/delivery-rules', { drop: true, count: 1 });
    const { id } = await withdraw(operator, wallet);
    await submitWithdrawals();
    await fintoc.deliveriesDone();
    await fintoc.sql(
      `UPDATE sandbox.transfers SET transaction_date = transaction_date - interval '20 hours'
       WHERE metadata->>'withdrawal_id' = $1`,
      [id],
    );
    // Nothing but the search stands between it and a second payment.
    await fintoc.sql('DELETE FROM sandbox.idempotency_keys');
    await skipPauses();
    await settleAll(fintoc);
    expect(await payoutsOf(id)).toHaveLength(1);
    expect(await withdrawalRow(id)).toMatchObject({ status: 'succeeded', submitRound: 0 });
  });

  it('is one for all of an account', async () => {
    const ids: string[] = [];
    await fault('POST', 'reset', { when: 'before_commit', count: 6 });
    await fault('POST', 'reset', { when: 'after_commit', count: 6 });
    for (let nth = 0; nth < 12; nth += 1) ids.push((await withdraw(operator, wallet)).id);
    // However slow this machine is, none comes up again before all were tried once.
    const later = { nextAttemptAt: new Date(Date.now() + 3_600_000) };
    while ((await submitWithdrawals()) > 0)
      await db().withdrawal.updateMany({ where: { status: 'submitting' }, data: later });
    expect(await faultsLeft()).toBe(0);
    await skipPauses();
    await fault('GET', 'slow', { delay_ms: 1, count: 1 });
    await fault('GET', 'slow', { delay_ms: 1, count: 1 });
    expect(await submitWithdrawals()).toBe(12);
    expect(await faultsLeft()).toBe(1);
    await fintoc.calm();
    await settleAll(fintoc);
    for (const id of ids) expect(await payoutsOf(id)).toHaveLength(1);
  });

  it('waits its turn among the other reads', async () => {
    const id = await unanswered();
    const waitMs = 900;
    await db().$executeRaw`
      INSERT INTO rate_slots (key, next_at) VALUES ('fintoc.reads', now() + make_interval(secs => ${waitMs / 1_000}))
      ON CONFLICT (key) DO UPDATE SET next_at = excluded.next_at`;
    const began = performance.now();
    await submitWithdrawals();
    expect(performance.now() - began).toBeGreaterThan(waitMs * 0.8);
    await settleAll(fintoc);
    expect(await payoutsOf(id)).toHaveLength(1);
  });

  it('of many pages keeps the lease that it has', async () => {
    await somePages();
    const id = await unanswered();
    await fault('GET', 'slow', { delay_ms: 600 });
    await fault('GET', 'slow', { delay_ms: 600 });
    const searching = submitWithdrawals();
    await eventually(async () => (await faultsLeft()) === 1);
    await db().withdrawal.update({ where: { id }, data: { leaseUntil: new Date(Date.now() + 500) } });
    await eventually(async () => (await faultsLeft()) === 0);
    const { leaseUntil, submitAttempts } = await withdrawalRow(id);
    expect(leaseUntil?.getTime()).toBeGreaterThan(Date.now() + 60_000);
    expect(await submitWithdrawals()).toBe(0);
    await searching;
    await settleAll(fintoc);
    expect(await withdrawalRow(id)).toMatchObject({ status: 'succeeded', submitAttempts });
    expect(await payoutsOf(id)).toHaveLength(1);
  });

  it('stops after the page in which another worker took over, and sends nothing', async () => {
    await somePages();
    const id = await unanswered();
    await fault('GET', 'slow', { delay_ms: 600 });
    await fault('GET', 'slow', { delay_ms: 1 });
    const searching = submitWithdrawals();
    await eventually(async () => (await faultsLeft()) === 1);
    await db().withdrawal.update({ where: { id }, data: { submitAttempts: { increment: 1 } } });
    await searching;
    expect(await faultsLeft()).toBe(1);
    expect(await payoutsOf(id)).toEqual([]);
    await fintoc.calm();
    await skipPauses();
    await settleAll(fintoc);
    expect(await payoutsOf(id)).toHaveLength(1);
  });
});
