import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, onTestFinished } from 'vitest';
import { type OperatorActor, system } from '~/lib/actor';
import { db } from '~/lib/db';
import { listEndpoints, registerEndpoint } from '~/lib/inbox/endpoints';
import { processEvents } from '~/lib/inbox/process';
import { receiveDelivery } from '~/lib/inbox/receive';
import { pollTransfers, syncFintoc } from '~/lib/inbox/sync';
import { recoverBreak } from '~/lib/proof/resolve';
import { enrolRails } from '~/lib/rails/enrol';
import type { RailTransfer } from '~/lib/rails/rail-says';
import { addRail, railOf } from '~/lib/rails/registry';
import { approveWaiting } from '~/lib/testing/approvals';
import { expectSoundBooks, moneyOf } from '~/lib/testing/books';
import { withTestDatabase } from '~/lib/testing/database';
import { DUMMY_ASSET, DUMMY_ENTITY, DummyRail, none } from '~/lib/testing/dummy-rail';
import { someClabe, someCustomer, someOperator } from '~/lib/testing/factories';
import { proveAll, skipPauses, withdraw, withdrawalRow } from '~/lib/testing/journeys';
import { breaksOf, proofStateOf } from '~/lib/testing/proofs';
import { ANYBODY } from '~/lib/testing/reader';
import { withLocalFintoc } from '~/lib/testing/sandbox';
import { getInAsset } from '~/lib/wallets/asset-wallets';
import { openWallet } from '~/lib/wallets/opening';
import { advanceOpenings } from '~/lib/wallets/provisioning';
import { blockBeneficiary, listBlocked, unblockBeneficiary } from '~/lib/withdrawals/beneficiaries';
import { submitWithdrawals } from '~/lib/withdrawals/submission';
import { approveWithdrawal } from '~/lib/withdrawals/withdrawals';
import type { AccountNumber, Wallet } from '~/prisma/generated/client';

process.env.FINTOC_WEBHOOK_GRACE_MS = '0';
withTestDatabase();
withLocalFintoc();

const dummy = new DummyRail();
let operator: OperatorActor;
let approver: OperatorActor;
let wallet: Wallet & { accountNumber: AccountNumber };
let takeAway: () => void;

beforeAll(async () => {
  takeAway = addRail(dummy.rail);
  operator = await someOperator();
  approver = await someOperator('approver');
  await syncFintoc(system('sync'));
  await registerEndpoint(system('setup'), {}, dummy.rail);
  wallet = await opened();
  await told(dummy.receive(wallet.accountNumber, 500_000n));
  await proveAll();
});
beforeEach(() => {
  dummy.answers = 'accept';
});
afterEach(expectSoundBooks);
afterAll(() => takeAway());

async function opened() {
  const { id: customerId } = await someCustomer();
  const facts = { customerId, pattern: 'A', name: 'Monedero', asset: DUMMY_ASSET } as const;
  const { id } = await openWallet(system('setup'), { ...facts, requestId: randomUUID() });
  await advanceOpenings();
  const { accountNumberId, ...row } = await getInAsset(db(), id, DUMMY_ASSET);
  if (!accountNumberId) throw new Error(`Not open: ${row.openingError}`);
  const accountNumber = await db().accountNumber.findUniqueOrThrow({ where: { id: accountNumberId } });
  return { ...row, accountNumber };
}

/** The rail delivers what it says of a transfer, and a worker takes it in. */
async function told(transfer: RailTransfer): Promise<void> {
  const { headers, body } = dummy.delivery(transfer);
  expect(await receiveDelivery(headers, body, dummy.rail)).toEqual({ status: 200 });
  while ((await processEvents()) > 0);
}

/** Asks for a payout by name, which somebody else approves, and lets a worker send it. */
async function sent(amount: bigint) {
  const { id } = await withdraw(operator, wallet, { amount, destination: 'ximena@dummy' });
  await approveWithdrawal(approver, { withdrawalId: id });
  await submitWithdrawals();
  return withdrawalRow(id);
}
const payoutOf = (withdrawalId: string) => {
  const found = [...dummy.paid.values()].filter(({ marks }) => marks.withdrawalId === withdrawalId);
  expect(found).toHaveLength(1);
  return found[0] as RailTransfer;
};

