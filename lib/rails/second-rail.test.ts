import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { type OperatorActor, system } from '~/lib/actor';
import { db, transaction } from '~/lib/db';
import { saveEntity } from '~/lib/entities/entities';
import { enrolRails } from '~/lib/rails/enrol';
import type { RailTransfer } from '~/lib/rails/rail-says';
import { addRail, railOf } from '~/lib/rails/registry';
import { approveWaiting } from '~/lib/testing/approvals';
import { expectSoundBooks, moneyOf } from '~/lib/testing/books';
import { withTestDatabase } from '~/lib/testing/database';
import { DUMMY_ASSET, DUMMY_ENTITY, DummyRail } from '~/lib/testing/dummy-rail';
import { someClabe, someCustomer, someOperator } from '~/lib/testing/factories';
import { proveAll, skipPauses, withdraw, withdrawalRow } from '~/lib/testing/journeys';
import { breaksOf, proofStateOf } from '~/lib/testing/proofs';
import { ANYBODY } from '~/lib/testing/reader';
import { applySightings } from '~/lib/transfers/apply';
import { saveAccount } from '~/lib/wallets/account-numbers';
import { getInAsset } from '~/lib/wallets/asset-wallets';
import { openWallet } from '~/lib/wallets/opening';
import { advanceOpenings } from '~/lib/wallets/provisioning';
import { blockBeneficiary, listBlocked, unblockBeneficiary } from '~/lib/withdrawals/beneficiaries';
import { submitWithdrawals } from '~/lib/withdrawals/submission';
import type { AccountNumber, Wallet } from '~/prisma/generated/client';

withTestDatabase();

const dummy = new DummyRail();
let operator: OperatorActor;
let wallet: Wallet & { accountNumber: AccountNumber };
let takeAway: () => void;

beforeAll(async () => {
  takeAway = addRail(dummy.rail);
  await enrolRails();
  operator = await someOperator();
  await transaction(async (tx) => {
    await saveEntity(tx, {
      ...{ id: DUMMY_ENTITY, holderName: 'Plataforma', holderId: 'ND', countryCode: 'mx', isRoot: true },
      ...{ status: 'operational', mode: 'test', raw: {} },
    });
    await saveAccount(tx, dummy.account());
  });
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

/** What the rail says of a transfer reaches the books. */
const told = (transfer: RailTransfer) =>
  applySightings(db(), [{ transfer, origin: 'webhook', note: 'none', saidAt: new Date() }]);

/** Asks for a payout by name, and lets a worker send it. */
async function sent(amount: bigint) {
  const { id } = await withdraw(operator, wallet, { amount, destination: 'ximena@dummy' });
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
