import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CONDITIONS, MOST_OF_A_KIND, type Wrong } from '~/lib/alarms/conditions';
import { evaluateAlarms } from '~/lib/alarms/evaluate';
import { listAlarms } from '~/lib/alarms/read';
import { setAlarmWebhook, setSubmittingMinutes } from '~/lib/alarms/settings';
import { db } from '~/lib/db';
import { seeConflicts } from '~/lib/inbox/conflicts';
import { pollTransfers } from '~/lib/inbox/sync';
import { checkLedger, lastLedgerCheck } from '~/lib/proof/ledger-check';
import { LeaseLost } from '~/lib/queue';
import { runSchedules } from '~/lib/schedules/run';
import { cancelSchedule, planSchedule } from '~/lib/schedules/schedules';
import { everyCustomer } from '~/lib/testing/customers';
import { withTestDatabase } from '~/lib/testing/database';
import { deliver, fintocEvent, fintocTransfer, WEBHOOK_SECRET } from '~/lib/testing/deliveries';
import { fundWallet, someClabe, someOperator, someSentWithdrawal, someWallet } from '~/lib/testing/factories';
import { breakAccount, provenWallet } from '~/lib/testing/proofs';
import { withLocalFintoc } from '~/lib/testing/sandbox';
import { columnsOf, tamper } from '~/lib/testing/tampering';

process.env.FINTOC_WEBHOOK_SECRET = WEBHOOK_SECRET;
withTestDatabase();
const fintoc = withLocalFintoc();

beforeAll(async () => {
  await pollTransfers();
  await checkLedger();
});
beforeEach(() => fintoc.calm());

const find = (kind: string): Promise<Wrong[]> =>
  CONDITIONS.find((each) => each.kind === kind)?.find() ?? Promise.reject(new Error(`No condition ${kind}.`));

