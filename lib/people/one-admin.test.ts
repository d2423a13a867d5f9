import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Actor, type OperatorActor, system } from '~/lib/actor';
import { decidersFor } from '~/lib/approvals/acts';
import { fourEyesOff } from '~/lib/approvals/four-eyes';
import { changePayoutConditions, looserFrom, payoutConditions } from '~/lib/approvals/versions';
import { db } from '~/lib/db';
import { decideApproval } from '~/lib/deciding/registry';
import { changeOperator, createOperator, inviteOperator } from '~/lib/people/access';
import { setPasswordByLink } from '~/lib/people/links';
import { askForReset } from '~/lib/people/lost-access';
import { signIn } from '~/lib/people/sign-in';
import { releaseBreak } from '~/lib/proof/resolve';
import { can, ROLES, type RoleName } from '~/lib/roles';
import { approveWaiting } from '~/lib/testing/approvals';
import { withTestDatabase } from '~/lib/testing/database';
import { fundWallet, type OpenWallet, someClabe, someWallet } from '~/lib/testing/factories';
import { withdraw, withdrawalRow } from '~/lib/testing/journeys';
import { tamper } from '~/lib/testing/tampering';
import { blockBeneficiary, unblockBeneficiary } from '~/lib/withdrawals/beneficiaries';
import { approveWithdrawal } from '~/lib/withdrawals/withdrawals';

withTestDatabase();

const MUCH = 6_000_000n;
const PASSWORD = 'correcto caballo';
const TAKEN = 'robada por una sola';
const NONE = { MXN: null, CLP: null };
const refused = (code: string) => expect.objectContaining({ code });

let wallet: OpenWallet;
let serial = 0;

beforeAll(async () => {
  wallet = await someWallet();
  await fundWallet(wallet, 10_000_000_000n);
});

type Person = OperatorActor & { email: string };

/** Whoever has the link sets the password: who asked for it may be the one. */
const setUnder = (link: string | undefined, newPassword: string) =>
  setPasswordByLink(
    { ip: '', userAgent: '' },
    { token: link?.split('/').at(-1) ?? '', newPassword, repeatedPassword: newPassword },
  );

async function person(role: RoleName, by: Actor = system('setup')): Promise<Person> {
  serial += 1;
  const [email, called] = [`p${serial}@monedero.test`, `P${serial}`];
  if (by.kind === 'operator') {
    const { id, name, secret } = await inviteOperator(by, { email, name: called, role });
    await setUnder(secret, PASSWORD);
    return { kind: 'operator', id, name, role, email };
  }
  const { id, name } = await createOperator(by, { email, name: called, role, password: PASSWORD });
  return { kind: 'operator', id, name, role, email };
}

const waits = (action: string, subjectId: string) =>
  db().approval.findFirst({ where: { action, subjectId, state: 'waiting' } });
const pay = (by: OperatorActor, to = someClabe('012')) =>
  withdraw(by, wallet, { amount: MUCH, destination: to });

/** Nobody is left of whoever was before. */
async function nobodyElse(): Promise<void> {
  await db().operator.updateMany({ data: { disabledAt: new Date() } });
}

