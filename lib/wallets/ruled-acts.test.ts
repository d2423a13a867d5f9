import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type OperatorActor, system } from '~/lib/actor';
import type { RuledAction } from '~/lib/approvals/actions';
import { cancelAct } from '~/lib/approvals/acts';
import type { Conditions } from '~/lib/approvals/conditions';
import { changeRule } from '~/lib/approvals/own-rules';
import { db } from '~/lib/db';
import { expireApprovals } from '~/lib/deciding/registry';
import { tryRule } from '~/lib/deciding/tryout';
import { changeTerms } from '~/lib/terms/terms';
import { approveWaiting, waitedLonger } from '~/lib/testing/approvals';
import { withTestDatabase } from '~/lib/testing/database';
import { someDebtor } from '~/lib/testing/debtor';
import { WEBHOOK_SECRET } from '~/lib/testing/deliveries';
import { fundWallet, type OpenWallet, someOperator, someTerms, someWallet } from '~/lib/testing/factories';
import { requestDebtPlan } from '~/lib/transfers/debt-plans';
import { quarantineNumber } from '~/lib/wallets/quarantine';
import { closeWallet, freezeWallet, unfreezeWallet } from '~/lib/wallets/status';
import { freezeTogether } from '~/lib/wallets/together';

process.env.FINTOC_WEBHOOK_SECRET = WEBHOOK_SECRET;
withTestDatabase();

const reason = 'Lo pidió Cumplimiento';
const waits = expect.objectContaining({ code: 'rule_asks' });
let operator: OperatorActor;
let approver: OperatorActor;
let wallet: OpenWallet;
const rules = new Map<RuledAction, string>();

async function rule(action: RuledAction, mode: 'on' | 'off' = 'on') {
  const { id } = await changeRule(system('setup'), {
    ...{ action, name: action, mode, rule: rules.get(action) },
    ...{ conditions: { walletKinds: ['customer'] }, steps: [{ people: 1 }] },
  });
  rules.set(action, id);
}

beforeAll(async () => {
  [operator, approver] = [await someOperator(), await someOperator('approver')];
});
beforeEach(async () => {
  wallet = await someWallet();
});
afterAll(async () => {
  for (const action of rules.keys()) await rule(action, 'off');
});

const statusOf = async ({ id }: { id: string }) =>
  (await db().wallet.findUniqueOrThrow({ where: { id } })).status;

