import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type OperatorActor, system } from '~/lib/actor';
import { recordAudit } from '~/lib/audit/audit';
import { db, transaction } from '~/lib/db';
import { assignDeposit, returnDeposit } from '~/lib/deposits/deposits';
import { approveDepositRequest, cancelDepositRequest, declineDepositRequest } from '~/lib/deposits/requests';
import { listDepositRequests, waitingRequest } from '~/lib/deposits/requests-read';
import { audited } from '~/lib/testing/audited';
import { balanceOf, expectSoundBooks, moneyOf } from '~/lib/testing/books';
import { withTestDatabase } from '~/lib/testing/database';
import { told, WEBHOOK_SECRET } from '~/lib/testing/deliveries';
import { type OpenWallet, someOperator, someWallet, spendFrom } from '~/lib/testing/factories';
import { withdraw } from '~/lib/testing/journeys';
import { meetMovements } from '~/lib/testing/proofs';
import { ANYBODY } from '~/lib/testing/reader';
import { rulesOf, verify } from '~/lib/testing/verifying';
import { timelineOf } from '~/lib/transfers/timeline';
import { freezeWallet, unfreezeWallet } from '~/lib/wallets/status';

process.env.FINTOC_WEBHOOK_SECRET = WEBHOOK_SECRET;
withTestDatabase();

let operator: OperatorActor;
let approver: OperatorActor;

beforeAll(async () => {
  operator = await someOperator();
  approver = await someOperator('approver');
});

afterEach(expectSoundBooks);

const reason = 'Sent by mistake';
const refused = (code: string) => expect.objectContaining({ code });
const byNow = ({ name }: OperatorActor, act: string) => ({ act, by: name, at: expect.any(String) });
const at = ({ accountId, numberId, number }: OpenWallet) => ({ accountId, numberId, number });
const transferRow = (id: string) => db().transfer.findUniqueOrThrow({ where: { id } });

async function deposited(amount = 40_000) {
  const wallet = await someWallet();
  const { id, data } = await told({ ...at(wallet), amount });
  const say = (status: string, type?: string) =>
    told({ ...data, ...at(wallet), id, amount, status }, type ? { type } : {});
  return { wallet, transferId: id, say };
}

async function asked(facts: Parameters<typeof returnDeposit>[1]) {
  const { request } = await returnDeposit(operator, facts);
  if (!request) throw new Error('Nothing waits.');
  return request;
}

