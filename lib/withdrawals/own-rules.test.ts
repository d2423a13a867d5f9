import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type OperatorActor, system } from '~/lib/actor';
import { requestAdjustment } from '~/lib/adjustments/adjustments';
import type { Conditions } from '~/lib/approvals/conditions';
import { changeRule, type NewRule } from '~/lib/approvals/own-rules';
import { listRules } from '~/lib/approvals/rules-read';
import { db } from '~/lib/db';
import { listInbox } from '~/lib/deciding/inbox';
import { decideApproval } from '~/lib/deciding/registry';
import { tryRule } from '~/lib/deciding/tryout';
import { approveWaiting } from '~/lib/testing/approvals';
import { expectSoundBooks, moneyOf } from '~/lib/testing/books';
import { withTestDatabase } from '~/lib/testing/database';
import {
  fundWallet,
  type OpenWallet,
  someClabe,
  someOperator,
  someTerms,
  someWallet,
} from '~/lib/testing/factories';
import { withdraw, withdrawalRow } from '~/lib/testing/journeys';
import { freezeWallet } from '~/lib/wallets/status';

withTestDatabase();

let approver: OperatorActor;
let second: OperatorActor;
let admin: OperatorActor;
let made: { id: string; rule: NewRule }[] = [];

beforeAll(async () => {
  [approver, second, admin] = [
    await someOperator('approver'),
    await someOperator('approver'),
    await someOperator('admin'),
  ];
});

afterEach(async () => {
  for (const { id, rule } of made) await changeRule(system('setup'), { ...rule, rule: id, mode: 'off' });
  made = [];
  await expectSoundBooks();
});

const SMALL = 70_000n;
const anyOf = (conditions: Conditions, facts: Partial<NewRule> = {}): NewRule => ({
  ...{ action: 'withdrawal.pay', name: 'Regla', mode: 'on', conditions, steps: [{ people: 1 }] },
  ...facts,
});

/** A rule as it is once somebody else agreed. */
async function ruled(conditions: Conditions, facts: Partial<NewRule> = {}): Promise<string> {
  const rule = anyOf(conditions, facts);
  const { id } = await changeRule(system('setup'), rule);
  made.push({ id, rule });
  return id;
}

async function rich() {
  const wallet = await someWallet();
  await fundWallet(wallet, 10_000_000n);
  return wallet;
}

type Facts = NonNullable<Parameters<typeof withdraw>[2]>;
const asked = async (facts: Facts = {}, from?: OpenWallet) =>
  withdraw(await someOperator(), from ?? (await rich()), { amount: SMALL, ...facts });
const approvalOf = (subjectId: string) =>
  db().approval.findFirstOrThrow({ where: { subjectId }, include: { decisions: true } });
const refused = (code: string) => expect.objectContaining({ code });

