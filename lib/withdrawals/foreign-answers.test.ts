import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import { db } from '~/lib/db';
import { expectSoundBooks, moneyOf } from '~/lib/testing/books';
import { withTestDatabase } from '~/lib/testing/database';
import { someOperator, someTerms } from '~/lib/testing/factories';
import {
  depositInto,
  expectCashEqualsFintoc,
  proveAll,
  type ReadyWallet,
  readyWallet,
  settleAll,
  skipPauses,
  withdraw,
  withdrawalRow,
} from '~/lib/testing/journeys';
import { withLocalFintoc } from '~/lib/testing/sandbox';
import { submitWithdrawals } from '~/lib/withdrawals/submission';
import { cancelWithdrawal } from '~/lib/withdrawals/withdrawals';

withTestDatabase();
const fintoc = withLocalFintoc();

let operator: OperatorActor;
let wallet: ReadyWallet;

beforeAll(async () => {
  operator = await someOperator();
  wallet = await readyWallet({ termsId: (await someTerms({ withdrawalFeeAmount: 500n })).id });
  await depositInto(fintoc, wallet, 50_000_000);
});

beforeEach(() => fintoc.calm());

afterEach(async () => {
  await fintoc.calm();
  await skipPauses();
  await settleAll(fintoc);
  await expectSoundBooks();
  await expectCashEqualsFintoc(fintoc);
});

const payoutsOf = async (id: string) =>
  (await fintoc.payouts()).filter(({ metadata }) => metadata.withdrawal_id === id);
const fault = (facts: object) =>
  fintoc.control('POST', '/faults', { kind: 'refusal', method: 'POST', path: '/v2/transfers', ...facts });
const cancel = ({ id }: { id: string }) =>
  cancelWithdrawal(operator, { withdrawalId: id, reason: 'No longer needed' });
/** The webhook of the payment is lost: only a search can find it. */
const silence = () => fintoc.control('POST', '/delivery-rules', { drop: true, count: 1 });

const PAGES = [
  { status: 400 },
  { status: 403 },
  { status: 404 },
  { status: 407 },
  { status: 409, page: { message: 'Conflict' } },
  { status: 422, page: { error: { code: 'invalid_amount' } } },
  { status: 429 },
  { status: 451, page: '' },
  { status: 502 },
  { status: 200, page: '<html>Please sign in</html>' },
  { status: 200, page: '' },
  { status: 204, page: '' },
];

describe('an answer that is not Fintoc’s own', () => {
  it.each(
    PAGES.flatMap((facts) => [
      { ...facts, when: 'before_commit' },
      { ...facts, when: 'after_commit' },
    ]),
  )('$status $when: not called off, searched for, paid once', async (facts) => {
    const before = await moneyOf(wallet);
    if (facts.when === 'after_commit') await silence();
    await fault(facts);
    const withdrawal = await withdraw(operator, wallet);
    await submitWithdrawals();
    const sent = await withdrawalRow(withdrawal.id);
    expect(sent).toMatchObject({ status: 'submitting', submitRound: 0, submittedAt: expect.any(Date) });
    await expect(cancel(withdrawal)).rejects.toMatchObject({ code: 'already_decided' });
    expect((await moneyOf(wallet)).reserved).toBe(before.reserved + 10_500n);
    await fintoc.deliveriesDone();
    await skipPauses();
    await settleAll(fintoc);
    const payouts = await payoutsOf(withdrawal.id);
    expect(payouts).toHaveLength(1);
    expect(await withdrawalRow(withdrawal.id)).toMatchObject({
      status: 'succeeded',
      submitRound: 0,
      transferId: payouts[0].id,
    });
  });

  it('to the search itself lets nothing be sent', async () => {
    await fault({ status: 403, when: 'after_commit' });
    await silence();
    const { id } = await withdraw(operator, wallet);
    await submitWithdrawals();
    for (const status of [403, 404, 200]) {
      await fault({ method: 'GET', status });
      await skipPauses();
      await submitWithdrawals();
      expect(await withdrawalRow(id)).toMatchObject({ status: 'submitting', submitRound: 0 });
    }
    expect(await payoutsOf(id)).toHaveLength(1);
  });
});

describe('a refusal of Fintoc’s behind a try without an answer', () => {
  const refusals = [
    { status: 400, code: 'invalid_clabe' },
    { status: 409, code: 'insufficient_balance' },
    { status: 403, code: 'forbidden_account' },
    { status: 401, code: 'invalid_api_key' },
  ];

  it.each(refusals)('($code) ends nothing: the first payment may still succeed', async (refusal) => {
    const before = await moneyOf(wallet);
    await fault({ kind: 'reset', when: 'after_commit' });
    await silence();
    const { id } = await withdraw(operator, wallet);
    await submitWithdrawals();
    // As if it got through to Fintoc's list only later.
    const hide = (from: string, to: string) =>
      fintoc.sql(
        `UPDATE sandbox.transfers SET metadata = jsonb_build_object($2::text, $3::text) WHERE metadata->>$1 = $3`,
        [from, to, id],
      );
    await hide('withdrawal_id', 'hidden');
    await fault(refusal);
    await skipPauses();
    await submitWithdrawals();
    expect(await withdrawalRow(id)).toMatchObject({
      status: 'submitting',
      submitRound: 0,
      failureCode: refusal.code,
    });
    expect((await moneyOf(wallet)).reserved).toBe(before.reserved + 10_500n);
    await hide('hidden', 'withdrawal_id');
    await skipPauses();
    await settleAll(fintoc);
    expect(await payoutsOf(id)).toHaveLength(1);
    expect((await moneyOf(wallet)).available).toBe(before.available - 10_500n);
  });

  it.each([
    [refusals[0], 'failed'],
    [refusals[1], 'queued'],
  ] as const)('counts once absence was seen for long enough', async (refusal, status) => {
    await fault({ kind: 'reset', when: 'before_commit' });
    const { id } = await withdraw(operator, wallet);
    await submitWithdrawals();
    const longAgo = new Date(Date.now() - 16 * 60_000);
    await db().withdrawal.update({ where: { id }, data: { sentAt: longAgo, submittedAt: longAgo } });
    await proveAll();
    await fault(refusal ?? {});
    await skipPauses();
    await submitWithdrawals();
    expect(await withdrawalRow(id)).toMatchObject({ status });
    if (status === 'queued') await cancel({ id });
  });

  it('does not, while the account shows a payment of its amount that nobody knows', async () => {
    await fault({ kind: 'reset', when: 'before_commit' });
    const { id } = await withdraw(operator, wallet, { amount: 7_777n });
    await submitWithdrawals();
    const longAgo = new Date(Date.now() - 16 * 60_000);
    await db().withdrawal.update({ where: { id }, data: { sentAt: longAgo, submittedAt: longAgo } });
    const root = wallet.accountId;
    await fintoc.control('POST', `/accounts/${root}/movements`, { direction: 'outbound', amount: 7_777 });
    await proveAll();
    await fault(refusals[0] ?? {});
    await skipPauses();
    await submitWithdrawals();
    expect(await withdrawalRow(id)).toMatchObject({ status: 'submitting', failureCode: 'invalid_clabe' });
    await fintoc.control('POST', `/accounts/${root}/movements`, { direction: 'inbound', amount: 7_777 });
  });
});