describe('a credited deposit that somebody asks to send back', () => {
  it('is set aside at once, goes nowhere, and cannot be spent meanwhile', async () => {
    const { wallet, transferId } = await deposited();
    await asked({ transferId, reason });
    expect(await moneyOf(wallet)).toEqual({ available: 0n, reserved: 40_000n });
    expect(await transferRow(transferId)).toMatchObject({ state: 'succeeded', returnRequestedAt: null });
    await expect(withdraw(operator, wallet, { amount: 1n })).rejects.toEqual(refused('insufficient_funds'));
    expect(
      await waitingRequest(ANYBODY, { ...(await transferRow(transferId)), withdrawal: null }),
    ).toMatchObject({
      loss: 0n,
      notOpen: false,
    });
  });

  it('is decided by another person: neither the verb nor the database lets who asked', async () => {
    const { transferId } = await deposited();
    const both = await someOperator('approver');
    const { request } = await returnDeposit(both, { transferId, reason });
    const own = { requestId: request?.id ?? '', reason };
    await expect(approveDepositRequest(both, own)).rejects.toEqual(refused('own_request'));
    await expect(declineDepositRequest(both, own)).rejects.toEqual(refused('own_request'));
    await expect(async () => approveDepositRequest(await someOperator(), own)).rejects.toEqual(
      refused('forbidden'),
    );
    const { approvalId = '' } = request ?? {};
    const word = { approvalId, verdict: 'approved', operatorId: both.id, operatorName: both.name } as const;
    await expect(db().approvalDecision.create({ data: word })).rejects.toThrow(/who asked does not decide/);
    const ending = { where: { id: approvalId }, data: { state: 'approved', endedAt: new Date() } } as const;
    await expect(db().approval.update(ending)).rejects.toThrow(/as many people approve/);
    const loss = { where: { id: own.requestId }, data: { acceptedLoss: 1n } };
    await expect(db().depositRequest.update(loss)).rejects.toThrow(/append-only|denied/);
  });

  it('is what its approval says, whoever writes it', async () => {
    const { wallet, transferId } = await deposited();
    const [{ approvalId }, other] = [await asked({ transferId, reason }), await deposited()];
    const data = { kind: 'return', walletId: wallet.id, reason, requestedById: operator.id } as const;
    for (const wrong of [{ transferId }, { transferId: other.transferId }])
      await expect(db().depositRequest.create({ data: { ...data, ...wrong, approvalId } })).rejects.toThrow();
  });

  it.each([
    ['declined', declineDepositRequest, () => approver],
    ['cancelled', cancelDepositRequest, () => operator],
  ] as const)('is the customer’s again when it is %s', async (status, end, actor) => {
    const { wallet, transferId } = await deposited();
    const { id } = await asked({ transferId, reason });
    await end(actor(), { requestId: id, reason: 'No' });
    expect(await moneyOf(wallet)).toEqual({ available: 40_000n, reserved: 0n });
    expect(await transferRow(transferId)).toMatchObject({ returnReserved: 0n });
    const request = await db().depositRequest.findUnique({ where: { id }, include: { approval: true } });
    expect(request?.approval.state).toBe(status);
    const told = { subjectId: transferId, action: `deposit.return_${status}` };
    expect((await audited(told))[0]).toMatchObject({ reason: 'No' });
    // Sent again by who decided it, it ends at what there is; anybody else is told.
    expect(await end(actor(), { requestId: id, reason: 'No' })).toMatchObject({ id, status });
    await expect(end(await someOperator('admin'), { requestId: id, reason: 'No' })).rejects.toMatchObject({
      code: 'already_decided',
      details: { status, by: actor().name },
    });
    await asked({ transferId, reason });
  });

  it('is told in the order of what caused what: asked for, approved, sent', async () => {
    const { transferId } = await deposited();
    const { id } = await asked({ transferId, reason });
    await approveDepositRequest(approver, { requestId: id }).catch(() => undefined);
    const acts = (await timelineOf('transfer', transferId)).map(({ kind }) => kind);
    expect(acts).toEqual([
      ...['deposit.credited', 'deposit.return_asked', 'deposit.return_approved', 'deposit.return_requested'],
    ]);
  });

  it('is asked for once, also by ten people at once', async () => {
    const { wallet, transferId } = await deposited();
    const asking = Array.from({ length: 10 }, () => returnDeposit(operator, { transferId, reason }));
    const results = await Promise.allSettled(asking);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await moneyOf(wallet)).toEqual({ available: 0n, reserved: 40_000n });
    await expect(returnDeposit(operator, { transferId, reason })).rejects.toEqual(refused('request_waits'));
    const { items } = await listDepositRequests(ANYBODY);
    expect(items.filter((item) => item.transferId === transferId)).toMatchObject([
      { kind: 'return', requestedBy: operator.name, transfer: { amount: 40_000n } },
    ]);
  });

  it('of a frozen wallet is refused, unless both people let it leave', async () => {
    const { wallet, transferId } = await deposited();
    await freezeWallet(system('setup'), { walletId: wallet.id, reason });
    await expect(returnDeposit(operator, { transferId, reason })).rejects.toMatchObject({
      fields: { acceptsNotOpen: 'not_open_to_accept' },
    });
    const { id } = await asked({ transferId, reason, acceptsNotOpen: true });
    await expect(approveDepositRequest(approver, { requestId: id })).rejects.toMatchObject({
      fields: { acceptsNotOpen: 'not_open_to_accept' },
    });
    expect(await transferRow(transferId)).toMatchObject({ returnRequestedAt: null });
  });

  it('of a wallet that was frozen since is refused at the decision, and can be declined', async () => {
    const { wallet, transferId } = await deposited();
    const { id } = await asked({ transferId, reason });
    await freezeWallet(system('setup'), { walletId: wallet.id, reason });
    const approving = approveDepositRequest(approver, { requestId: id, acceptsNotOpen: true });
    await expect(approving).rejects.toEqual(refused('wallet_not_open'));
    await declineDepositRequest(approver, { requestId: id, reason });
    expect(await moneyOf(wallet)).toEqual({ available: 40_000n, reserved: 0n });
  });

  it('that was spent is refused, unless both people accept the very loss', async () => {
    const { wallet, transferId } = await deposited();
    await spendFrom(wallet, 25_000n);
    for (const acceptsLoss of [undefined, 24_999n])
      await expect(returnDeposit(operator, { transferId, reason, acceptsLoss })).rejects.toMatchObject({
        fields: { acceptsLoss: 'loss_to_accept' },
      });
    const { id, acceptedLoss } = await asked({ transferId, reason, acceptsLoss: 25_000n });
    expect(acceptedLoss).toBe(25_000n);
    expect(await moneyOf(wallet)).toEqual({ available: 0n, reserved: 15_000n });
    for (const acceptsLoss of [undefined, 1n])
      await expect(approveDepositRequest(approver, { requestId: id, acceptsLoss })).rejects.toMatchObject({
        fields: { acceptsLoss: 'loss_to_accept' },
      });
  });

  it('is not approved when more is lost than was accepted: a return by the bank had failed and freed it', async () => {
    const { wallet, transferId, say } = await deposited();
    const { id } = await asked({ transferId, reason });
    await say('return_pending');
    expect(await moneyOf(wallet)).toEqual({ available: 0n, reserved: 40_000n });
    await expect(approveDepositRequest(approver, { requestId: id })).rejects.toEqual(refused('conflict'));
    await say('succeeded', 'transfer.inbound.return_failed');
    expect(await moneyOf(wallet)).toEqual({ available: 40_000n, reserved: 0n });
    await spendFrom(wallet, 1n);
    const approving = approveDepositRequest(approver, { requestId: id, acceptsLoss: 40_000n });
    await expect(approving).rejects.toEqual(refused('loss_grew'));
    await declineDepositRequest(approver, { requestId: id, reason });
    expect(await moneyOf(wallet)).toEqual({ available: 39_999n, reserved: 0n });
  });

  it('that the bank takes back meanwhile leaves once, out of what was set aside', async () => {
    const { wallet, transferId, say } = await deposited();
    const { id } = await asked({ transferId, reason });
    await say('returned');
    expect(await moneyOf(wallet)).toEqual({ available: 0n, reserved: 0n });
    expect(await balanceOf(`receivable/${wallet.id}`)).toBe(0n);
    expect(await transferRow(transferId)).toMatchObject({ state: 'returned', returnReserved: 0n });
    await expect(approveDepositRequest(approver, { requestId: id })).rejects.toEqual(refused('conflict'));
    await declineDepositRequest(approver, { requestId: id, reason: 'Gone already' });
    expect(await moneyOf(wallet)).toEqual({ available: 0n, reserved: 0n });
    expect(rulesOf(await verify()).filter((rule) => /posting/.test(rule))).toEqual([]);
  });
});