describe('where a rule says so, what is done to a wallet', () => {
  it('waits for somebody else, and is done by their decision', async () => {
    const walletId = wallet.id;
    await freezeWallet(operator, { walletId, reason });
    await unfreezeWallet(operator, { walletId, reason });
    for (const action of ['wallet.freeze', 'wallet.unfreeze', 'wallet.close'] as const) await rule(action);

    await expect(freezeWallet(operator, { walletId, reason, direction: 'debits' })).rejects.toEqual(waits);
    expect(await statusOf(wallet)).toBe('open');
    await expect(freezeWallet(operator, { walletId, reason })).rejects.toMatchObject({
      code: 'approval_waits',
    });
    await approveWaiting(approver, { action: 'wallet.freeze', subjectId: walletId });
    const frozen = await db().wallet.findUniqueOrThrow({ where: { id: walletId } });
    expect(frozen).toMatchObject({ status: 'frozen', frozenDirection: 'debits', statusReason: reason });

    await expect(unfreezeWallet(operator, { walletId, reason })).rejects.toEqual(waits);
    await approveWaiting(approver, { action: 'wallet.unfreeze', subjectId: walletId });
    expect(await statusOf(wallet)).toBe('open');

    await expect(closeWallet(operator, { walletId, reason, closedBy: 'customer' })).rejects.toEqual(waits);
    await approveWaiting(approver, { action: 'wallet.close', subjectId: walletId });
    expect(await db().wallet.findUniqueOrThrow({ where: { id: walletId } })).toMatchObject({
      ...{ status: 'closed', closedBy: 'customer' },
    });
  });

  it('waits for nothing that could not be done, and leaves no trace of having been tried', async () => {
    await rule('wallet.close');
    await fundWallet(wallet, 100n);
    const closing = { walletId: wallet.id, reason, closedBy: 'platform' } as const;
    await expect(closeWallet(operator, closing)).rejects.toMatchObject({ code: 'wallet_not_empty' });
    expect(await db().approval.count({ where: { subjectId: wallet.id } })).toBe(0);
    await rule('wallet.freeze');
    await expect(freezeWallet(operator, { walletId: wallet.id, reason })).rejects.toEqual(waits);
    expect(await db().lifecycleAct.count({ where: { subjectId: wallet.id } })).toBe(0);
  });

  it('stays undone where it is taken back, or nobody decides in time', async () => {
    await rule('wallet.freeze');
    const walletId = wallet.id;
    const ask = () => expect(freezeWallet(operator, { walletId, reason })).rejects.toEqual(waits);
    await ask();
    const { id: approvalId } = await db().approval.findFirstOrThrow({ where: { subjectId: walletId } });
    await cancelAct(operator, { approvalId });
    await ask();
    await waitedLonger(walletId, 73);
    await expireApprovals();
    const states = await db().approval.findMany({ where: { subjectId: walletId }, select: { state: true } });
    expect(states.map(({ state }) => state).sort()).toEqual(['cancelled', 'expired']);
    expect(await statusOf(wallet)).toBe('open');
  });

  it('waits as well where it is done to all wallets of a customer', async () => {
    await rule('wallet.freeze');
    const { customerId } = await db().wallet.findUniqueOrThrow({ where: { id: wallet.id } });
    const id = customerId ?? '';
    const whole = { subject: 'customer', id } as const;
    await expect(freezeTogether(operator, whole, { reason })).rejects.toEqual(waits);
    expect(await db().approval.findFirst({ where: { subjectId: id } })).toMatchObject({
      ...{ subjectType: 'customer', action: 'wallet.freeze', state: 'waiting' },
    });
    await approveWaiting(approver, { action: 'wallet.freeze', subjectId: id });
    expect(await statusOf(wallet)).toBe('frozen');
  });

  it('is the end of a CLABE too', async () => {
    await rule('wallet.close', 'off');
    await rule('number.quarantine');
    await closeWallet(operator, { walletId: wallet.id, reason, closedBy: 'customer' });
    const accountNumberId = wallet.numberId;
    await expect(quarantineNumber(operator, { accountNumberId, reason })).rejects.toEqual(waits);
    await approveWaiting(approver, { action: 'number.quarantine', subjectId: accountNumberId });
    const { quarantineEndsAt } = await db().accountNumber.findUniqueOrThrow({
      where: { id: accountNumberId },
    });
    expect(quarantineEndsAt).not.toBeNull();
    const admin = await someOperator('admin');
    const looked = await tryRule(admin, { action: 'number.quarantine', conditions: { patterns: ['A'] } });
    expect(looked).toMatchObject({ looked: 1, waits: 1 });
  });
});

it('what takes a second person anyway takes those of a rule as well, and is tried on what was asked', async () => {
  const admin = await someOperator('admin');
  const ask = async (action: RuledAction, conditions: Conditions) =>
    changeRule(system('setup'), { action, conditions, name: 'Dos', mode: 'on', steps: [{ people: 2 }] });
  const steps = async (action: RuledAction, subjectId: string) =>
    (await db().approval.findFirstOrThrow({ where: { action, subjectId } })).steps;

  const { id: termsId } = await someTerms({});
  await ask('terms.change', {});
  await changeTerms(admin, { id: termsId, withdrawalFeeAmount: 100n });
  expect(await steps('terms.change', termsId)).toEqual([{ people: 2 }]);

  await ask('debt.plan', { asset: 'MXN', amount: { from: '500' }, patterns: ['A'] });
  const plan = async (owed: number, amount: bigint) => {
    const debtor = await someDebtor(owed);
    await requestDebtPlan(admin, {
      ...{ walletId: debtor.id, asset: 'MXN', amount, every: 'week', inDays: 0, reason },
    });
    return steps('debt.plan', debtor.id);
  };
  expect(await plan(1_000, 500n)).toEqual([{ people: 2 }]);
  expect(await plan(1_000, 499n)).toEqual([{ people: 1 }]);
  const tried = { conditions: { asset: 'MXN', amount: { from: '500' } } };
  expect(await tryRule(admin, { action: 'debt.plan', ...tried })).toMatchObject({ looked: 2, waits: 1 });
  expect(await tryRule(admin, { action: 'terms.change', conditions: {} })).toMatchObject({ waits: 1 });
});