it('opens: the account’s own rail gives the number', () => {
  expect(railOf(dummy.accountId)).toBe(dummy.rail);
  expect(wallet).toMatchObject({ status: 'open', accountId: dummy.accountId, asset: DUMMY_ASSET });
  expect(wallet.accountNumber.number).toBe(`dummy:number:${wallet.id}@dummy`);
});

it('comes over with its holder, account and number, beside the other rail’s', async () => {
  const of = { where: { rail: 'dummy' } };
  expect(await db().entity.findMany(of)).toMatchObject([{ id: DUMMY_ENTITY, isRoot: true }]);
  expect(await db().account.findMany(of)).toMatchObject([
    { id: dummy.accountId, entityId: DUMMY_ENTITY, asset: DUMMY_ASSET },
  ]);
  expect(await db().accountNumber.count({ where: { id: dummy.numberId } })).toBe(1);
  expect(await db().entity.count({ where: { rail: 'fintoc' } })).toBeGreaterThan(0);
});

it('comes over although another rail doesn’t answer', async () => {
  const mute = new DummyRail('mute');
  mute.rail.holders = () => none('holders');
  const takeMuteAway = addRail(mute.rail);
  await db().account.update({ where: { id: dummy.accountId }, data: { status: 'gone' } });
  await expect(syncFintoc(system('sync'))).rejects.toThrow(/mute|can.t holders/);
  takeMuteAway();
  expect(await db().account.findUnique({ where: { id: dummy.accountId } })).toMatchObject({
    status: 'active',
  });
});

it.each([
  ['fintoc', 'dummy:tr_1', /transfers_rail_id/],
  ['dummy', 'tr_1', /transfers_rail_id/],
  ['nobody', 'nobody:tr_1', /Foreign key/],
])('nothing of %s is called %s', async (rail, id, refusal) => {
  const facts = { direction: 'inbound', status: 'succeeded', amount: 1n, asset: DUMMY_ASSET } as const;
  const known = { accountId: dummy.accountId, origin: 'webhook', mode: 'test', transactedAt: new Date() };
  await expect(db().transfer.create({ data: { rail, id, ...facts, ...known } })).rejects.toThrow(refusal);
});

it('credits and proves: its statement is what the books hold, page after page', async () => {
  const before = await moneyOf(wallet);
  for (const amount of [100n, 200n, 300n]) await told(dummy.receive(wallet.accountNumber, amount));
  await proveAll();
  expect((await moneyOf(wallet)).available).toBe(before.available + 600n);
  const state = await proofStateOf(dummy.accountId);
  expect(state).toMatchObject({ error: null, provenBalance: dummy.balance, statedBalance: dummy.balance });
  expect(await breaksOf(dummy.accountId)).toEqual([]);
});

it('pays whom it knows, under the mark by which it is found, and proves that it arrived', async () => {
  await expect(withdraw(operator, wallet, { amount: 100n, destination: someClabe() })).rejects.toMatchObject({
    fields: { destination: 'not_a_name' },
  });
  const withdrawal = await sent(70_000n);
  expect(withdrawal).toMatchObject({
    ...{ status: 'pending', printedName: 'XIMENA ROBLES' },
    ...{ destinationKind: 'name', destination: 'ximena@dummy' },
  });
  await told(dummy.end(payoutOf(withdrawal.id), 'succeeded'));
  expect(await withdrawalRow(withdrawal.id)).toMatchObject({ status: 'succeeded' });
  await proveAll();
  expect(await proofStateOf(dummy.accountId)).toMatchObject({ error: null, provenBalance: dummy.balance });
});

it('whom it pays can be blocked and let go again, as anybody', async () => {
  const number = 'ximena@dummy';
  const [one, other] = [await someOperator('approver'), await someOperator('approver')];
  await blockBeneficiary(one, { number, reason: 'Reported as fraud' });
  expect((await listBlocked(ANYBODY)).items).toMatchObject([
    { destinationKind: 'name', destination: number, bank: 'Dummy' },
  ]);
  await expect(withdraw(operator, wallet, { amount: 100n, destination: number })).rejects.toMatchObject({
    code: 'beneficiary_blocked',
  });
  await unblockBeneficiary(one, { number, reason: 'Cleared by the bank' });
  await approveWaiting(other, { action: 'beneficiary.unblock', subjectId: number });
  expect((await listBlocked(ANYBODY)).items).toEqual([]);
});