describe('one admin alone cannot get money out, where somebody else could decide', () => {
  let admin: Person;
  let approver: Person;

  beforeEach(async () => {
    await nobodyElse();
    [admin, approver] = [await person('admin'), await person('approver')];
  });

  /** What the admin asked for about this waits, and neither they nor a second session of theirs decide it. */
  async function expectWaiting(action: string, subjectId: string): Promise<void> {
    const asked = await waits(action, subjectId);
    expect(asked, action).toMatchObject({ askedById: admin.id });
    const approvalId = asked?.id ?? '';
    const session = { ...admin, ip: '10.0.0.2', userAgent: 'another' };
    for (const verdict of ['approved', 'declined'] as const)
      await expect(decideApproval(session, { approvalId, verdict, reason: 'x' })).rejects.toEqual(
        refused('own_request'),
      );
  }

  it('by approving what they asked for, from two sessions', async () => {
    const { id } = await pay(admin);
    for (const session of [admin, { ...admin, ip: '10.0.0.2' }])
      await expect(approveWithdrawal(session, { withdrawalId: id })).rejects.toEqual(refused('own_request'));
    expect(await fourEyesOff()).toBeNull();
  });

  it.each(['operator', 'approver', 'admin'] as const)(
    'by a new %s: nobody of theirs comes in',
    async (role) => {
      const made = await person(role, admin);
      expect(await signIn(made.email, PASSWORD)).toBeNull();
      await expectWaiting('operator.enrol', made.id);
      await expect(changeOperator(admin, { id: made.id, role, disabled: false })).resolves.toMatchObject({
        disabledAt: expect.any(Date),
      });
      await approveWaiting(approver, { action: 'operator.enrol', subjectId: made.id });
      expect(await signIn(made.email, PASSWORD)).not.toBeNull();
      // Even so neither decides on what the other asks for, for a day.
      const { id } = await pay(admin);
      if (role !== 'operator')
        await expect(approveWithdrawal(made, { withdrawalId: id })).rejects.toEqual(
          refused('not_independent'),
        );
      const theirs = await pay(made);
      await expect(approveWithdrawal(admin, { withdrawalId: theirs.id })).rejects.toEqual(
        refused('not_independent'),
      );
      await approveWithdrawal(approver, { withdrawalId: id });
    },
  );

  it('by giving more power to somebody, or their access back', async () => {
    const [operator, gone] = [await person('operator'), await person('approver')];
    await changeOperator(system('setup'), { id: gone.id, role: 'approver', disabled: true });
    await changeOperator(admin, { id: operator.id, role: 'approver', disabled: false });
    await changeOperator(admin, { id: gone.id, role: 'approver', disabled: false });
    for (const { id } of [operator, gone]) await expectWaiting('operator.change', id);
    expect(await db().operator.findUnique({ where: { id: operator.id } })).toMatchObject({
      role: 'operator',
    });
    expect(await signIn(gone.email, PASSWORD)).toBeNull();
    // Less is done at once.
    const less = await changeOperator(admin, { id: operator.id, role: 'viewer', disabled: false });
    expect(less).toMatchObject({ role: 'viewer' });
    const asked = await waits('operator.change', operator.id);
    await expect(
      decideApproval(approver, { approvalId: asked?.id ?? '', verdict: 'approved' }),
    ).rejects.toEqual(refused('operator_changed'));
  });

  it.each(['approver', 'operator', 'viewer'] as const)('by the password of an %s', async (role) => {
    const victim = role === 'approver' ? approver : await person(role);
    const form = { id: victim.id, requestId: crypto.randomUUID() };
    const { secret } = await askForReset(admin, form);
    await expectWaiting('operator.password', victim.id);
    await expect(askForReset(admin, form), 'sent again').resolves.toMatchObject({ id: victim.id });
    await expect(setUnder(secret, TAKEN)).rejects.toEqual(refused('link_over'));
    expect(await signIn(victim.email, TAKEN)).toBeNull();
    expect(await signIn(victim.email, PASSWORD)).not.toBeNull();
    await expect(askForReset(admin, { id: victim.id })).rejects.toEqual(refused('approval_waits'));
  });

  it('by another threshold', async () => {
    const form = { amount: NONE, firstPayment: NONE, requestId: crypto.randomUUID() };
    await changePayoutConditions(admin, form);
    await changePayoutConditions(admin, form);
    await expectWaiting('rule.change', 'withdrawal.pay');
    expect(await pay(admin)).toMatchObject({ status: 'awaiting_approval' });
    const before = await payoutConditions();
    await approveWaiting(approver, { action: 'rule.change', subjectId: 'withdrawal.pay' });
    expect(await payoutConditions()).toEqual({ amount: NONE, firstPayment: NONE });
    await changePayoutConditions(system('setup'), before);
  });

  it('by letting a blocked CLABE be paid again', async () => {
    const number = someClabe('012');
    await blockBeneficiary(approver, { number, reason: 'Reportada por fraude' });
    await unblockBeneficiary(admin, { number, reason: 'Es de alguien de confianza' });
    await expectWaiting('beneficiary.unblock', number);
    await expect(pay(admin, number)).rejects.toEqual(refused('beneficiary_blocked'));
  });

  it('by becoming the only one: whoever else decides loses it at no one person’s word', async () => {
    const other = await person('admin');
    await changeOperator(admin, { id: other.id, role: 'viewer', disabled: false });
    await changeOperator(admin, { id: approver.id, role: 'operator', disabled: false });
    await expectWaiting('operator.change', approver.id);
    expect(await db().operator.findUnique({ where: { id: approver.id } })).toMatchObject({
      role: 'approver',
    });
    expect(await fourEyesOff()).toBeNull();
  });

  it('by changing the role of the last other one, who would decide on nothing of theirs for a day', async () => {
    const other = await person('admin');
    await changeOperator(system('setup'), { id: approver.id, role: 'viewer', disabled: false });
    await changeOperator(admin, { id: other.id, role: 'approver', disabled: false });
    await expectWaiting('operator.change', other.id);
    expect(await fourEyesOff()).toBeNull();
  });
});

