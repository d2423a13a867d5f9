import { beforeAll, describe, expect, it } from 'vitest';
import { system } from '~/lib/actor';
import { approveAdjustment } from '~/lib/adjustments/adjustments';
import { publicId, uuidOf } from '~/lib/api/ids';
import { rotateKey } from '~/lib/api/keys';
import { db } from '~/lib/db';
import { decideApproval } from '~/lib/deciding/registry';
import { ask, someKey } from '~/lib/testing/api';
import { approveWaiting } from '~/lib/testing/approvals';
import { expectSoundBooks, moneyOf } from '~/lib/testing/books';
import { withTestDatabase } from '~/lib/testing/database';
import { fundWallet, type OpenWallet, someClabe, someOperator, someWallet } from '~/lib/testing/factories';
import { ANYBODY } from '~/lib/testing/reader';
import { enableAsset } from '~/lib/wallets/opening';
import { getWithdrawal } from '~/lib/withdrawals/read';

withTestDatabase();

beforeAll(() => {
  process.env.API_REQUESTS_PER_SECOND = '100000';
});

async function rich(amount = 100_000_000n): Promise<OpenWallet> {
  const wallet = await someWallet();
  await fundWallet(wallet, amount);
  return wallet;
}

const payout = ({ id }: OpenWallet, amount = '10000', more: object = {}) => ({
  wallet_id: publicId('wallet', id),
  asset: 'MXN',
  amount,
  destination: someClabe('012'),
  beneficiary_name: 'Ana López',
  ...more,
});

const refused = (code: string) => expect.objectContaining({ code });

