import { beforeAll, describe, expect, it } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import { decide } from '~/lib/approvals/decide';
import { db, transaction } from '~/lib/db';
import { withTestDatabase } from '~/lib/testing/database';
import { fundWallet, someClabe, someOperator, someTerms, someWallet } from '~/lib/testing/factories';
import { withdraw, withdrawalRow } from '~/lib/testing/journeys';
import { tamper } from '~/lib/testing/tampering';
import { isAsApproved, sealOf } from '~/lib/withdrawals/seal';
import { approveWithdrawal, cancelWithdrawal, declineWithdrawal } from '~/lib/withdrawals/withdrawals';

withTestDatabase();

const OVER_THRESHOLD = 5_000_000n;
let operator: OperatorActor;
let approver: OperatorActor;

beforeAll(async () => {
  operator = await someOperator('operator');
  approver = await someOperator('approver');
});

async function asked(amount = OVER_THRESHOLD) {
  const terms = await someTerms({ withdrawalFeeAmount: 5n });
  const wallet = await someWallet({ termsId: terms.id });
  await fundWallet(wallet, 100_000_000n);
  // By somebody who asks for nothing else: what one person asks for within a day counts together.
  return withdraw(await someOperator(), wallet, { amount });
}

async function approved() {
  const { id } = await asked();
  await approveWithdrawal(approver, { withdrawalId: id });
  return withdrawalRow(id);
}

const writing = (id: string, sql: string) =>
  db().$executeRawUnsafe(`UPDATE withdrawals SET ${sql} WHERE id = '${id}'`);

describe('a withdrawal is sealed by Postgres', () => {
  it('as it was asked for, with what lib makes of the row', async () => {
    const row = await withdrawalRow((await asked(10_000n)).id);
    expect(row).toMatchObject({ status: 'queued', requestHash: sealOf(row), approvedHash: null });
    expect(isAsApproved(row)).toBe(true);
  });

  it('again when somebody approves it, and not when somebody declines it or calls it off', async () => {
    const row = await approved();
    expect(row).toMatchObject({ status: 'queued', approvedById: approver.id, approvedHash: row.requestHash });
    expect(isAsApproved(row)).toBe(true);

    const declined = await asked();
    await declineWithdrawal(approver, { withdrawalId: declined.id, reason: 'no' });
    expect(await withdrawalRow(declined.id)).toMatchObject({ approvedById: approver.id, approvedHash: null });
    const cancelled = await asked();
    await cancelWithdrawal(operator, { withdrawalId: cancelled.id, reason: 'no' });
    expect(await withdrawalRow(cancelled.id)).toMatchObject({ approvedById: null, approvedHash: null });
  });

  it('whatever whoever writes it says that its seal is', async () => {
    const { id } = await asked();
    const forging = `status = 'queued', approved_by_id = '${approver.id}', approved_hash = 'forged'`;
    await expect(writing(id, forging), 'an approver who decided nothing').rejects.toThrow(
      /by a decision on it/,
    );
    const subject = { action: 'withdrawal.pay', subjectId: id } as const;
    await transaction((tx) => decide(tx, approver, subject, { verdict: 'approved' }));
    await writing(id, forging);
    const row = await withdrawalRow(id);
    expect(row.approvedHash).toBe(row.requestHash);
  });
});

describe('of a withdrawal Postgres refuses', () => {
  it.each([
    'id = gen_random_uuid()',
    'wallet_id = gen_random_uuid()',
    `account_id = 'acc_other'`,
    `asset = 'CLP'`,
    'amount = amount + 1',
    'fee_amount = 0',
    `destination = '${someClabe('012')}'`,
    `destination_kind = 'name'`,
    `beneficiary_name = 'Other'`,
    `beneficiary_tax_id = 'OTRO800101AB1'`,
    `beneficiary_bank = 'Other'`,
    'requested_by_id = gen_random_uuid()',
    `request_id = 'other'`,
    `request_hash = 'other'`,
  ])('another %s, waiting or approved', async (sql) => {
    for (const { id } of [await asked(), await approved()])
      await expect(writing(id, sql)).rejects.toThrow(/stays what was asked for/);
  });

  it('to take back its approver, or to name another', async () => {
    const { id } = await approved();
    const other = await someOperator('approver');
    for (const sql of [
      'approved_by_id = NULL',
      `approved_by_id = '${other.id}'`,
      'approved_hash = NULL',
      `approved_hash = 'x'`,
    ])
      await expect(writing(id, sql)).rejects.toThrow(/a decision on a withdrawal stays/);
  });

  it('an approver of what needed none, and to let out what waits without one', async () => {
    const small = await asked(10_000n);
    await expect(writing(small.id, `approved_by_id = '${approver.id}'`)).rejects.toThrow(/a decision/);
    const { id } = await asked();
    for (const status of ['queued', 'submitting', 'pending', 'succeeded'])
      await expect(writing(id, `status = '${status}'`)).rejects.toThrow(/let out by somebody/);
    expect(await withdrawalRow(id)).toMatchObject({ status: 'awaiting_approval' });
  });

  it('to be deleted', async () => {
    const { id } = await asked();
    await expect(db().$executeRawUnsafe(`DELETE FROM withdrawals WHERE id = '${id}'`)).rejects.toThrow();
    expect(await withdrawalRow(id)).toMatchObject({ id });
  });
});

describe('what was changed behind the back of all that', () => {
  it.each([
    ['amount = amount + 1', '1 more'],
    [`destination = '${someClabe('012')}'`, 'another CLABE'],
    [`destination_kind = 'name'`, 'no CLABE'],
    [`account_id = 'acc_other'`, 'another account'],
    ['approved_hash = NULL', 'no approval'],
    ['approved_by_id = NULL', 'no approver'],
  ])('%s, is not as approved (%s)', async (sql) => {
    const { id } = await approved();
    await tamper(`UPDATE withdrawals SET ${sql} WHERE id = $1`, [id]);
    expect(isAsApproved(await withdrawalRow(id))).toBe(false);
  });

  it('is not as approved either where it is sealed anew after the approval', async () => {
    const { id } = await approved();
    await tamper('UPDATE withdrawals SET amount = amount + 1 WHERE id = $1', [id]);
    await tamper('UPDATE withdrawals w SET request_hash = withdrawal_hash(w) WHERE id = $1', [id]);
    expect(isAsApproved(await withdrawalRow(id))).toBe(false);
  });
});
