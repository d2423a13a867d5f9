import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type OperatorActor, type Requester, system } from '~/lib/actor';
import { approveAdjustment, requestAdjustment } from '~/lib/adjustments/adjustments';
import { requestExchange } from '~/lib/adjustments/exchange';
import { reverseAdjustment } from '~/lib/adjustments/reversal';
import { publicId, uuidOf } from '~/lib/api/ids';
import { makeKey, rotateKey } from '~/lib/api/keys';
import type { ApprovalAction } from '~/lib/approvals/actions';
import { changeRule, type NewRule } from '~/lib/approvals/own-rules';
import { confirmBatch } from '~/lib/batches/batches';
import { approveBatch } from '~/lib/batches/decide';
import { db } from '~/lib/db';
import { decideApproval } from '~/lib/deciding/registry';
import { captureHold, placeHold } from '~/lib/holds/holds';
import { receiveDelivery } from '~/lib/inbox/receive';
import { createWebhookSignature } from '~/lib/rails/fintoc/signature';
import { runSchedules } from '~/lib/schedules/run';
import { planSchedule } from '~/lib/schedules/schedules';
import { resumePayouts, stopPayouts } from '~/lib/stops/stops';
import { assignTerms } from '~/lib/terms/assignments';
import { changeTerms } from '~/lib/terms/terms';
import { ask, someKey } from '~/lib/testing/api';
import { approveWaiting } from '~/lib/testing/approvals';
import { upload, workOffBatches } from '~/lib/testing/batches';
import { moneyOf } from '~/lib/testing/books';
import { withTestDatabase } from '~/lib/testing/database';
import { fundWallet, type OpenWallet, someClabe, someOperator, someWallet } from '~/lib/testing/factories';
import { withdraw } from '~/lib/testing/journeys';
import { enableAsset } from '~/lib/wallets/opening';
import { createEndpoint } from '~/lib/webhooks/endpoints';
import { keyThatAsked } from '~/lib/withdrawals/key-limits';
import { approveWithdrawal } from '~/lib/withdrawals/withdrawals';

withTestDatabase();

const MUCH = 6_000_000n;
const reason = 'Da igual';
const refused = (code: string) => expect.objectContaining({ code });

let wallet: OpenWallet;
let other: OpenWallet;
let admin: OperatorActor;
let approver: OperatorActor;

beforeAll(async () => {
  approver = await someOperator('approver');
  [wallet, other] = [await someWallet(), await someWallet()];
  await fundWallet(wallet, 10_000_000_000n);
});
beforeEach(async () => {
  admin = await someOperator('admin');
});

/** What waits about this is not theirs to decide, from another session of theirs either, nor in PostgreSQL. */
async function expectWaiting(action: ApprovalAction, subjectId: string): Promise<void> {
  const asked = await db().approval.findFirstOrThrow({ where: { action, subjectId, state: 'waiting' } });
  const decision = { approvalId: asked.id, verdict: 'approved' as const };
  for (const session of [admin, { ...admin, ip: '10.0.0.2', userAgent: 'another' }])
    await expect(decideApproval(session, decision)).rejects.toEqual(refused('own_request'));
  const row = { ...decision, operatorId: admin.id, operatorName: admin.name };
  await expect(db().approvalDecision.create({ data: row })).rejects.toThrow();
}