it('who could decide is the same to Postgres as in the table of roles', async () => {
  await nobodyElse();
  const people = await Promise.all(ROLES.map((role) => person(role)));
  const asker = await person('operator');
  const may = people.filter(({ role }) => can(role, 'approvals:decide')).map(({ id }) => id);
  expect((await decidersFor(db(), asker.id)).sort()).toEqual(may.sort());
});

describe('where nobody else could decide, acts are done and audited as done alone', () => {
  let admin: Person;

  beforeEach(async () => {
    await nobodyElse();
    admin = await person('admin');
  });

  const alone = () => db().auditEntry.count({ where: { action: 'approval.alone', actorId: admin.id } });

  it('and still no money leaves by a new approver, a new operator or a password', async () => {
    expect(await fourEyesOff()).toEqual({ why: 'one_person', name: admin.name });
    const old = await person('operator');
    const [approver, operator] = [await person('approver', admin), await person('operator', admin)];
    await setUnder((await askForReset(admin, { id: old.id })).secret, TAKEN);
    expect(await alone()).toBe(3);
    for (const { email } of [approver, operator]) expect(await signIn(email, PASSWORD)).not.toBeNull();
    expect(await signIn(old.email, TAKEN)).not.toBeNull();
    expect(await fourEyesOff()).toEqual({ why: 'made_by_one', name: admin.name });

    const { id } = await pay(admin);
    await expect(approveWithdrawal(approver, { withdrawalId: id })).rejects.toEqual(
      refused('not_independent'),
    );
    for (const asker of [operator, old, approver]) {
      const { id: theirs } = await pay(asker);
      await expect(approveWithdrawal(admin, { withdrawalId: theirs })).rejects.toEqual(
        refused('not_independent'),
      );
      expect(await withdrawalRow(theirs)).toMatchObject({ status: 'awaiting_approval' });
    }
  });

  it('nor are payouts let go on in spite of a break', async () => {
    const approver = await person('approver', admin);
    const { accountId } = wallet;
    const { id: breakId } = await db().proofBreak.create({
      data: {
        ...{ accountId, asset: 'MXN', kind: 'order', subject: 'mov_x', cure: 'wait', at: new Date() },
        ...{ expected: 1n, actual: 0n, difference: 1n },
      },
    });
    const release = (by: OperatorActor) => releaseBreak(by, { breakId, reason: 'Da igual' });
    expect(await release(admin)).toEqual({ released: false });
    await expect(release(approver)).rejects.toEqual(refused('not_independent'));
    const passing = db().proofBreak.update({ where: { id: breakId }, data: { state: 'released' } });
    await expect(passing).rejects.toThrow(/let pass by two people/);
    expect(await release(await person('approver'))).toEqual({ released: true });
    await db().proofBreak.update({ where: { id: breakId }, data: { state: 'cured', curedAt: new Date() } });
  });

  it('and a looser rule applies a day later, whatever is changed with it', async () => {
    const before = await payoutConditions();
    await changePayoutConditions(admin, { amount: NONE });
    await changePayoutConditions(admin, { firstPayment: { MXN: '1', CLP: '1' } });
    expect(await payoutConditions(), 'stricter at once').toEqual({
      ...before,
      firstPayment: { MXN: '1', CLP: '1' },
    });
    await changePayoutConditions(admin, { amount: NONE, firstPayment: NONE });
    expect(await looserFrom()).toEqual(expect.any(Date));
    expect(await pay(admin)).toMatchObject({ status: 'awaiting_approval' });
    expect(await alone()).toBe(3);
    await tamper(`UPDATE approval_rules SET from_at = from_at - interval '24 hours'`);
    expect(await payoutConditions()).toEqual({ amount: NONE, firstPayment: NONE });
    await changePayoutConditions(system('setup'), before);
  });

  it('but Postgres refuses it as soon as somebody could', async () => {
    const { id } = await db().approval.create({
      data: {
        ...{ action: 'rule.change', subjectType: 'approval_rule', subjectId: 'x', facts: {}, ruleVersion: 1 },
        ...{ steps: [{ people: 1 }], askedById: admin.id, askedByName: admin.name, reason: 'x' },
      },
    });
    const doing = () =>
      db().approval.update({
        where: { id },
        data: { state: 'approved', endedAt: new Date(), alone: true },
      });
    const approver = await person('approver');
    await expect(doing()).rejects.toThrow(/alone where nobody else could decide/);
    await changeOperator(system('setup'), { id: approver.id, role: 'viewer', disabled: false });
    await doing();
    const money = await db().approval.findFirstOrThrow({
      where: { action: 'withdrawal.pay', state: 'waiting' },
    });
    await expect(
      db().approval.update({
        where: { id: money.id },
        data: { state: 'approved', endedAt: new Date(), alone: true },
      }),
    ).rejects.toThrow(/alone where nobody else could decide/);
  });
});