describe('a withdrawal', () => {
  it('of twenty at once under one Idempotency-Key is one', async () => {
    const [wallet, key] = [await rich(), await someKey(['withdrawals:write'])];
    const asked = { body: payout(wallet), headers: { 'idempotency-key': 'pay' } };
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => ask(key.secret, 'createWithdrawal', asked)),
    );
    expect(answers.filter(({ status }) => status !== 201 && status !== 409)).toEqual([]);
    const last = await ask(key.secret, 'createWithdrawal', asked);
    expect(last).toMatchObject({ status: 201, body: { status: 'queued', amount: '10000', asset: 'MXN' } });
    expect(await db().withdrawal.count({ where: { walletId: wallet.id } })).toBe(1);
    expect(await moneyOf(wallet)).toEqual({ available: 100_000_000n - 10_000n, reserved: 10_000n });
    await expectSoundBooks();
  });

  it('is made once where the answer was lost with who was to keep it', async () => {
    const [wallet, key] = [await rich(), await someKey(['withdrawals:write'])];
    const asked = { body: payout(wallet), headers: { 'idempotency-key': 'pay' } };
    const first = await ask(key.secret, 'createWithdrawal', asked);
    await db().apiRequest.updateMany({
      where: { keyId: key.id },
      data: { status: null, body: null, leaseUntil: new Date(0) },
    });
    const again = await ask(key.secret, 'createWithdrawal', asked);
    expect(again.body.id).toBe(first.body.id);
    expect((await moneyOf(wallet)).reserved).toBe(10_000n);
  });

  it('that waits is decided by a person, and never by who made the key or rotated it', async () => {
    const [wallet, key] = [await rich(), await someKey(['withdrawals:write'])];
    const rotator = await someOperator('admin');
    await rotateKey(rotator, { keyId: key.id, overlapHours: 1 });
    await approveWaiting(key.approver, { action: 'key.rotate', subjectId: key.id });
    const { body } = await ask(key.secret, 'createWithdrawal', { body: payout(wallet, '6000000') });
    expect(body).toMatchObject({ status: 'awaiting_approval', requested_by: 'API · Backend' });
    const id = uuidOf('withdrawal', body.id) ?? '';
    const { id: approvalId } = await db().approval.findFirstOrThrow({ where: { subjectId: id } });
    const approve = { approvalId, verdict: 'approved' } as const;
    await expect(decideApproval(key.maker, approve)).rejects.toEqual(refused('own_request'));
    await expect(decideApproval(rotator, approve)).rejects.toEqual(refused('own_request'));
    // Nor by PostgreSQL, whoever wrote the code.
    await expect(
      db().approvalDecision.create({
        data: { approvalId, verdict: 'approved', operatorId: key.maker.id, operatorName: key.maker.name },
      }),
    ).rejects.toThrow();
    await decideApproval(key.approver, approve);
    const withdrawal = await getWithdrawal(ANYBODY, id);
    expect(withdrawal).toMatchObject({
      status: 'queued',
      requestedById: key.id,
      decided: { verdict: 'approved', operatorId: key.approver.id },
    });
  });

  it('is bounded by what its key may move, at once and in a day, also by many at once', async () => {
    const limits = { MXN: { each: 20_000n, day: 50_000n } };
    const [wallet, key] = [await rich(), await someKey(['withdrawals:write'], { limits })];
    const over = await ask(key.secret, 'createWithdrawal', { body: payout(wallet, '20001') });
    expect(over).toMatchObject({ status: 422, body: { code: 'limit_of_key', limit: '20000', asset: 'MXN' } });
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => ask(key.secret, 'createWithdrawal', { body: payout(wallet, '20000') })),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(2);
    expect((await moneyOf(wallet)).reserved).toBe(40_000n);
  });

  it('in an asset that its key’s limits don’t name is over them', async () => {
    const [wallet, key] = [
      await rich(),
      await someKey(['withdrawals:write'], { limits: { USD: { each: null, day: 1n } } }),
    ];
    const over = await ask(key.secret, 'createWithdrawal', { body: payout(wallet, '1') });
    expect(over).toMatchObject({ status: 422, body: { code: 'limit_of_key', limit: '0', asset: 'MXN' } });
    expect((await moneyOf(wallet)).reserved).toBe(0n);
  });

  it('says what doesn’t fit by its field, and moves nothing', async () => {
    const [wallet, key] = [await rich(5_000n), await someKey(['withdrawals:write'])];
    const of = async (more: object) => {
      const { status, body } = await ask(key.secret, 'createWithdrawal', {
        body: payout(wallet, '10000', more),
      });
      return [status, body.code, body.pointer];
    };
    expect(await of({})).toEqual([422, 'insufficient_funds', undefined]);
    expect(await of({ destination: '012180000000000008' })).toEqual([422, 'invalid', '/destination']);
    expect(await of({ asset: 'CLP' })).toEqual([422, 'invalid', '/asset']);
    expect(await of({ amount: '10.5' })).toEqual([400, 'invalid_shape', '/amount']);
    expect(await of({ amount: 100 })).toEqual([400, 'invalid_shape', '/amount']);
    expect(await of({ wallet_id: publicId('wallet', '01890a5d-ac96-774b-bcce-b302099a8057') })).toEqual([
      422,
      'invalid',
      '/wallet_id',
    ]);
    expect(await moneyOf(wallet)).toEqual({ available: 5_000n, reserved: 0n });
  });

  it('of the same again is asked about, and made where it is meant', async () => {
    const [wallet, key] = [await rich(), await someKey(['withdrawals:write'])];
    const body = payout(wallet);
    const first = await ask(key.secret, 'createWithdrawal', { body });
    const twin = await ask(key.secret, 'createWithdrawal', { body });
    expect(twin).toMatchObject({ status: 409, body: { code: 'same_payment', accepted_twin: first.body.id } });
    const meant = await ask(key.secret, 'createWithdrawal', {
      body: { ...body, accepted_twin: first.body.id },
    });
    expect(meant.status).toBe(201);
  });

  it('is called off once, and its money is there again', async () => {
    const [wallet, key] = [await rich(), await someKey(['withdrawals:write', 'withdrawals:read'])];
    const { body } = await ask(key.secret, 'createWithdrawal', { body: payout(wallet) });
    const asked = { params: { id: body.id }, body: { reason: 'Not wanted' } };
    expect((await ask(key.secret, 'cancelWithdrawal', asked)).body.status).toBe('cancelled');
    expect((await ask(key.secret, 'cancelWithdrawal', asked)).body.status).toBe('cancelled');
    expect(await moneyOf(wallet)).toEqual({ available: 100_000_000n, reserved: 0n });
    expect((await ask(key.secret, 'getWithdrawal', { params: { id: body.id } })).body.status).toBe(
      'cancelled',
    );
  });
});