describe('one admin alone gets no money out', () => {
  it('by a file of withdrawals, small as each of them may be', async () => {
    const rows = Array.from({ length: 3 }, (_, nth) => [someClabe('012'), `${nth + 10}.00`, 'Ana', 'Pago']);
    const { id: batchId } = await upload(admin, wallet, rows);
    await confirmBatch(admin, { batchId, paysRepeats: false });
    await workOffBatches();
    await expectWaiting('batch.pay', batchId);
    await expect(approveBatch(admin, { batchId })).rejects.toEqual(refused('own_request'));
    const [row] = await db().withdrawal.findMany({ where: { batchId } });
    await expect(approveWithdrawal(admin, { withdrawalId: row?.id ?? '' })).rejects.toEqual(
      refused('decided_with_batch'),
    );
  });

  it('by planning it for another day, when the system asks for it', async () => {
    const { id } = await planSchedule(admin, {
      ...{ walletId: wallet.id, asset: 'MXN', amount: MUCH, destination: someClabe('012'), every: 'once' },
      ...{ startsOn: '2099-01-31', requestId: randomUUID() },
    });
    await db().schedule.update({ where: { id }, data: { nextAt: new Date(Date.now() - 1_000) } });
    await runSchedules();
    const { withdrawalId } = await db().scheduleRun.findFirstOrThrow({ where: { scheduleId: id } });
    await expectWaiting('withdrawal.pay', withdrawalId ?? '');
  });

  it('by a hold that is moved to a wallet of theirs, an exchange, or taking back what was posted', async () => {
    const hold = await placeHold(admin, {
      ...{ walletId: wallet.id, asset: 'MXN', amount: MUCH, reason, expiresAt: { days: 1 } },
      requestId: randomUUID(),
    });
    const moved = { holdId: hold.id, toWalletId: other.id, amount: MUCH, reason, requestId: randomUUID() };
    const captured = await captureHold(admin, moved);
    await enableAsset(system('setup'), { walletId: wallet.id, asset: 'USD', requestId: randomUUID() });
    const { id: exchangeId } = await requestExchange(admin, {
      ...{ walletId: wallet.id, fromAsset: 'MXN', toAsset: 'USD', amount: 17_000n, rate: '0.0587' },
      ...{ reason, requestId: randomUUID() },
    });
    const legs = await db().adjustment.findMany({ where: { exchangeId } });
    const asker = await someOperator();
    const sides = { fromWalletId: other.id, toWalletId: wallet.id, amount: 100n };
    await fundWallet(other, 100n);
    const posted = await requestAdjustment(asker, { ...sides, reason, requestId: randomUUID() });
    await approveAdjustment(approver, { adjustmentId: posted.id });
    const back = await reverseAdjustment(admin, { adjustmentId: posted.id, reason, requestId: randomUUID() });
    expect(legs).toHaveLength(2);
    for (const { id } of [captured, ...legs, back]) {
      await expectWaiting('adjustment.post', id);
      await expect(approveAdjustment(admin, { adjustmentId: id })).rejects.toEqual(refused('own_request'));
    }
    expect((await moneyOf(other)).available).toBe(0n);
  });

  it('by a rule of their own that asks less', async () => {
    const all = { conditions: {}, steps: [{ people: 1 }] };
    const rule: Omit<NewRule, 'mode'> = { action: 'withdrawal.pay', name: 'Todo', ...all };
    const { id } = await changeRule(system('setup'), { ...rule, mode: 'on' });
    await changeRule(admin, { ...rule, rule: id, mode: 'off' });
    await expectWaiting('rule.change', id);
    expect(await db().approvalRule.count({ where: { rule: id } })).toBe(1);
    await changeRule(system('setup'), { ...rule, rule: id, mode: 'off' });
  });

  it('by terms that allow more, or by moving a wallet under them', async () => {
    const held = { walletId_asset: { walletId: wallet.id, asset: 'MXN' } };
    const { terms } = await db().walletAsset.findUniqueOrThrow({ where: held, select: { terms: true } });
    const { id: termsId, name, asset } = terms;
    await changeTerms(admin, { id: termsId, withdrawalFeeBps: 1 });
    await expectWaiting('terms.change', termsId);
    await approveWaiting(approver, { action: 'terms.change', subjectId: termsId });
    const newest = await db().walletTerms.findFirstOrThrow({
      where: { name, asset },
      orderBy: { version: 'desc' },
    });
    await assignTerms(admin, { termsId: newest.id, fromId: null, walletIds: [wallet.id] });
    await expectWaiting('terms.change', newest.id);
    expect(await db().walletAsset.findUnique({ where: held })).toMatchObject({ termsId });
  });

  it('by an API key, new or with a new secret', async () => {
    const { id } = await makeKey(admin, { name: 'Mine', scopes: ['withdrawals:write'] });
    await expectWaiting('key.make', id);
    const key = await someKey(['withdrawals:write']);
    const { secret = '' } = await rotateKey(admin, { keyId: key.id, overlapHours: 0 });
    await expectWaiting('key.rotate', key.id);
    const payout = {
      ...{ wallet_id: publicId('wallet', wallet.id), asset: 'MXN', amount: MUCH.toString() },
      ...{ destination: someClabe('012'), beneficiary_name: 'Ana' },
    };
    expect(await ask(secret, 'createWithdrawal', { body: payout })).toMatchObject({ status: 401 });
    await approveWaiting(approver, { action: 'key.rotate', subjectId: key.id });
    const { body } = await ask(secret, 'createWithdrawal', { body: payout });
    await expectWaiting('withdrawal.pay', uuidOf('withdrawal', body.id) ?? '');
  });

  it('by many keys, each asked for a little less than needs somebody', async () => {
    const keys = [await someKey(['withdrawals:write']), await someKey(['withdrawals:write'])];
    for (const { id } of keys) await rotateKey(admin, { keyId: id, overlapHours: 0 });
    const actors = await db().apiKey.findMany({ where: { id: { in: keys.map(({ id }) => id) } } });
    const askers: Requester[] = [admin, ...actors.map(keyThatAsked)];
    const reasons: (string | null)[] = [];
    for (const asker of [...askers, ...askers]) {
      const from = await someWallet();
      await fundWallet(from, 1_100_000n);
      reasons.push((await withdraw(asker, from, { amount: 999_999n })).approvalReason);
    }
    expect(reasons).toEqual([null, null, null, null, null, 'requester_day']);
  });

  it('by a webhook endpoint of their own: it is told, and its secret opens nothing', async () => {
    const asked = await db().approval.count();
    const input = { name: 'Mine', url: 'https://example.com/hook', patterns: ['*'] };
    const { secret = '' } = await createEndpoint(admin, { ...input, requestId: randomUUID() });
    const payout = {
      ...{ wallet_id: publicId('wallet', wallet.id), asset: 'MXN', amount: MUCH.toString() },
      ...{ destination: someClabe('012'), beneficiary_name: 'Ana' },
    };
    expect(await ask(secret, 'createWithdrawal', { body: payout })).toMatchObject({ status: 401 });
    // Fintoc's notices are signed with Fintoc's secret alone.
    const notice = JSON.stringify({ id: 'evt_mine', type: 'transfer.inbound.succeeded', data: {} });
    const signed = new Headers({ 'fintoc-signature': createWebhookSignature(notice, secret) });
    expect(await receiveDelivery(signed, notice)).toEqual({ status: 401 });
    expect(await db().approval.count(), 'nor does it ask anybody').toBe(asked);
  });

  it('by letting stopped payouts go on', async () => {
    const { id: stopId } = await stopPayouts(admin, { reason });
    expect(await resumePayouts(admin, { stopId, reason })).toEqual({ resumed: false });
    await expect(resumePayouts({ ...admin, ip: '10.0.0.2' }, { stopId, reason })).rejects.toEqual(
      refused('own_release'),
    );
    await expect(
      db().payoutStop.update({ where: { id: stopId }, data: { resumedAt: new Date() } }),
    ).rejects.toThrow();
    await resumePayouts(approver, { stopId, reason });
  });
});
