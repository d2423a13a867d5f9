import { describe, expect, it } from 'vitest';
import type { Actor } from '~/lib/actor';
import { db } from '~/lib/db';
import { InvalidInputError } from '~/lib/errors';
import { changeTerms, createTerms, getTerms, readTerms } from '~/lib/terms/terms';
import { withTestDatabase } from '~/lib/testing/database';

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
    expect(refusal(() => readTerms('EUR', SWITCHES))).toEqual({ asset: 'unknown_asset' });
  });
});

describe('terms', () => {
  withTestDatabase();
  const facts = readTerms('MXN', { ...SWITCHES, withdrawalMaxAmount: '100' });

  it('are created and changed by an admin alone, each with one audit row of before and after', async () => {
    const { id } = await createTerms(admin, { name: 'premium', asset: 'MXN', ...facts });
    await changeTerms(admin, { id, ...facts, withdrawalMaxAmount: null });
    expect(await getTerms(id)).toMatchObject({ withdrawalMaxAmount: null, _count: { wallets: 0 } });
    await expect(changeTerms(auditor, { id, ...facts })).rejects.toMatchObject({ code: 'forbidden' });
    const audit = await db().auditEntry.findMany({ where: { subjectId: id }, orderBy: { id: 'asc' } });
    expect(audit.map(({ action }) => action)).toEqual(['wallet_terms.created', 'wallet_terms.changed']);
    expect(audit[1]).toMatchObject({
      before: { withdrawalMaxAmount: '10000' },
      after: { withdrawalMaxAmount: null },
    });
  });

  it('of a name that is taken are refused at the name', async () => {
    await createTerms(admin, { name: ' twi\u200Bce ', asset: 'MXN', ...facts });
    await expect(createTerms(admin, { name: 'twice', asset: 'CLP', ...facts })).rejects.toMatchObject({
      fields: { name: 'taken' },
    });
  });
});