describe('money in suspense', () => {
  it('is credited by one person to the very wallet that it was sent to', async () => {
    const wallet = await someWallet();
    await freezeWallet(system('setup'), { walletId: wallet.id, reason });
    const { id } = await told(at(wallet));
    await unfreezeWallet(system('setup'), { walletId: wallet.id, reason });
    expect(await assignDeposit(operator, { transferId: id, walletId: wallet.id, reason })).toEqual({
      id,
      request: null,
    });
    expect((await moneyOf(wallet)).available).toBe(10_000n);
    // Said again by who credited it, whose answer was lost, it stands; whoever comes later is told who it was.
    const again = { transferId: id, walletId: wallet.id, reason };
    expect(await assignDeposit(operator, again)).toEqual({ id, request: null });
    expect((await moneyOf(wallet)).available).toBe(10_000n);
    const refusal = { code: 'already_decided', details: byNow(operator, 'deposit.assigned') };
    await expect(assignDeposit(await someOperator(), again)).rejects.toMatchObject(refusal);
    const elsewhere = { ...again, walletId: (await someWallet()).id };
    await expect(assignDeposit(operator, elsewhere)).rejects.toMatchObject(refusal);
  });

  it('that one sent back is not credited by another, nor sent back by them: each is told who it was', async () => {
    const wallet = await someWallet();
    const { id } = await told({ accountId: wallet.accountId, numberId: 'acno_nobody' });
    await db().transfer.update({ where: { id }, data: { returnRequestedAt: new Date() } });
    await transaction((tx) =>
      recordAudit(tx, operator, { action: 'deposit.return_requested', subject: 'transfer', id, reason }),
    );
    const late = await someOperator();
    const refusal = { code: 'already_decided', details: byNow(operator, 'deposit.return_requested') };
    await expect(assignDeposit(late, { transferId: id, walletId: wallet.id, reason })).rejects.toMatchObject(
      refusal,
    );
    await expect(returnDeposit(late, { transferId: id, reason })).rejects.toMatchObject(refusal);
    expect(await returnDeposit(operator, { transferId: id, reason })).toEqual({ id, request: null });
  });

  it.each([
    ['that another wallet’s number names', async (wallet: OpenWallet) => at(wallet)],
    [
      'that no wallet’s number names',
      async ({ accountId }: OpenWallet) => ({ accountId, numberId: 'acno_nobody' }),
    ],
  ])('%s is credited to a wallet by two', async (_what, whereTo) => {
    const [named, other] = [await someWallet(), await someWallet()];
    await freezeWallet(system('setup'), { walletId: named.id, reason });
    const { id } = await told(await whereTo(named));
    const assignment = { transferId: id, walletId: other.id, reason, acceptsOtherAccount: true };
    const { request } = await assignDeposit(operator, assignment);
    expect(request).toMatchObject({ kind: 'assignment', status: 'awaiting_approval', walletId: other.id });
    expect((await moneyOf(other)).available).toBe(0n);
    await expect(assignDeposit(operator, assignment)).rejects.toEqual(refused('request_waits'));
    await expect(returnDeposit(operator, { transferId: id, reason })).rejects.toEqual(
      refused('request_waits'),
    );
    const requestId = request?.id ?? '';
    await expect(approveDepositRequest(operator, { requestId })).rejects.toEqual(refused('forbidden'));
    await expect(approveDepositRequest(approver, { requestId })).rejects.toEqual(
      refused('credit_unconfirmed'),
    );
    await meetMovements();
    await approveDepositRequest(approver, { requestId });
    expect((await moneyOf(other)).available).toBe(10_000n);
    expect(await transferRow(id)).toMatchObject({ walletId: other.id, suspenseReason: null });
  });

  it('stays there when the assignment is declined, or its wallet was frozen meanwhile', async () => {
    const other = await someWallet();
    const { id } = await told({ accountId: other.accountId, numberId: 'acno_nobody' });
    const { request } = await assignDeposit(operator, { transferId: id, walletId: other.id, reason });
    const requestId = request?.id ?? '';
    await freezeWallet(system('setup'), { walletId: other.id, reason });
    await expect(approveDepositRequest(approver, { requestId })).rejects.toEqual(refused('wallet_not_open'));
    await declineDepositRequest(approver, { requestId, reason });
    expect(await transferRow(id)).toMatchObject({ suspenseReason: 'unknown_number', walletId: null });
    expect((await moneyOf(other)).available).toBe(0n);
  });
});
