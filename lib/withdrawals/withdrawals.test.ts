import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import { db } from '~/lib/db';
import { expireApprovals } from '~/lib/deciding/registry';
import { waitedLonger } from '~/lib/testing/approvals';
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
import { approveWithdrawal, cancelWithdrawal, declineWithdrawal } from '~/lib/withdrawals/withdrawals';

withTestDatabase();

const OVER_THRESHOLD = 5_000_000n;

let operator: OperatorActor;
let approver: OperatorActor;

beforeAll(async () => {
  operator = await someOperator('operator');
  approver = await someOperator('approver');
});

afterEach(expectSoundBooks);

async function rich(
  facts: Parameters<typeof someWallet>[0] = {},
  amount = 100_000_000n,
): Promise<OpenWallet> {
  const wallet = await someWallet(facts);
  await fundWallet(wallet, amount);
  return wallet;
}

const refused = (code: string) => expect.objectContaining({ code });

describe('a request', () => {
  it('holds amount and fee at once, and waits for nobody below the threshold', async () => {
    const wallet = await rich({ termsId: (await someTerms({ withdrawalFeeAmount: 700n })).id }, 20_000n);
    const withdrawal = await withdraw(operator, wallet, {
      comment: 'Renta mayo 2026',
      referenceId: '150195',
    });
    expect(withdrawal).toMatchObject({ status: 'queued', feeAmount: 700n, firstSeen: true });
    expect(await moneyOf(wallet)).toEqual({ available: 9_300n, reserved: 10_700n });
  });

  it('of which 50 come at once lets through exactly as many as the balance allows', async () => {
    const wallet = await rich({ termsId: (await someTerms({ withdrawalFeeAmount: 100n })).id }, 75_000n);
    const results = await Promise.allSettled(Array.from({ length: 50 }, () => withdraw(operator, wallet)));
    const failures = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
    expect(results.length - failures.length).toBe(7);
    for (const failure of failures) expect(failure).toEqual(refused('insufficient_funds'));
    expect(await moneyOf(wallet)).toEqual({ available: 75_000n - 70_700n, reserved: 70_700n });
    expect(await db().withdrawal.count({ where: { walletId: wallet.id } })).toBe(7);
  });

  it('sent twice, or ten times at once, under one request id is one withdrawal', async () => {
    const wallet = await rich();
    const facts = { requestId: 'one form', destination: someClabe('012') };
    const made = await Promise.all(Array.from({ length: 10 }, () => withdraw(operator, wallet, facts)));
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    expect((await moneyOf(wallet)).reserved).toBe(10_000n);
  });

  it.each([
    ['nothing', { amount: 0n }, { amount: 'amount_not_positive' }],
    ['less than nothing', { amount: -5n }, { amount: 'amount_not_positive' }],
    ['more than a number of Fintoc can say', { amount: 2n ** 53n }, { amount: 'amount_format' }],
    [
      'a CLABE with a typing error',
      { destination: '012180000000000008' },
      { destination: 'clabe_check_digit' },
    ],
    ['a short CLABE', { destination: '01218' }, { destination: 'clabe_length' }],
    ['a concept over 40 letters', { comment: 'x'.repeat(41) }, { comment: 'too_long' }],
    ['a reference with a leading zero', { referenceId: '0123' }, { referenceId: 'reference_format' }],
    ['a reference of two cells', { referenceId: '12\t34' }, { referenceId: 'reference_format' }],
    ['an RFC that is none', { beneficiaryTaxId: 'GODE56' }, { beneficiaryTaxId: 'tax_id_format' }],
    ['an RFC of no day', { beneficiaryTaxId: 'GODE561331GR8' }, { beneficiaryTaxId: 'tax_id_date' }],
    [
      'a CURP with a typing error',
      { beneficiaryTaxId: 'BOXW310820HNERXN08' },
      { beneficiaryTaxId: 'tax_id_check_digit' },
    ],
    [
      'a name longer than anybody’s',
      { beneficiaryName: 'x'.repeat(121), beneficiaryTaxId: 'x' },
      { beneficiaryName: 'too_long', beneficiaryTaxId: 'tax_id_format' },
    ],
  ])('for %s is refused by its field', async (_what, facts, fields) => {
    const wallet = await rich();
    await expect(withdraw(operator, wallet, facts)).rejects.toMatchObject({ code: 'invalid', fields });
    expect((await moneyOf(wallet)).reserved).toBe(0n);
  });

  it('keeps who is paid in one form, however it was typed, and what the bank will print', async () => {
    const wallet = await rich();
    const number = someClabe('012');
    const withdrawal = await withdraw(operator, wallet, {
      destination: `${number.slice(0, 3)}\u2212${number.slice(3)}\u202c`,
      beneficiaryName: ' Jose\u0301\u202e  Nun\u0303ez\0 ',
      beneficiaryTaxId: 'gode\u2013561231\u00a0gr8',
      comment: 'Café & té\u200b, 1ª quincena',
    });
    expect(await withdrawalRow(withdrawal.id)).toMatchObject({
      destination: number,
      beneficiaryName: 'José Nuñez',
      beneficiaryTaxId: 'GODE561231GR8',
      comment: 'Café & té, 1ª quincena',
      printedName: 'Jose Nunez',
      printedComment: 'Cafe te 1a quincena',
    });
    const nameless = await withdraw(operator, wallet, {
      beneficiaryName: '\u200b',
      beneficiaryTaxId: ' ',
      comment: '李明',
    });
    expect(nameless).toMatchObject({
      beneficiaryName: null,
      beneficiaryTaxId: null,
      printedName: null,
      comment: '李明',
      printedComment: '',
    });
  });

  it('over the limit of one withdrawal or of one day is refused, and what failed does not count', async () => {
    const terms = await someTerms({ withdrawalMaxAmount: 30_000n, withdrawalDayAmount: 50_000n });
    const wallet = await rich({ termsId: terms.id });
    await expect(withdraw(operator, wallet, { amount: 30_001n })).rejects.toEqual(
      refused('limit_per_withdrawal'),
    );
    const first = await withdraw(operator, wallet, { amount: 30_000n });
    await withdraw(operator, wallet, { amount: 20_000n });
    await expect(withdraw(operator, wallet, { amount: 1n })).rejects.toEqual(refused('limit_reached'));
    await cancelWithdrawal(operator, { withdrawalId: first.id, reason: 'test' });
    await withdraw(operator, wallet, { amount: 30_000n });
    await expect(withdraw(operator, wallet, { amount: 1n })).rejects.toEqual(refused('limit_reached'));
  });

  it('the limit of a day holds against 20 requests at once', async () => {
    const wallet = await rich({ termsId: (await someTerms({ withdrawalDayAmount: 50_000n })).id });
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => withdraw(operator, wallet)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
  });

  it('to a blocked beneficiary, to the wallet’s own CLABE, or under terms without withdrawals is refused', async () => {
    const wallet = await rich();
    const blocked = someClabe('012');
    await db().blockedBeneficiary.create({
      data: { destinationKind: 'clabe', destination: blocked, reason: 'Fraud', blockedById: approver.id },
    });
    const to = (destination: string) => withdraw(operator, wallet, { destination });
    await expect(to(blocked)).rejects.toEqual(refused('beneficiary_blocked'));
    await expect(to(`${blocked.slice(0, 3)} ${blocked.slice(3)}`)).rejects.toEqual(
      refused('beneficiary_blocked'),
    );
    await expect(to(wallet.number)).rejects.toEqual(refused('beneficiary_is_own_wallet'));
    const still = await rich({ termsId: (await someTerms({ withdrawalsEnabled: false })).id });
    await expect(withdraw(operator, still)).rejects.toEqual(refused('withdrawals_disabled'));
  });

  it.each(['frozen', 'closed', 'opening'] as const)('of a wallet that is %s is refused', async (status) => {
    const wallet = await rich({ status });
    await expect(withdraw(operator, wallet)).rejects.toEqual(refused('wallet_not_open'));
  });

  it.each(['viewer', 'support', 'auditor'] as const)('is not for a %s', async (role) => {
    const wallet = await rich();
    await expect(withdraw(await someOperator(role), wallet)).rejects.toEqual(refused('forbidden'));
  });
});

