import { beforeAll, describe, expect, it } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import { decide } from '~/lib/approvals/decide';
import { db, transaction } from '~/lib/db';
import { withTestDatabase } from '~/lib/testing/database';
import { fundWallet, someClabe, someOperator, someTerms, someWallet } from '~/lib/testing/factories';
import { withdraw, withdrawalRow } from '~/lib/testing/journeys';
import { isAsApproved, sealOf } from '~/lib/testing/seals';
import { tamper } from '~/lib/testing/tampering';
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
    expect(await isAsApproved(row)).toBe(true);
  });

  it('again when somebody approves it, and not when somebody declines it or calls it off', async () => {
    const row = await approved();
    expect(row).toMatchObject({ status: 'queued', approvedById: approver.id, approvedHash: row.requestHash });
    expect(await isAsApproved(row)).toBe(true);

    const declined = await asked();
    await declineWithdrawal(approver, { withdrawalId: declined.id, reason: 'no' });
    expect(await withdrawalRow(declined.id)).toMatchObject({ approvedById: approver.id, approvedHash: null });
    const cancelled = await asked();
    await cancelWithdrawal(operator, { withdrawalId: cancelled.id, reason: 'no' });
    expect(await withdrawalRow(cancelled.id)).toMatchObject({ approvedById: null, approvedHash: null });
  });

  it('whatever whoever writes it says that its approval is', async () => {
    const { id } = await asked();
    const letOut = `status = 'queued'`;
    await expect(writing(id, letOut), 'by nobody').rejects.toThrow(/by a decision on it/);
    const forging = { where: { subjectId: id }, data: { state: 'approved', endedAt: new Date() } } as const;
    await expect(db().approval.updateMany(forging), 'who decided nothing').rejects.toThrow(/as many people/);
    const other = { facts: { requestHash: 'forged' } };
    await expect(db().approval.updateMany({ ...forging, data: other })).rejects.toThrow();
    const subject = { action: 'withdrawal.pay', subjectId: id } as const;
    await transaction((tx) => decide(tx, approver, subject, { verdict: 'approved' }));
    await writing(id, letOut);
    const row = await withdrawalRow(id);
    expect(row.approvedHash).toBe(row.requestHash);
  });

  it('and an approval of something else lets nothing out', async () => {
    const { id } = await asked();
    await tamper(`UPDATE approvals SET facts = facts || '{"requestHash":"other"}' WHERE subject_id = $1`, [
      id,
    ]);
    const approving = approveWithdrawal(approver, { withdrawalId: id });
    await expect(approving).rejects.toThrow(/by a decision on it/);
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
    `approval_reason = NULL`,
  ])('another %s, waiting or approved', async (sql) => {
    for (const { id } of [await asked(), await approved()])
      await expect(writing(id, sql)).rejects.toThrow(/stays what was asked for/);
  });

  it('to take back its approver, or to name another', async () => {
    const { id } = await approved();
    const other = await someOperator('approver');
    await expect(writing(id, `status = 'awaiting_approval'`)).rejects.toThrow(
      /a decision on a withdrawal stays/,
    );
    const { id: approvalId } = await db().approval.findFirstOrThrow({ where: { subjectId: id } });
    for (const sql of [
      `UPDATE approval_decisions SET operator_id = '${other.id}' WHERE approval_id = '${approvalId}'`,
      `DELETE FROM approval_decisions WHERE approval_id = '${approvalId}'`,
      `UPDATE approvals SET facts = facts - 'requestHash' WHERE id = '${approvalId}'`,
      `DELETE FROM approvals WHERE id = '${approvalId}'`,
    ])
      await expect(db().$executeRawUnsafe(sql), sql).rejects.toThrow(/append-only|permission denied/);
    const back = { state: 'waiting' as const, endedAt: null };
    await expect(db().approval.update({ where: { id: approvalId }, data: back })).rejects.toThrow(
      /what was decided stays so/,
    );
  });

  it('to let out what waits without an approver', async () => {
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
  ])('%s, is not as approved (%s)', async (sql) => {
    const { id } = await approved();
    await tamper(`UPDATE withdrawals SET ${sql} WHERE id = $1`, [id]);
    expect(await isAsApproved({ id })).toBe(false);
  });

  it.each([
    [`UPDATE approvals SET facts = facts - 'requestHash' WHERE subject_id = $1`, 'of nothing'],
    [`UPDATE approvals SET state = 'declined' WHERE subject_id = $1`, 'that was declined'],
    [
      'DELETE FROM approval_decisions d USING approvals a WHERE a.id = d.approval_id AND a.subject_id = $1',
      'by nobody',
    ],
    [
      `UPDATE approval_decisions d SET operator_id = a.asked_by_id FROM approvals a WHERE a.id = d.approval_id AND a.subject_id = $1`,
      'by who asked',
    ],
    ['UPDATE approvals SET subject_id = gen_random_uuid() WHERE subject_id = $1', 'of another withdrawal'],
  ])('%s, is not as approved (an approval %s)', async (sql) => {
    const { id } = await approved();
    await tamper(sql, [id]);
    expect(await isAsApproved({ id })).toBe(false);
  });

  it('is not as approved either where it is sealed anew after the approval', async () => {
    const { id } = await approved();
    await tamper('UPDATE withdrawals SET amount = amount + 1 WHERE id = $1', [id]);
    await tamper('UPDATE withdrawals w SET request_hash = withdrawal_hash(w) WHERE id = $1', [id]);
    expect(await isAsApproved({ id })).toBe(false);
  });
});
