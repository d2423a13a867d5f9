import { randomUUID } from 'node:crypto';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import { toJson } from '~/lib/audit/audit';
import { db, sqlState } from '~/lib/db';
import { expectSoundBooks, moneyOf } from '~/lib/testing/books';
import { withTestDatabase } from '~/lib/testing/database';
import { fundWallet, someClabe, someOperator, someTerms, someWallet } from '~/lib/testing/factories';
import { freezeWallet } from '~/lib/wallets/status';
import { askForWithdrawal } from '~/lib/withdrawals/asking';
import type { NewWithdrawal } from '~/lib/withdrawals/checks';
import { readKnown } from '~/lib/withdrawals/known';
import { requestWithdrawal } from '~/lib/withdrawals/withdrawals';

withTestDatabase();
afterEach(expectSoundBooks);

const OVER_THRESHOLD = 5_000_000n;

let operator: OperatorActor;

beforeAll(async () => {
  operator = await someOperator('operator');
});

async function asked(facts: Partial<NewWithdrawal> = {}): Promise<NewWithdrawal> {
  const terms = await someTerms({ withdrawalFeeAmount: 100n, withdrawalDayAmount: 100_000_000n });
  const wallet = await someWallet({ termsId: terms.id });
  await fundWallet(wallet, 100_000_000n);
  return {
    ...{ walletId: wallet.id, amount: 10_000n, destination: someClabe('012'), beneficiaryName: 'Ana López' },
    ...{ comment: 'Nómina', referenceId: '1234567', requestId: randomUUID(), ...facts },
  };
}

describe('a payout that is asked for', () => {
  it.each([
    ['is queued', 10_000n],
    ['waits', OVER_THRESHOLD],
  ])('and %s is answered as it is kept, as its audit row has it', async (_what, amount) => {
    const withdrawal = await requestWithdrawal(operator, await asked({ amount }));
    const { id } = withdrawal;
    expect(await db().withdrawal.findUniqueOrThrow({ where: { id } })).toEqual(withdrawal);
    const [audited] = await db().auditEntry.findMany({ where: { subjectId: id } });
    expect(audited?.after).toEqual(toJson(withdrawal));
    const [told] = await db().outboxEvent.findMany({ where: { subjectKind: 'withdrawal', subjectId: id } });
    expect(told?.auditId).toBe(audited?.id);
  });

  it('is told with what it waits for and what it moved, each thing after the one that it follows from', async () => {
    const input = await asked({ amount: OVER_THRESHOLD });
    const [newest] = await db().outboxEvent.findMany({ orderBy: { id: 'desc' }, take: 1 });
    await requestWithdrawal(operator, input);
    const told = await db().outboxEvent.findMany({
      where: { id: { gt: newest?.id ?? 0n } },
      orderBy: { id: 'asc' },
    });
    expect(told.map(({ type }) => type)).toEqual([
      'balance.changed',
      'approval.asked',
      'approval.waits',
      'withdrawal.requested',
    ]);
  });
});

describe('what was read', () => {
  const refusedAs = (work: Promise<unknown>) => work.then(() => null, sqlState);

  it('of a wallet that was frozen since moves nothing', async () => {
    const input = await asked();
    const known = await readKnown(db(), input);
    const before = await moneyOf({ id: input.walletId });
    const admin = await someOperator('admin');
    await freezeWallet(admin, { walletId: input.walletId, reason: 'Looks odd', requestId: randomUUID() });
    expect(await refusedAs(askForWithdrawal(db(), operator, input, known))).toBe('40001');
    expect(await moneyOf({ id: input.walletId })).toEqual(before);
    await expect(requestWithdrawal(operator, input)).rejects.toMatchObject({ code: 'wallet_not_open' });
    expect(await db().onceRequest.count({ where: { id: input.requestId } })).toBe(0);
  });

  it('before the same was asked for under its id makes no second one', async () => {
    const input = await asked();
    const known = await readKnown(db(), input);
    const { id } = await requestWithdrawal(operator, input);
    expect(await refusedAs(askForWithdrawal(db(), operator, { ...input, acceptedTwin: id }, known))).toBe(
      '40001',
    );
    expect((await requestWithdrawal(operator, input)).id).toBe(id);
  });
});