describe('a second person', () => {
  it('is needed from the threshold on, and may not be who asked: neither by the verb nor in the database', async () => {
    const both = await someOperator('approver');
    const wallet = await rich();
    const { id, status } = await withdraw(both, wallet, { amount: OVER_THRESHOLD });
    expect(status).toBe('awaiting_approval');
    await expect(approveWithdrawal(both, { withdrawalId: id })).rejects.toEqual(refused('own_request'));
    const own = { withdrawalId: id, reason: 'mine' };
    await expect(declineWithdrawal(both, own)).rejects.toEqual(refused('own_request'));
    const { id: approvalId } = await db().approval.findFirstOrThrow({ where: { subjectId: id } });
    const word = { approvalId, verdict: 'approved', operatorId: both.id, operatorName: both.name } as const;
    await expect(db().approvalDecision.create({ data: word })).rejects.toThrow(/who asked does not decide/);
    expect(await withdrawalRow(id)).toMatchObject({ status: 'awaiting_approval', approvedById: null });
  });

  it('approves once, whoever clicks at the same time', async () => {
    const wallet = await rich();
    const { id } = await withdraw(operator, wallet, { amount: OVER_THRESHOLD });
    const others = await Promise.all([
      someOperator('approver'),
      someOperator('admin'),
      someOperator('approver'),
    ]);
    const results = await Promise.allSettled(
      others.map((each) => approveWithdrawal(each, { withdrawalId: id })),
    );
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    expect(await db().auditEntry.count({ where: { action: 'withdrawal.approved', subjectId: id } })).toBe(1);
    expect(await withdrawalRow(id)).toMatchObject({ status: 'queued' });
  });

  it('is an approver: an operator cannot approve', async () => {
    const { id } = await withdraw(operator, await rich(), { amount: OVER_THRESHOLD });
    const another = await someOperator('operator');
    await expect(approveWithdrawal(another, { withdrawalId: id })).rejects.toEqual(refused('forbidden'));
  });
});

