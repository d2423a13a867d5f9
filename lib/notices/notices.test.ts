import { randomUUID } from 'node:crypto';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type OperatorActor, system } from '~/lib/actor';
import { evaluateAlarms } from '~/lib/alarms/evaluate';
import { changeRule } from '~/lib/approvals/own-rules';
import { db } from '~/lib/db';
import { decideApproval } from '~/lib/deciding/registry';
import { chooseNotices, noticeChoices } from '~/lib/notices/choices';
import { NOTICE_KINDS, NOTICE_MODES } from '~/lib/notices/kinds';
import { countUnread, forgetNotices, listNotices, readAllNotices, readNotice } from '~/lib/notices/read';
import { tellPeople } from '~/lib/notices/tell';
import { ROLES, type RoleName } from '~/lib/roles';
import { askStatement } from '~/lib/statements/ask';
import { stopPayouts } from '~/lib/stops/stops';
import { withTestDatabase } from '~/lib/testing/database';
import { fundWallet, someOperator, someWallet } from '~/lib/testing/factories';
import { withdraw } from '~/lib/testing/journeys';
import { happens, tellAll, toldTo } from '~/lib/testing/notices';
import { made } from '~/lib/testing/statements';
import { asSuperuser, tamper } from '~/lib/testing/tampering';

withTestDatabase();

const people = {} as Record<RoleName, OperatorActor>;
beforeAll(async () => {
  for (const role of ROLES) people[role] = await someOperator(role);
});
beforeEach(async () => {
  await tellAll();
  await db().notice.deleteMany();
});

const kindsOf = async (person: { id: string }) => (await toldTo(person)).map(({ kind }) => kind);
const told = async () => {
  const said = await db().notice.findMany({ select: { operatorId: true } });
  return ROLES.filter((role) => said.some(({ operatorId }) => operatorId === people[role].id));
};

describe('who is told', () => {
  it('of a break is who acts on it or answers for it, with its page', async () => {
    const id = randomUUID();
    await happens('proof.broken', 'proof_break', id);
    await tellAll();
    expect(await told()).toEqual(['operator', 'approver', 'auditor', 'admin']);
    expect(await toldTo(people.approver)).toMatchObject([
      { kind: 'proof_broken', path: `/proof/breaks/${id}`, mode: 'mail', readAt: null },
    ]);
  });

  it('of payouts that somebody stops, and of a standstill, each by what it is', async () => {
    await stopPayouts(people.operator, { reason: 'Algo raro' });
    await happens('standstill.opened', 'standstill', randomUUID());
    await tellAll();
    expect(await told()).toEqual(['support', 'operator', 'approver', 'auditor', 'admin']);
    expect((await toldTo(people.support)).map(({ detail, path }) => [detail, path])).toEqual([
      ['stop', '/cash'],
      ['standstill', '/proof/restored'],
    ]);
  });

  it('of an alarm is told once when it is raised, with how many', async () => {
    const wrong = (kind: string) => ({
      kind,
      find: async () => [{ subject: kind, count: 7, path: '/inbox/dead' }],
    });
    for (const _again of [1, 2])
      await evaluateAlarms({ everyMs: 0, conditions: [wrong('dead_letters'), wrong('webhook_off')] });
    await tellAll();
    expect(await toldTo(people.operator)).toMatchObject([
      { kind: 'dead_letters', count: 7, path: '/inbox/dead' },
    ]);
    expect(await told()).toEqual(['operator', 'admin']);
  });

  it('of a KYB is told what came of it; of limits only who chose it', async () => {
    await happens('onboarding.rejected', 'entity', 'ent_1');
    const wallet = await someWallet();
    await happens('limit.approached', 'wallet', wallet.id, { percent: 90, limit: 'dayAmount' });
    await tellAll();
    expect(await told()).toEqual(['support', 'operator']);
    await chooseNotices(people.viewer, { limit_used: 'app' });
    await happens('limit.reached', 'wallet', wallet.id, { percent: 100, limit: 'dayAmount' });
    await tellAll();
    expect(await toldTo(people.viewer)).toMatchObject([{ detail: '100', path: `/wallets/${wallet.id}` }]);
    expect(await listNotices(people.viewer)).toMatchObject({
      items: [{ about: expect.stringContaining('Ana') }],
    });
    const customerId = wallet.customerId ?? '';
    await happens('limit.approached', 'customer', customerId, { percent: 70, portfolioId: randomUUID() });
    await tellAll();
    expect((await toldTo(people.viewer)).map(({ path }) => path)).toContain(`/customers/${customerId}`);
    await chooseNotices(people.viewer, { limit_used: 'off' });
  });

  it('of a statement is who asked for it, when it is made and when it can’t be', async () => {
    const wallet = await someWallet();
    await fundWallet(wallet, 1_000n);
    const today = new Date().toISOString().slice(0, 10);
    const [now, long] = [
      { from: today, to: today },
      { from: '2025-01-01', to: '2025-01-31' },
    ];
    const file = { format: 'xlsx', locale: 'en', timeZone: 'UTC' } as const;
    const one = await askStatement(people.auditor, { scope: 'wallet', scopeId: wallet.id, ...now, ...file });
    const none = await askStatement(people.auditor, { scope: 'all', ...long, ...file });
    const states = [(await made(one)).state, (await made(none)).state];
    await tellAll();
    expect(await told()).toEqual(['auditor']);
    expect(states).toEqual(['ready', 'failed']);
    expect((await toldTo(people.auditor)).map(({ detail }) => detail)).toEqual(states);
  });
});

