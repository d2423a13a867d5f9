import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import { ACTIONS } from '~/lib/approvals/actions';
import { ask } from '~/lib/approvals/ask';
import { decide, endUndecided, type Verdict } from '~/lib/approvals/decide';
import { callOff, say, wordsOn } from '~/lib/approvals/words';
import { db, transaction } from '~/lib/db';
import { can, ROLES } from '~/lib/roles';
import { withTestDatabase } from '~/lib/testing/database';
import { someOperator } from '~/lib/testing/factories';
import { tamper } from '~/lib/testing/tampering';

withTestDatabase();

const action = 'adjustment.post' as const;
let asker: OperatorActor;
let approver: OperatorActor;
let other: OperatorActor;

beforeAll(async () => {
  asker = await someOperator();
  approver = await someOperator('approver');
  other = await someOperator('admin');
});

const asked = (actor = asker, subjectId: string = randomUUID()) =>
  transaction((tx) => ask(tx, actor, { action, subjectId, facts: { amount: 5n }, reason: 'Error' }));
const decided = (actor: OperatorActor, { subjectId }: { subjectId: string }, how: Verdict['verdict']) =>
  transaction((tx) => decide(tx, actor, { action, subjectId }, { verdict: how }));
const row = ({ id }: { id: string }) =>
  db().approval.findUniqueOrThrow({ where: { id }, include: { decisions: true } });
const refused = (code: string) => expect.objectContaining({ code });

/** The second made or changed the first's account so many hours ago. */
const changed = (operatorId: string, byId: string, what: string, hours: number) =>
  tamper(
    `INSERT INTO operator_changes (id, operator_id, by_id, what, at)
     VALUES (gen_random_uuid(), $1, $2, $3, now() - make_interval(mins => $4))`,
    [operatorId, byId, what, Math.round(hours * 60)],
  );

describe('what somebody asks for', () => {
  it('waits, by the rule of then, with what is decided on', async () => {
    const approval = await asked();
    expect(approval).toMatchObject({
      ...{ action, subjectType: 'adjustment', state: 'waiting', ruleVersion: 1, steps: [{ people: 1 }] },
      ...{ facts: { amount: '5' }, askedById: asker.id, askedByName: asker.name },
      expiresAt: new Date(approval.askedAt.getTime() + 7 * 86_400_000),
    });
  });

  it.each(['approved', 'declined'] as const)('is %s by somebody else, once', async (verdict) => {
    const approval = await asked();
    await expect(decided(asker, approval, verdict)).rejects.toEqual(refused('own_request'));
    expect(await decided(approver, approval, verdict)).toMatchObject({
      isDone: true,
      approval: { state: verdict },
    });
    expect(await row(approval)).toMatchObject({
      endedAt: expect.any(Date),
      decisions: [{ verdict, operatorId: approver.id, operatorName: approver.name }],
    });
    await expect(decided(other, approval, verdict)).rejects.toThrow(/waits for a decision/);
  });

  it('of two who decide at once, and of who decides and who calls off, one does', async () => {
    const sides = (approval: { subjectId: string }) => [
      () => decided(approver, approval, 'approved'),
      () => decided(other, approval, 'declined'),
      () => transaction((tx) => endUndecided(tx, { action, subjectId: approval.subjectId }, 'cancelled')),
      () => transaction((tx) => endUndecided(tx, { action, subjectId: approval.subjectId }, 'expired')),
    ];
    for (let round = 0; round < 5; round += 1) {
      const approval = await asked();
      const results = await Promise.allSettled(sides(approval).map((side) => side()));
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      const { state, decisions } = await row(approval);
      expect(decisions).toHaveLength(state === 'approved' || state === 'declined' ? 1 : 0);
    }
  });

  it('takes as many people as its rule says', async () => {
    const approval = await asked();
    await tamper(`UPDATE approvals SET steps = '[{"people": 2}]' WHERE id = $1`, [approval.id]);
    expect(await decided(approver, approval, 'approved')).toMatchObject({ isDone: false });
    await expect(decided(approver, approval, 'approved')).rejects.toThrow(/Unique constraint/);
    expect(await row(approval)).toMatchObject({ state: 'waiting' });
    expect(await decided(other, approval, 'approved')).toMatchObject({ isDone: true });
  });

  it.each([
    ['made', 'the asker’s account', (by: string, whose: string) => [whose, by]],
    ['role', 'the asker’s role', (by: string, whose: string) => [whose, by]],
    ['password', 'the asker’s password', (by: string, whose: string) => [whose, by]],
    ['made', 'the approver’s account', (by: string, whose: string) => [by, whose]],
  ] as const)('is not decided where one %s %s within a day', async (what, _whose, pair) => {
    const [one, two] = [await someOperator('admin'), await someOperator('admin')];
    const approval = await asked(one);
    const [operatorId = '', byId = ''] = pair(two.id, one.id);
    await changed(operatorId, byId, what, 23.9);
    for (const verdict of ['approved', 'declined'] as const)
      await expect(decided(two, approval, verdict)).rejects.toEqual(refused('not_independent'));
    expect(await decided(other, approval, 'approved')).toMatchObject({ isDone: true });

    const [three, four] = [await someOperator('admin'), await someOperator('admin')];
    await changed(three.id, four.id, what, 24.1);
    expect(await decided(three, await asked(four), 'approved')).toMatchObject({ isDone: true });
  });
});