describe('somebody is called', () => {
  it('for nothing where nothing is wrong', async () => {
    await provenWallet(fintoc);
    for (const { kind, find } of CONDITIONS)
      expect({ kind, found: await find() }).toEqual({ kind, found: [] });
  });

  it('for an account that parts from Fintoc, and for its break, each with its page', async () => {
    const { accountId } = await provenWallet(fintoc);
    const breakId = await breakAccount(fintoc, accountId);
    expect(await find('proof_red')).toEqual([{ subject: accountId, path: `/proof/accounts/${accountId}` }]);
    expect(await find('break_open')).toMatchObject([{ subject: breakId, path: `/proof/breaks/${breakId}` }]);
  });

  it('for a promise of the ledger that is broken, and when nobody has looked for long', async () => {
    const check = await lastLedgerCheck();
    const set = (value: object) => db().setting.update({ where: { key: 'ledgerChecked' }, data: { value } });
    const fault = { rule: 'entries_sum_to_zero', subject: '1', expected: '0', actual: '1' };
    await set({ ...check, faults: [fault, { ...fault, subject: '2' }] });
    expect(await find('ledger_red')).toEqual([{ subject: 'entries_sum_to_zero', path: '/proof' }]);
    await set({ ...check, at: new Date(Date.now() - 31 * 60_000).toISOString() });
    expect(await find('ledger_red')).toEqual([{ subject: 'not_checked', path: '/proof' }]);
    await set(check);
  });

  it('for dead letters, with how many', async () => {
    for (let nth = 0; nth < 3; nth += 1) {
      const event = fintocEvent(fintocTransfer({ accountId: 'acc_1' }));
      await deliver(event);
      await db().inboxEvent.update({ where: { id: event.id }, data: { state: 'dead' } });
    }
    expect(await find('dead_letters')).toMatchObject([
      { subject: 'inbox', count: 3, since: expect.any(Date), path: '/inbox/dead' },
    ]);
  });

  it('for payouts that fail for one reason, where they do so more than usual', async () => {
    const wallet = await someWallet();
    await fundWallet(wallet, 50_000n);
    const { id } = await someSentWithdrawal(wallet, await someOperator('admin'));
    const columns = await columnsOf('withdrawals');
    const failed = (count: number, ago: string) =>
      tamper(
        `INSERT INTO withdrawals (${columns}) SELECT ${columns} FROM (
           SELECT (jsonb_populate_record(w, jsonb_build_object('id', gen_random_uuid(), 'request_id', gen_random_uuid(),
             'status', 'failed', 'failure_code', 'clabe', 'updated_at', now() - $3::interval))).*
           FROM withdrawals w, generate_series(1, $2::int) WHERE w.id = $1) r`,
        [id, count, ago],
      );
    await failed(4, '10 minutes');
    await failed(3, '2 hours');
    expect(await find('withdrawals_failing')).toEqual([]);
    await failed(1, '10 minutes');
    expect(await find('withdrawals_failing')).toEqual([
      { subject: 'clabe', count: 5, since: expect.any(Date), path: '/withdrawals/failed' },
    ]);
    // Two an hour, all week: five are no news.
    await failed(2 * 7 * 24, '3 days');
    expect(await find('withdrawals_failing')).toEqual([]);
    await tamper(`DELETE FROM withdrawals WHERE failure_code = 'clabe' OR id = $1`, [id]);
  });

  it('for a withdrawal that has no answer for as long as Settings say', async () => {
    const admin = await someOperator('admin');
    const wallet = await someWallet();
    await fundWallet(wallet, 50_000n);
    const { id } = await someSentWithdrawal(wallet, admin);
    const sentAgo = (minutes: number) =>
      db().withdrawal.update({
        where: { id },
        data: { submittedAt: new Date(Date.now() - minutes * 60_000) },
      });
    await sentAgo(14);
    expect(await find('withdrawal_stuck')).toEqual([]);
    await sentAgo(16);
    expect(await find('withdrawal_stuck')).toMatchObject([{ subject: id, path: `/withdrawals/${id}` }]);
    await setSubmittingMinutes(admin, { minutes: 30 });
    expect(await find('withdrawal_stuck')).toEqual([]);
    await db().withdrawal.update({ where: { id }, data: { status: 'succeeded' } });
    await sentAgo(600);
    expect(await find('withdrawal_stuck')).toEqual([]);
  });

  it('for an account that has too little for what is let out of it, for as long as Settings say', async () => {
    const wallet = await someWallet();
    await fundWallet(wallet, 50_000n);
    const { id } = await someSentWithdrawal(wallet, await someOperator('admin'));
    const letOut = (createdAt: Date) =>
      db().withdrawal.update({ where: { id }, data: { status: 'queued', createdAt } });
    const long = new Date(Date.now() - 3_600_000);
    await letOut(long);
    expect(await find('cash_short')).toEqual([]);
    await tamper(`UPDATE ledger_accounts SET balance = 0 WHERE owner_id = $1 AND bucket = 'cash'`, [
      wallet.accountId,
    ]);
    expect(await find('cash_short')).toEqual([{ subject: wallet.accountId, since: long, path: '/cash' }]);
    await letOut(new Date());
    expect(await find('cash_short')).toEqual([]);
    await db().withdrawal.update({ where: { id }, data: { status: 'succeeded' } });
    await tamper(`UPDATE ledger_accounts SET balance = 50000 WHERE owner_id = $1 AND bucket = 'cash'`, [
      wallet.accountId,
    ]);
  });

  it('for what waits for approval and is about to expire, with how many', async () => {
    const wallet = await someWallet();
    await fundWallet(wallet, 50_000n);
    const waits = (hours: number) =>
      db().approval.create({
        data: {
          ...{
            action: 'withdrawal.pay',
            subjectType: 'withdrawal',
            subjectId: crypto.randomUUID(),
            facts: {},
          },
          ...{ ruleVersion: 1, steps: [], askedById: crypto.randomUUID(), askedByName: 'Omar', reason: '' },
          expiresAt: new Date(Date.now() + hours * 3_600_000),
        },
      });
    await waits(13);
    expect(await find('approvals_ending')).toEqual([]);
    const { id, askedAt } = await waits(11);
    expect(await find('approvals_ending')).toEqual([
      { subject: 'approvals', count: 1, since: askedAt, path: '/approvals' },
    ]);
    await db().approval.update({ where: { id }, data: { state: 'cancelled', endedAt: new Date() } });
  });

  it('for a deposit that was to go back, and hasn’t for as long as Settings say', async () => {
    await setSubmittingMinutes(await someOperator('admin'), { minutes: 15 });
    const { id: walletId } = await provenWallet(fintoc);
    const { id } = await db().transfer.findFirstOrThrow({ where: { walletId } });
    const asked = (minutes: number) => new Date(Date.now() - minutes * 60_000);
    const set = (data: { returnRequestedAt: Date | null }) => db().transfer.update({ where: { id }, data });
    await set({ returnRequestedAt: asked(14) });
    expect(await find('return_stuck')).toEqual([]);
    const since = asked(16);
    await set({ returnRequestedAt: since });
    expect(await find('return_stuck')).toEqual([{ subject: id, since, path: `/deposits/${id}` }]);
    await set({ returnRequestedAt: null });
    expect(await find('return_stuck')).toEqual([]);
  });

  it('for a scheduled withdrawal that was refused on its day, until a day of it goes well, or it is cancelled', async () => {
    const [operator, wallet] = [await someOperator(), await someWallet()];
    const { id } = await planSchedule(operator, {
      ...{ walletId: wallet.id, asset: 'MXN', amount: 10_000n, destination: someClabe('012') },
      ...{ every: 'month', startsOn: '2099-01-31', requestId: crypto.randomUUID() },
    });
    const comes = async () => {
      await db().schedule.update({ where: { id }, data: { nextAt: new Date(Date.now() - 1_000) } });
      await runSchedules();
      return find('schedule_refused');
    };
    const told = [
      {
        subject: id,
        since: expect.any(Date),
        path: `/withdrawals/scheduled?wallet=${wallet.id}`,
      },
    ];
    expect(await comes()).toEqual(told);
    await fundWallet(wallet, 10_000n);
    expect(await comes()).toEqual([]);
    expect(await comes()).toEqual(told);
    await cancelSchedule(operator, { scheduleId: id });
    expect(await find('schedule_refused')).toEqual([]);
  });

  it('for an event with two contents, until somebody has looked', async () => {
    const event = fintocEvent(fintocTransfer({ accountId: 'acc_1' }));
    await deliver(event);
    await deliver({ ...event, data: { ...event.data, amount: 1 } });
    expect(await find('event_conflict')).toMatchObject([{ subject: event.id, count: 1 }]);
    await seeConflicts(await someOperator(), { eventId: event.id, reason: 'Compared' });
    expect(await find('event_conflict')).toEqual([]);
  });
});

