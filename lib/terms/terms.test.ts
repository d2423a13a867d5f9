import { describe, expect, it } from 'vitest';
import type { Actor } from '~/lib/actor';
import { db } from '~/lib/db';
import { decideApproval } from '~/lib/deciding/registry';
import { InvalidInputError } from '~/lib/errors';
import { PLAIN_TERMS } from '~/lib/terms/fields';
import { changeTerms, createTerms, listTerms, listVersions } from '~/lib/terms/terms';
import { readTerms } from '~/lib/terms/typed';
import { approveWaiting } from '~/lib/testing/approvals';
import { withTestDatabase } from '~/lib/testing/database';
import { someOperator, someWallet } from '~/lib/testing/factories';
import { inPesos } from '~/lib/testing/wallets';

const SWITCHES = { depositsEnabled: true, withdrawalsEnabled: false, refundFeeOnReturn: true };
const admin: Actor = { kind: 'operator', id: crypto.randomUUID(), name: 'Ada', role: 'admin' };
const auditor: Actor = { ...admin, role: 'auditor' };

function refusal(run: () => unknown): Record<string, string> {
  try {
    run();
  } catch (error) {
    if (error instanceof InvalidInputError) return error.fields;
    throw error;
  }
  return {};
}

describe('typed terms', () => {
  it("are read in the asset's decimals; an empty limit is none and an empty fee is nothing", () => {
    expect(
      readTerms('MXN', {
        ...SWITCHES,
        withdrawalMaxAmount: '50,000.50',
        withdrawalDayAmount: ' ',
        withdrawalFeeAmount: '5.8',
      }),
    ).toEqual({
      ...PLAIN_TERMS,
      ...SWITCHES,
      withdrawalMaxAmount: 5_000_050n,
      withdrawalDayAmount: null,
      depositFeeAmount: 0n,
      withdrawalFeeAmount: 580n,
    });
    expect(readTerms('CLP', { ...SWITCHES, withdrawalMaxAmount: '12.500' }).withdrawalMaxAmount).toBe(
      12_500n,
    );
  });

  it('are refused field by field, each for what is wrong with it: no amount, two readings, too many decimals, a limit of zero', () => {
    expect(
      refusal(() =>
        readTerms('MXN', {
          ...SWITCHES,
          withdrawalMaxAmount: '0',
          withdrawalDayAmount: 'mil',
          depositFeeAmount: '1.005',
          withdrawalFeeAmount: '1.0005',
        }),
      ),
    ).toEqual({
      withdrawalMaxAmount: 'amount_not_positive',
      withdrawalDayAmount: 'amount_format',
      depositFeeAmount: 'amount_ambiguous',
      withdrawalFeeAmount: 'amount_decimals',
    });
    expect(
      refusal(() =>
        readTerms('MXN', {
          ...SWITCHES,
          depositDayCount: '0',
          withdrawalFeeBps: '10001',
          minAge: '-3',
          withdrawalMinAmount: '2',
          withdrawalMaxAmount: '1',
        }),
      ),
    ).toEqual({
      depositDayCount: 'whole_number',
      withdrawalFeeBps: 'whole_number',
      minAge: 'whole_number',
      withdrawalMaxAmount: 'under_least',
    });
    expect(refusal(() => readTerms('EUR', SWITCHES))).toEqual({ asset: 'unknown_asset' });
  });
});

describe('terms', () => {
  withTestDatabase();
  const facts = readTerms('MXN', { ...SWITCHES, withdrawalMaxAmount: '100' });

  it('change by a version that an admin asks for and somebody else decides; who is under them stays', async () => {
    const [asks, decides] = [await someOperator('admin'), await someOperator('approver')];
    const first = await createTerms(asks, { name: 'premium', asset: 'MXN', ...facts });
    const wallet = await someWallet({ termsId: first.id });
    await expect(changeTerms(auditor, { id: first.id, ...facts })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await changeTerms(asks, { id: first.id, ...facts, withdrawalMaxAmount: null, withdrawalFeeBps: 25 });
    const asked = { action: 'terms.change', subjectId: first.id } as const;
    await expect(approveWaiting(asks, asked)).rejects.toMatchObject({ code: 'own_request' });
    expect(await listVersions('premium')).toHaveLength(1);
    await approveWaiting(decides, asked);
    const [second, was] = await listVersions('premium');
    expect(second).toMatchObject({ version: 2, withdrawalMaxAmount: null, withdrawalFeeBps: 25 });
    expect(was).toMatchObject({ version: 1, withdrawalMaxAmount: 10_000n, _count: { wallets: 1 } });
    expect((await inPesos(wallet.id)).termsId).toBe(first.id);
    const [named] = (await listTerms()).filter(({ name }) => name === 'premium');
    expect(named).toMatchObject({ version: 2, _count: { wallets: 1 } });
    const audit = await db().auditEntry.findMany({
      where: { subjectType: 'wallet_terms', subjectId: { in: [first.id, second?.id ?? ''] } },
      orderBy: { id: 'asc' },
    });
    expect(audit.map(({ action }) => action)).toEqual(['wallet_terms.created', 'wallet_terms.changed']);
    expect(audit[1]).toMatchObject({
      before: { withdrawalMaxAmount: '10000', version: 1 },
      after: { withdrawalMaxAmount: null, version: 2 },
    });
  });

  it('are asked for from their newest version alone, also where that came while the question waited', async () => {
    const [asks, other] = [await someOperator('admin'), await someOperator('admin')];
    const decides = await someOperator('approver');
    const { id } = await createTerms(asks, { name: 'raced', asset: 'MXN', ...facts });
    await changeTerms(asks, { id, withdrawalFeeBps: 1 });
    await changeTerms(other, { id, withdrawalFeeBps: 2 });
    const waiting = await db().approval.findMany({ where: { subjectId: id, state: 'waiting' } });
    const [one, two] = waiting.map(({ id: approvalId }) => ({ approvalId, verdict: 'approved' }) as const);
    if (!one || !two) throw new Error('Two wait.');
    await decideApproval(decides, one);
    await expect(decideApproval(decides, two)).rejects.toMatchObject({ code: 'conflict' });
    await expect(changeTerms(asks, { id, withdrawalFeeBps: 3 })).rejects.toMatchObject({ code: 'conflict' });
    expect(await listVersions('raced')).toHaveLength(2);
  });

  it('that stand are never changed or deleted, whoever tries', async () => {
    const { id } = await createTerms(admin, { name: 'stone', asset: 'MXN', ...facts });
    await expect(db().walletTerms.update({ where: { id }, data: { withdrawalFeeBps: 1 } })).rejects.toThrow();
    await expect(db().walletTerms.delete({ where: { id } })).rejects.toThrow();
  });

  it('of a name that is taken are refused at the name', async () => {
    await createTerms(admin, { name: ' twi\u200Bce ', asset: 'MXN', ...facts });
    await expect(createTerms(admin, { name: 'twice', asset: 'CLP', ...facts })).rejects.toMatchObject({
      fields: { name: 'taken' },
    });
  });
});