describe('the money comes back, once and whole', () => {
  const asked = async () => {
    const wallet = await rich({ termsId: (await someTerms({ withdrawalFeeAmount: 100n })).id }, 6_000_000n);
    return { wallet, withdrawal: await withdraw(operator, wallet, { amount: OVER_THRESHOLD }) };
  };

  it('when an approver declines', async () => {
    const { wallet, withdrawal } = await asked();
    const request = { withdrawalId: withdrawal.id, reason: 'Unknown beneficiary' };
    await declineWithdrawal(approver, request);
    expect(await moneyOf(wallet)).toEqual({ available: 6_000_000n, reserved: 0n });
    expect(await withdrawalRow(withdrawal.id)).toMatchObject({
      status: 'declined',
      failureDetail: request.reason,
    });
    // Sent again by who decided it, because the answer was lost, it ends at what there is; anybody else is told.
    expect(await declineWithdrawal(approver, request)).toMatchObject({ status: 'declined' });
    const late = declineWithdrawal(await someOperator('approver'), request);
    await expect(late).rejects.toMatchObject({
      code: 'already_decided',
      details: { status: 'declined', act: 'withdrawal.declined', by: approver.name, at: expect.any(String) },
    });
    await expect(approveWithdrawal(approver, request)).rejects.toEqual(refused('already_decided'));
    expect(await moneyOf(wallet)).toEqual({ available: 6_000_000n, reserved: 0n });
  });

  it('when it is called off, also by ten people at once, also against an approval', async () => {
    const { wallet, withdrawal } = await asked();
    const request = { withdrawalId: withdrawal.id, reason: 'Typing error' };
    await Promise.allSettled([
      ...Array.from({ length: 10 }, () => cancelWithdrawal(operator, request)),
      approveWithdrawal(approver, request),
    ]);
    expect(await withdrawalRow(withdrawal.id)).toMatchObject({ status: 'cancelled' });
    expect(await moneyOf(wallet)).toEqual({ available: 6_000_000n, reserved: 0n });
  });

  it('when nobody decides for three days', async () => {
    const { wallet, withdrawal } = await asked();
    await expireApprovals();
    expect(await withdrawalRow(withdrawal.id)).toMatchObject({ status: 'awaiting_approval' });
    await waitedLonger(withdrawal.id, 3 * 24 + 1);
    await Promise.all([expireApprovals(), expireApprovals()]);
    expect(await withdrawalRow(withdrawal.id)).toMatchObject({ status: 'expired' });
    expect(await moneyOf(wallet)).toEqual({ available: 6_000_000n, reserved: 0n });
  });

  it('from a frozen wallet too, where it then stays', async () => {
    const { wallet, withdrawal } = await asked();
    await freezeWallet(approver, { walletId: wallet.id, reason: 'test' });
    await cancelWithdrawal(operator, { withdrawalId: withdrawal.id, reason: 'test' });
    expect(await moneyOf(wallet)).toEqual({ available: 6_000_000n, reserved: 0n });
  });

  it('but not once it was sent', async () => {
    const { withdrawal } = await asked();
    await approveWithdrawal(approver, { withdrawalId: withdrawal.id });
    for (const status of ['submitting', 'pending', 'succeeded', 'failed', 'returned'] as const) {
      await db().withdrawal.update({ where: { id: withdrawal.id }, data: { status } });
      const cancelling = cancelWithdrawal(operator, { withdrawalId: withdrawal.id, reason: 'late' });
      await expect(cancelling).rejects.toEqual(refused('already_decided'));
    }
  });
});