describe('what waits for a decision', () => {
  it('is told to who may decide on it, never to who asked; with the next step to whose turn it is', async () => {
    await changeRule(system('setup'), {
      ...{ action: 'withdrawal.pay', name: 'Todos', mode: 'on', conditions: { asset: 'MXN' } },
      steps: [
        { people: 1, role: 'approver' },
        { people: 1, role: 'admin' },
      ],
    });
    const wallet = await someWallet();
    await fundWallet(wallet, 100_000n);
    const { id } = await withdraw(people.operator, wallet, { amount: 1_000n });
    await tellAll();
    expect(await told()).toEqual(['approver']);
    expect(await toldTo(people.approver)).toMatchObject([
      { kind: 'approval_waiting', detail: 'withdrawal.pay', path: '/approvals' },
    ]);
    const { id: approvalId } = await db().approval.findFirstOrThrow({ where: { subjectId: id } });
    await decideApproval(people.approver, { approvalId, verdict: 'approved' });
    await tellAll();
    expect(await told()).toEqual(['approver', 'admin']);
    expect(await kindsOf(people.approver)).toHaveLength(1);
  });

  it('is told to nobody once it was decided before they were', async () => {
    const wallet = await someWallet();
    await fundWallet(wallet, 100_000n);
    const { id } = await withdraw(people.operator, wallet, { amount: 1_000n });
    const { id: approvalId } = await db().approval.findFirstOrThrow({ where: { subjectId: id } });
    await decideApproval(people.approver, { approvalId, verdict: 'declined', reason: 'No' });
    await tellAll();
    expect(await told()).toEqual([]);
  });
});

describe('once of each event and person', () => {
  afterEach(() => asOwner('DROP TRIGGER IF EXISTS dies ON outbox_readers'));

  it('however many workers look at once, and where the reader begins anew', async () => {
    for (let nth = 0; nth < 5; nth += 1) await happens('proof.broken', 'proof_break', randomUUID());
    await Promise.all(Array.from({ length: 6 }, () => tellAll()));
    expect(await kindsOf(people.operator)).toHaveLength(5);
    await db().outboxReader.update({ where: { name: 'notices' }, data: { read: 0n, settled: 0n } });
    await db().notice.updateMany({ data: { readAt: new Date() } });
    await tellAll();
    const since = await toldTo(people.operator);
    expect(since.filter(({ readAt }) => readAt !== null)).toHaveLength(5);
    expect(new Set(since.map(({ eventId }) => eventId)).size).toBe(since.length);
  });

  it('where a worker dies between telling and noting how far it came, all of it is told later', async () => {
    await asOwner(`
      CREATE OR REPLACE FUNCTION dies() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'died'; END $$;
      CREATE TRIGGER dies BEFORE UPDATE ON outbox_readers FOR EACH ROW EXECUTE FUNCTION dies()`);
    await happens('proof.broken', 'proof_break', randomUUID());
    await expect.poll(() => tellPeople().catch((error: Error) => error.message)).toMatch(/died/);
    expect(await told()).toEqual([]);
    await asOwner('DROP TRIGGER dies ON outbox_readers');
    await tellAll();
    expect(await kindsOf(people.operator)).toEqual(['proof_broken']);
  });
});