it('an exchange by a key waits for a person, and then both its legs are posted', async () => {
  const key = await someKey(['balance_adjustments:write', 'balance_adjustments:read']);
  const wallet = await rich(50_000n);
  await enableAsset(system('setup'), { walletId: wallet.id, asset: 'USD', requestId: crypto.randomUUID() });
  const body = {
    ...{ wallet_id: publicId('wallet', wallet.id), from_asset: 'MXN', to_asset: 'USD', amount: '20000' },
    ...{ rate: '0.05', reason: 'The customer asked for it' },
  };
  const asked = { body, headers: { 'idempotency-key': 'change' } };
  const made = await ask(key.secret, 'createExchange', asked);
  expect(made).toMatchObject({
    status: 201,
    body: { object: 'exchange', from_amount: '20000', to_amount: '1000', status: 'awaiting_approval' },
  });
  expect((await ask(key.secret, 'createExchange', asked)).body.id).toBe(made.body.id);
  expect(await moneyOf(wallet)).toEqual({ available: 30_000n, reserved: 20_000n });
  const wrong = { ...body, to_asset: 'MXN', rate: '1,5' };
  expect(await ask(key.secret, 'createExchange', { body: wrong })).toMatchObject({
    status: 422,
    body: { code: 'invalid' },
  });
  const [legId] = made.body.balance_adjustment_ids as string[];
  const adjustmentId = uuidOf('adjustment', legId ?? '') ?? '';
  await approveAdjustment(key.approver, { adjustmentId });
  const params = { id: made.body.id };
  expect((await ask(key.secret, 'getExchange', { params })).body).toMatchObject({ status: 'posted' });
  expect(await moneyOf({ id: wallet.id, asset: 'USD' })).toEqual({ available: 1_000n, reserved: 0n });
});

describe('many withdrawals at once', () => {
  it('are each asked for once, and one that is refused keeps no other back', async () => {
    const [wallet, key] = [await rich(30_000n), await someKey(['withdrawals:write'])];
    const withdrawals = [
      payout(wallet),
      payout(wallet, '10001', { destination: '012180000000000008' }),
      payout(wallet, '90000'),
      payout(wallet, '10002'),
    ];
    const asked = { body: { withdrawals }, headers: { 'idempotency-key': 'many' } };
    const first = await ask(key.secret, 'createWithdrawals', asked);
    expect(first).toMatchObject({
      status: 201,
      body: {
        data: [
          { withdrawal: { amount: '10000', status: 'queued' }, problem: null },
          { withdrawal: null, problem: { code: 'invalid', pointer: '/withdrawals/1/destination' } },
          { withdrawal: null, problem: { code: 'insufficient_funds' } },
          { withdrawal: { amount: '10002' }, problem: null },
        ],
      },
    });
    // Also where whoever was to answer died after half of them.
    await db().apiRequest.updateMany({
      where: { keyId: key.id },
      data: { status: null, body: null, leaseUntil: new Date(0) },
    });
    const again = await ask(key.secret, 'createWithdrawals', asked);
    const ids = ({ body }: typeof first) =>
      body.data.map(({ withdrawal }: { withdrawal: { id: string } | null }) => withdrawal?.id);
    expect(ids(again)).toEqual(ids(first));
    expect(await moneyOf(wallet)).toEqual({ available: 9_998n, reserved: 20_002n });
    await expectSoundBooks();
  });
});

it('an adjustment by a key waits for a person, within the key’s limits', async () => {
  const limits = { MXN: { each: null, day: 8_000n } };
  const [from, to] = [await rich(50_000n), await someWallet()];
  const key = await someKey(['balance_adjustments:write', 'balance_adjustments:read', 'approvals:read'], {
    limits,
  });
  const asked = {
    from_wallet_id: publicId('wallet', from.id),
    to_wallet_id: publicId('wallet', to.id),
    asset: 'MXN',
    reason: 'Correcting a charge',
  };
  const made = await ask(key.secret, 'createBalanceAdjustment', { body: { ...asked, amount: '5000' } });
  expect(made).toMatchObject({ status: 201, body: { status: 'awaiting_approval', amount: '5000' } });
  const over = await ask(key.secret, 'createBalanceAdjustment', { body: { ...asked, amount: '5000' } });
  expect(over.body.code).toBe('limit_of_key');
  const waiting = await ask(key.secret, 'listApprovals', {
    query: { status: 'waiting', action: 'adjustment.post' },
  });
  expect(waiting.body.data).toEqual([
    expect.objectContaining({ subject_id: made.body.id, asked_by: 'API · Backend' }),
  ]);
  await decideApproval(key.approver, {
    approvalId: uuidOf('approval', waiting.body.data[0].id) ?? '',
    verdict: 'approved',
  });
  expect((await ask(key.secret, 'getBalanceAdjustment', { params: { id: made.body.id } })).body.status).toBe(
    'posted',
  );
  expect((await moneyOf(to)).available).toBe(5_000n);
  await expectSoundBooks();
});