describe('a rule that somebody makes', () => {
  it('waits for a second person, then has what it names wait, and says which it was', async () => {
    const { id } = await changeRule(admin, anyOf({ asset: 'MXN', amount: { from: '70000' } }));
    expect(await asked()).toMatchObject({ status: 'queued' });
    await expect(approveWaiting(admin, { action: 'rule.change', subjectId: id })).rejects.toEqual(
      refused('own_request'),
    );
    await approveWaiting(approver, { action: 'rule.change', subjectId: id });
    made.push({ id, rule: anyOf({}) });
    const waiting = await asked();
    expect(waiting).toMatchObject({ status: 'awaiting_approval', approvalReason: 'rule' });
    expect(await approvalOf(waiting.id)).toMatchObject({
      fired: [{ rule: id, version: 1, why: 'rule' }],
      steps: [{ people: 1 }],
    });
    expect(await asked({ amount: 69_999n })).toMatchObject({ status: 'queued' });
  });

  it('counts what one customer’s wallets were asked for within the hour', async () => {
    const one = await rich();
    await ruled({ asset: 'MXN', sum: { of: 'customer', within: 'hour', from: '140000' } });
    expect(await asked({}, one)).toMatchObject({ status: 'queued' });
    const other = await rich();
    await db().wallet.update({ where: { id: other.id }, data: { customerId: one.customerId } });
    expect(await asked({}, other)).toMatchObject({ approvalReason: 'rule' });
    expect(await asked()).toMatchObject({ status: 'queued' });
  });

  it('sees a name that changed, a young customer and another pattern', async () => {
    const changed = await ruled({ beneficiary: { is: 'changed', days: 7 } });
    const destination = someClabe('012');
    expect(await asked({ destination, beneficiaryName: 'Ana López' })).toMatchObject({ status: 'queued' });
    expect(await asked({ destination, beneficiaryName: 'ANA LOPEZ' })).toMatchObject({ status: 'queued' });
    const other = await asked({ destination, beneficiaryName: 'Pedro Ruiz' });
    expect(await approvalOf(other.id)).toMatchObject({ fired: [{ rule: changed }] });

    const old = await rich();
    await db().customer.update({
      where: { id: old.customerId ?? '' },
      data: { createdAt: new Date('2020-01-01') },
    });
    await ruled({ customerYoungerDays: 30, patterns: ['A'] });
    expect(await asked({}, old)).toMatchObject({ status: 'queued' });
    expect(await asked()).toMatchObject({ approvalReason: 'rule' });
  });

  it('sees under which terms the wallet is, whatever their version, here and in what it is tried on', async () => {
    const { id: termsId, name } = await someTerms({});
    const under = await someWallet({ termsId });
    await fundWallet(under, 10_000_000n);
    await ruled({ terms: name });
    expect(await asked({}, under)).toMatchObject({ approvalReason: 'rule' });
    expect(await asked()).toMatchObject({ status: 'queued' });
    await ruled({ terms: name }, { action: 'wallet.freeze' });
    const freeze = (walletId: string) => freezeWallet(admin, { walletId, reason: 'Lo pidió el banco' });
    await expect(freeze(under.id)).rejects.toEqual(refused('rule_asks'));
    await expect(freeze((await someWallet()).id)).resolves.toMatchObject({ status: 'frozen' });
    const tried = await tryRule(admin, { action: 'withdrawal.pay', conditions: { terms: name } });
    expect(tried).toMatchObject({ waits: 1, waited: 1 });
    const given = {
      fromWalletId: under.id,
      amount: 100n,
      reason: 'Comisión',
      requestId: crypto.randomUUID(),
    };
    await ruled({ terms: name }, { action: 'adjustment.post', steps: [{ people: 2 }] });
    const { id } = await requestAdjustment(admin, { ...given, toWalletId: (await someWallet()).id });
    expect(await approvalOf(id)).toMatchObject({ steps: [{ people: 2 }] });
  });

  it('is refused where it looks at what the action has not, and where nobody could fulfil it', async () => {
    await expect(
      changeRule(admin, anyOf({ customerYoungerDays: 3 }, { action: 'adjustment.post' })),
    ).rejects.toMatchObject({ fields: { customer: 'rule_not_of_action' } });
    await expect(
      changeRule(admin, anyOf({}, { steps: [{ people: 9 }, { people: 9 }] })),
    ).rejects.toMatchObject({
      fields: { people: 'too_few_people' },
    });
    await expect(changeRule(approver, anyOf({}))).rejects.toEqual(refused('forbidden'));
  });

  it('is refused where too few have the role that a step is for, and marked once they are gone', async () => {
    const admins = await db().operator.count({ where: { role: 'admin', disabledAt: null } });
    const steps = (people: number): NewRule['steps'] => [{ people: 1 }, { people, role: 'admin' }];
    await expect(changeRule(admin, anyOf({}, { steps: steps(admins + 1) }))).rejects.toMatchObject({
      fields: { people: 'too_few_people' },
    });
    const second = await someOperator('admin');
    const { id } = await changeRule(
      admin,
      anyOf({ amount: { from: '1' }, asset: 'MXN' }, { steps: steps(admins + 1) }),
    );
    await approveWaiting(approver, { action: 'rule.change', subjectId: id });
    const listed = async () => (await listRules()).find(({ rule }) => rule === id);
    expect(await listed()).toMatchObject({ mode: 'on', isFulfillable: true });
    await db().operator.update({ where: { id: second.id }, data: { disabledAt: new Date() } });
    expect(await listed()).toMatchObject({ isFulfillable: false });
    // Whoever is left can put it aside.
    await changeRule(admin, anyOf({}, { rule: id, mode: 'off', steps: steps(admins + 1) }));
    await approveWaiting(approver, { action: 'rule.change', subjectId: id });
    expect(await listed()).toMatchObject({ mode: 'off' });
  });
});