describe('a choice', () => {
  it('is one’s own, of kinds that one’s role may see, and is written down', async () => {
    const viewer = await someOperator('viewer');
    // What one ordered when one still might is told whatever one became.
    const on = Object.entries(await noticeChoices(viewer)).filter(([, mode]) => mode !== 'off');
    expect(on).toEqual([['statements_ended', 'app']]);
    await chooseNotices(viewer, { kyb_decided: 'digest', approval_waiting: 'mail', statement_ready: 'app' });
    expect(await noticeChoices(viewer)).toMatchObject({ kyb_decided: 'digest' });
    expect(await db().noticeChoice.count({ where: { operatorId: viewer.id } })).toBe(1);
    const [entry] = await db().auditEntry.findMany({ where: { subjectId: viewer.id } });
    expect(entry).toMatchObject({
      action: 'operator.notices_chosen',
      before: { kyb_decided: 'off' },
      after: { kyb_decided: 'digest' },
    });
    // The same again is nothing new.
    await chooseNotices(viewer, { kyb_decided: 'digest' });
    expect(await db().auditEntry.count({ where: { subjectId: viewer.id } })).toBe(1);
  });

  it('holds from then on, and a role that is taken away takes what it saw with it', async () => {
    const person = await someOperator('approver');
    await chooseNotices(person, { proof_broken: 'off', statement_ready: 'mail' });
    await happens('proof.broken', 'proof_break', randomUUID());
    await tellAll();
    expect(await kindsOf(person)).toEqual([]);
    await db().operator.update({ where: { id: person.id }, data: { role: 'viewer' } });
    expect(await noticeChoices({ id: person.id, role: 'viewer' })).not.toHaveProperty('statement_ready');
    await db().operator.update({ where: { id: person.id }, data: { role: 'admin', disabledAt: new Date() } });
    await happens('payouts.stopped', 'payout_stop', randomUUID());
    await tellAll();
    expect(await kindsOf(person), 'who may not sign in is told nothing').toEqual([]);
  });

  it('is of every kind and mode that PostgreSQL takes', async () => {
    const admin = await someOperator('admin');
    for (const mode of NOTICE_MODES) {
      await chooseNotices(admin, Object.fromEntries(NOTICE_KINDS.map((kind) => [kind, mode])));
      expect(new Set(Object.values(await noticeChoices(admin)))).toEqual(new Set([mode]));
    }
  });
});

describe('the list', () => {
  it('goes from the newest on, page by page, and one’s own alone is read', async () => {
    const reader = await someOperator('operator');
    for (let nth = 0; nth < 7; nth += 1) await happens('proof.broken', 'proof_break', randomUUID());
    await tellAll();
    const pages: bigint[] = [];
    let cursor: string | undefined;
    do {
      const page = await listNotices(reader, { cursor, size: 3 });
      pages.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(pages).toHaveLength(7);
    expect(pages).toEqual(pages.toSorted((a, b) => Number(b - a)));
    const [newest = 0n, second = 0n] = pages;
    await readNotice(people.admin, { noticeId: newest });
    expect(await countUnread(reader), 'a colleague reads none of mine').toBe(7);
    await readNotice(reader, { noticeId: newest });
    expect(await countUnread(reader)).toBe(6);
    await readAllNotices(reader, { upTo: second });
    expect(await countUnread(reader)).toBe(0);
    expect((await listNotices(reader, { unread: true })).items).toEqual([]);
  });

  it('is kept for ninety days', async () => {
    await happens('proof.broken', 'proof_break', randomUUID());
    await tellAll();
    expect(await forgetNotices()).toBe(0);
    await tamper(`UPDATE notices SET created_at = now() - interval '91 days'`);
    expect(await forgetNotices()).toBeGreaterThan(0);
    expect(await db().notice.count()).toBe(0);
  });
});

/** As the owner of this file's database. */
async function asOwner(sql: string): Promise<void> {
  const client = await asSuperuser();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