it('what it refuses gives the money back', async () => {
  const before = await moneyOf(wallet);
  dummy.answers = 'refuse';
  expect(await sent(1_000n)).toMatchObject({
    status: 'failed',
    failureCode: 'dummy_no',
    failureDetail: 'No.',
  });
  expect(await moneyOf(wallet)).toEqual(before);
});

it('what it paid without an answer is found by its mark, and paid once', async () => {
  dummy.answers = 'say nothing';
  const withdrawal = await sent(2_000n);
  expect(withdrawal).toMatchObject({ status: 'submitting', failureCode: 'dummy_silence' });
  dummy.answers = 'accept';
  await skipPauses();
  while ((await submitWithdrawals()) > 0);
  const { id } = payoutOf(withdrawal.id);
  expect(await withdrawalRow(withdrawal.id)).toMatchObject({ status: 'pending', transferId: id });
});

it('what no delivery told of, a poll brings', async () => {
  const before = await moneyOf(wallet);
  dummy.receive(wallet.accountNumber, 900n);
  expect(await pollTransfers(dummy.rail)).toBe(1);
  expect((await moneyOf(wallet)).available).toBe(before.available + 900n);
});

it('what its statement has and the books lack is a break, and is asked for at this very rail', async () => {
  const [admin, before] = [await someOperator('admin'), await moneyOf(wallet)];
  const transfer = dummy.receive(wallet.accountNumber, 1_100n);
  dummy.hidden.add(transfer.id);
  await proveAll();
  const [broken] = await breaksOf(dummy.accountId);
  expect(broken).toMatchObject({ kind: 'missing_here', transferId: transfer.id });
  dummy.hidden.clear();
  await recoverBreak(admin, { breakId: broken?.id ?? '' });
  expect((await moneyOf(wallet)).available).toBe(before.available + 1_100n);
});

it('a delivery with another signature is refused, and kept with this rail’s own header', async () => {
  const { body } = dummy.delivery(dummy.receive(wallet.accountNumber, 5n));
  const headers = new Headers({ 'dummy-signature': 'wrong', 'fintoc-signature': 'not theirs' });
  expect(await receiveDelivery(headers, body, dummy.rail)).toEqual({ status: 401 });
  const kept = await db().refusedDelivery.findFirstOrThrow({ orderBy: { id: 'desc' } });
  expect(kept.headers).toMatchObject({ 'dummy-signature': 'wrong' });
  expect(kept.headers).not.toHaveProperty('fintoc-signature');
});

it('one secret is replaced without those of the other rail', async () => {
  const goodBefore = (await listEndpoints()).filter(({ secret }) => secret === 'current');
  expect(goodBefore.map(({ rail }) => rail).sort()).toEqual(['dummy', 'fintoc']);
  for (let nth = 0; nth < 3; nth += 1) await registerEndpoint(system('setup'), {}, dummy.rail);
  const endpoints = await listEndpoints();
  expect(endpoints.filter(({ rail }) => rail === 'fintoc').map(({ secret }) => secret)).toEqual(['current']);
  expect(endpoints.filter(({ rail }) => rail === 'dummy').map(({ secret }) => secret)).toEqual([
    ...['current', 'previous', 'retired', 'retired'],
  ]);
});

it('an account that no sync has brought is asked for with its holder, where money first comes in', async () => {
  const other = new DummyRail('third');
  const takeOtherAway = addRail(other.rail);
  onTestFinished(takeOtherAway);
  await enrolRails();
  await registerEndpoint(system('setup'), {}, other.rail);
  const transfer = other.receive({ id: other.numberId, number: 'x' }, 700n);
  const { headers, body } = other.delivery(transfer);
  expect(await receiveDelivery(headers, body, other.rail)).toEqual({ status: 200 });
  while ((await processEvents()) > 0);
  expect(await db().transfer.findUnique({ where: { id: transfer.id } })).toMatchObject({
    ...{ rail: 'third', state: 'succeeded' },
  });
  expect(await db().account.findUnique({ where: { id: other.accountId } })).toMatchObject({ rail: 'third' });
});