describe('the conditions', () => {
  it('carry nothing of a person and no amount out of the machine', async () => {
    await setAlarmWebhook(await someOperator('admin'), { url: 'http://127.0.0.1:9/' });
    await evaluateAlarms({ everyMs: 0 });
    const told = (await db().alarmMessage.findMany()).map(({ body }) => body);
    expect(told.length).toBeGreaterThan(2);
    const people = [
      ...(await everyCustomer()).flatMap(({ name, taxId }) => [name, taxId]),
      ...(await db().accountNumber.findMany()).map(({ number }) => number),
    ];
    for (const each of people) expect(told.join()).not.toContain(each);
    expect(told.join()).not.toContain('amount');
    const keys = new Set(told.flatMap((body) => Object.keys(JSON.parse(body).alarm)));
    expect([...keys].sort()).toEqual(['cleared_at', 'count', 'first_at', 'id', 'kind', 'since', 'subject']);
  });

  it('that a killed worker was asking are asked by the next, and what the dead one found is dropped', async () => {
    const evaluate = (find: () => Promise<Wrong[]>) =>
      evaluateAlarms({ everyMs: 0, conditions: [{ kind: 'dead_letters', find }] });
    const slow = evaluate(async () => {
      await db().queueItem.updateMany({ where: { queue: 'alarms' }, data: { leaseUntil: new Date(0) } });
      await evaluate(async () => [{ subject: 'wrong', path: '/' }]);
      return [{ subject: 'late', path: '/' }];
    });
    await expect(slow).rejects.toThrow(LeaseLost);
    const subjects = (await listAlarms()).map(({ subject }) => subject);
    expect(subjects).toContain('wrong');
    expect(subjects).not.toContain('late');
  });

  it('of which there is more than is looked at clear nothing that merely fell out of sight', async () => {
    const many = (from: number): Wrong[] =>
      Array.from({ length: MOST_OF_A_KIND + 5 }, (_, nth) => ({ subject: `s_${from + nth}`, path: '/' }));
    const evaluate = (wrong: Wrong[]) =>
      evaluateAlarms({ everyMs: 0, conditions: [{ kind: 'break_open', find: async () => wrong }] });
    const states = async () => (await listAlarms()).filter(({ subject }) => subject.startsWith('s_'));
    await evaluate(many(0));
    expect(await states()).toHaveLength(MOST_OF_A_KIND);
    await evaluate(many(3));
    expect((await states()).every(({ state }) => state === 'raised')).toBe(true);
    await evaluate([]);
    expect((await states()).every(({ state }) => state === 'cleared')).toBe(true);
  });
});