describe('steps', () => {
  it('go one after the other, each by its role, and the last one lets it out', async () => {
    await ruled({ asset: 'MXN' }, { steps: [{ people: 1 }, { people: 1, role: 'admin' }] });
    const { id } = await asked();
    const { id: approvalId } = await approvalOf(id);
    await decideApproval(approver, { approvalId, verdict: 'approved' });
    await expect(decideApproval(second, { approvalId, verdict: 'approved' })).rejects.toEqual(
      refused('step_for_role'),
    );
    const forged = { approvalId, operatorId: second.id, operatorName: 'x', verdict: 'approved' as const };
    await expect(db().approvalDecision.create({ data: forged })).rejects.toThrow(/this step is for the role/);
    const seenBy = async (reader: OperatorActor) =>
      (await listInbox(reader, { size: 100 })).items.find((item) => item.id === approvalId)?.standing;
    expect([await seenBy(approver), await seenBy(second), await seenBy(admin)]).toEqual([
      'role',
      'role',
      'decides',
    ]);
    expect(await withdrawalRow(id)).toMatchObject({ status: 'awaiting_approval' });
    await decideApproval(admin, { approvalId, verdict: 'approved' });
    expect(await withdrawalRow(id)).toMatchObject({ status: 'queued', approvedById: admin.id });
  });

  it('of two who approve at once are both counted, and of two who decide against each other one wins', async () => {
    await ruled({ asset: 'MXN' }, { steps: [{ people: 2 }] });
    for (let round = 0; round < 3; round += 1) {
      const wallet = await rich();
      const { id } = await asked({}, wallet);
      const { id: approvalId } = await approvalOf(id);
      await Promise.all([
        decideApproval(approver, { approvalId, verdict: 'approved' }),
        decideApproval(second, { approvalId, verdict: 'approved' }),
      ]);
      expect(await withdrawalRow(id)).toMatchObject({ status: 'queued' });
      expect(await approvalOf(id)).toMatchObject({ state: 'approved', decisions: { length: 2 } });

      const { id: other } = await asked({}, wallet);
      const { id: disputed } = await approvalOf(other);
      const results = await Promise.allSettled([
        decideApproval(approver, { approvalId: disputed, verdict: 'approved' }),
        decideApproval(second, { approvalId: disputed, verdict: 'declined', reason: 'No coincide' }),
      ]);
      expect(results[1]).toMatchObject({ status: 'fulfilled' });
      expect(await withdrawalRow(other)).toMatchObject({ status: 'declined' });
      expect((await moneyOf(wallet)).reserved).toBe(SMALL);
    }
  });
});

it('what waits goes on by the version of then, whatever becomes of its rule', async () => {
  const rule = await ruled({ asset: 'MXN' }, { steps: [{ people: 2 }] });
  const { id } = await asked();
  const { id: approvalId } = await approvalOf(id);
  await Promise.all([
    decideApproval(approver, { approvalId, verdict: 'approved' }),
    changeRule(system('setup'), { ...anyOf({ asset: 'MXN' }), rule }),
  ]);
  expect(await withdrawalRow(id), 'one of two').toMatchObject({ status: 'awaiting_approval' });
  const later = await asked();
  expect(await approvalOf(later.id)).toMatchObject({ fired: [{ rule, version: 2 }], steps: [{ people: 1 }] });
  await changeRule(system('setup'), { ...anyOf({ asset: 'MXN' }, { mode: 'off' }), rule });
  expect(await asked()).toMatchObject({ status: 'queued' });
  await decideApproval(second, { approvalId, verdict: 'approved' });
  expect(await withdrawalRow(id)).toMatchObject({ status: 'queued' });
});

it('in shadow it has nothing wait and says what would have, which is what trying it says afterwards', async () => {
  const destination = someClabe('012');
  const conditions: Conditions = {
    ...{ asset: 'MXN', amount: { from: '50000', to: '69000' }, patterns: ['A'] },
    sum: { of: 'beneficiary', within: 'day', from: '180000' },
    beneficiary: { is: 'new', days: 2 },
  };
  const rule = await ruled(conditions, { mode: 'shadow' });
  const ids: string[] = [];
  for (const amount of [60_000n, 65_000n, 69_000n, 69_001n, 51_000n]) {
    const { id, status } = await asked({ destination, amount });
    expect(status).toBe('queued');
    ids.push(id);
  }
  const shadows = await db().approvalShadow.findMany({ where: { rule } });
  expect(shadows.map(({ subjectId }) => subjectId).sort()).toEqual([ids[2], ids[4]].sort());
  expect(shadows.every(({ waited, version }) => !waited && version === 1)).toBe(true);

  const tried = await tryRule(admin, { action: 'withdrawal.pay', conditions });
  const found = tried.page.rows.filter(({ id }) => ids.includes(id));
  expect(found.map(({ id }) => id)).toEqual([ids[4], ids[2]]);
  expect(tried).toMatchObject({ days: 90, isCut: false });
  expect(tried.totals).toEqual([{ asset: 'MXN', count: 2, amount: 120_000n }]);
  await expect(db().$executeRaw`DELETE FROM approval_shadows`).rejects.toThrow(/permission denied/);
});