describe('a word', () => {
  const word = (actor: OperatorActor, subjectId: string, outcome: string) =>
    transaction((tx) =>
      say(tx, actor, { action: 'withdrawal.end', subjectId, facts: { outcome }, reason: `${outcome}!` }),
    );

  it('is decided by the same word of somebody else, and by no other', async () => {
    const id = randomUUID();
    expect(await word(approver, id, 'paid')).toBe('said');
    expect(await word(approver, id, 'paid')).toBe('said_before');
    expect(await word(other, id, 'not_paid')).toBe('said');
    expect(await word(other, id, 'paid')).toBe('decided');
    expect(await wordsOn('withdrawal.end', id)).toMatchObject([
      { operatorId: approver.id, reason: 'paid!', facts: { outcome: 'paid' } },
      { operatorId: other.id, reason: 'paid!', facts: { outcome: 'paid' } },
    ]);
    expect(await db().approval.count({ where: { subjectId: id, state: 'waiting' } })).toBe(0);
  });

  it('is taken back by another one, and waits no more once the thing is another', async () => {
    const id = randomUUID();
    await word(approver, id, 'paid');
    expect(await word(approver, id, 'not_paid')).toBe('said');
    expect(await word(other, id, 'paid')).toBe('said');
    expect(await wordsOn('withdrawal.end', id)).toMatchObject([
      { operatorId: approver.id, facts: { outcome: 'not_paid' } },
      { operatorId: other.id, facts: { outcome: 'paid' } },
    ]);
    await transaction((tx) => callOff(tx, ['withdrawal.end'], id));
    expect(await wordsOn('withdrawal.end', id)).toEqual([]);
  });

  it('of one whose account the other made within a day is no second one', async () => {
    const [one, two] = [await someOperator('admin'), await someOperator('approver')];
    await changed(two.id, one.id, 'made', 1);
    const id = randomUUID();
    await word(one, id, 'paid');
    await expect(word(two, id, 'paid')).rejects.toEqual(refused('not_independent'));
  });
});

/** As whoever writes past every verb, with the rights that web and worker have. */
describe('PostgreSQL refuses', () => {
  const decision = (approvalId: string, operatorId: string, verdict: Verdict['verdict'] = 'approved') =>
    db().approvalDecision.create({ data: { approvalId, operatorId, operatorName: 'x', verdict } });
  const ended = (id: string, state: 'approved' | 'declined' | 'cancelled') =>
    db().approval.update({ where: { id }, data: { state, endedAt: new Date() } });

  it('a decision by who asked, a second by one person, and one after the end', async () => {
    const approval = await asked();
    await expect(decision(approval.id, asker.id)).rejects.toThrow(/who asked does not decide/);
    await decision(approval.id, approver.id);
    await expect(decision(approval.id, approver.id, 'declined')).rejects.toThrow(/Unique constraint/);
    await ended(approval.id, 'approved');
    await expect(decision(approval.id, other.id)).rejects.toThrow(/stays as it was made/);
    await expect(ended(approval.id, 'declined')).rejects.toThrow(/stays so/);
  });

  it('a decision by somebody whose account, role or password the asker made or changed within a day', async () => {
    const tied = await someOperator('approver');
    const approval = await asked();
    await changed(tied.id, asker.id, 'password', 1);
    await expect(decision(approval.id, tied.id)).rejects.toThrow(/within a day does not decide/);
    await changed(asker.id, other.id, 'role', 23);
    const again = await asked();
    await expect(decision(again.id, other.id)).rejects.toThrow(/within a day does not decide/);
    expect(await decision(again.id, approver.id)).toMatchObject({ verdict: 'approved' });
    await tamper('DELETE FROM operator_changes WHERE operator_id = $1', [asker.id]);
  });

  it('a decision by whose role may not decide, or who may not sign in any more', async () => {
    const approval = await asked();
    for (const role of ROLES) {
      const { id } = await someOperator(role);
      const may = Object.values(ACTIONS).map(({ decide }) => can(role, decide));
      expect(new Set(may).size, `${role} decides on all or on nothing`).toBe(1);
      const deciding = decision((await asked()).id, id);
      if (may[0]) expect(await deciding).toMatchObject({ operatorId: id });
      else await expect(deciding).rejects.toThrow(/who may decide/);
    }
    const gone = await someOperator('approver');
    await db().operator.update({ where: { id: gone.id }, data: { disabledAt: new Date() } });
    await expect(decision(approval.id, gone.id)).rejects.toThrow(/who may decide/);
  });

  it('an end that nobody decided, and a beginning at the end', async () => {
    const approval = await asked();
    await expect(ended(approval.id, 'approved')).rejects.toThrow(/as many people approve/);
    await expect(ended(approval.id, 'declined')).rejects.toThrow(/somebody declines it/);
    await decision(approval.id, approver.id, 'declined');
    await expect(ended(approval.id, 'approved')).rejects.toThrow(/as many people approve/);
    const { id, ...facts } = approval;
    const born = { ...facts, subjectId: randomUUID(), facts: {}, steps: [{ people: 1 }], fired: [] };
    await expect(
      db().approval.create({ data: { ...born, state: 'approved', endedAt: new Date() } }),
    ).rejects.toThrow(/what is asked for waits/);
  });

  it.each([
    'UPDATE approvals SET asked_by_id = gen_random_uuid()',
    `UPDATE approvals SET facts = '{}'`,
    `UPDATE approvals SET steps = '[]'`,
    `UPDATE approvals SET subject_id = ''`,
    'DELETE FROM approvals',
    'UPDATE approval_decisions SET operator_id = gen_random_uuid()',
    'DELETE FROM approval_decisions',
    `UPDATE approval_rules SET conditions = '{}'`,
    'DELETE FROM approval_rules',
    'DELETE FROM operator_changes',
    `UPDATE operator_changes SET at = now() - interval '2 days'`,
  ])('%s', async (sql) => {
    await expect(db().$executeRawUnsafe(sql)).rejects.toThrow(/permission denied|append-only/);
  });
});
