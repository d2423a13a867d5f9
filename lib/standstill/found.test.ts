import { beforeAll, expect, it } from 'vitest';
import { type OperatorActor, system } from '~/lib/actor';
import { pollTransfers, syncFintoc } from '~/lib/inbox/sync';
import { proveNow } from '~/lib/proof/resolve';
import { proveAccounts } from '~/lib/proof/run';
import { type FoundSince, foundSince, isStandingStill, latestStandstill } from '~/lib/standstill/found';
import { watchBooks } from '~/lib/standstill/watch';
import { someOperator } from '~/lib/testing/factories';
import {
  depositInto,
  type ReadyWallet,
  readyWallet,
  settleAll,
  withdraw,
  withdrawalRow,
} from '~/lib/testing/journeys';
import { ANYBODY } from '~/lib/testing/reader';
import { withRestorableBooks } from '~/lib/testing/restores';
import { approveWithdrawal } from '~/lib/withdrawals/withdrawals';

const { fintoc, backUp, restore } = withRestorableBooks();

let wallet: ReadyWallet;
let stranger: ReadyWallet;
let operator: OperatorActor;
let ids: { cameBack: string; paid: string; approved: string; waits: string; asked: string };
let found: FoundSince;

const ask = async (amount: bigint) => (await withdraw(operator, wallet, { amount })).id;

beforeAll(async () => {
  operator = await someOperator();
  await pollTransfers();
  wallet = await readyWallet();
  await depositInto(fintoc, wallet, 100_000);
  const cameBack = await ask(10_000n);
  await settleAll(fintoc);
  const paid = await ask(30_000n);
  const other = await readyWallet();
  await depositInto(fintoc, other, 6_000_000);
  // By somebody else: what one person asks for within a day counts together.
  const approved = (await withdraw(await someOperator(), other, { amount: 6_000_000n })).id;
  expect((await withdrawalRow(approved)).status).toBe('awaiting_approval');
  await backUp();

  await approveWithdrawal(await someOperator('approver'), { withdrawalId: approved });
  await settleAll(fintoc);
  const asked = await ask(20_000n);
  await settleAll(fintoc);
  const { transferId } = await withdrawalRow(cameBack);
  await fintoc.control('POST', `/transfers/${transferId}/return`);
  await depositInto(fintoc, wallet, 5_000);
  stranger = await readyWallet();
  await watchBooks();

  await restore();
  await watchBooks();
  // Nobody was asked yet when they stood still.
  const waits = await ask(1_000n);
  await syncFintoc(system('setup'));
  await pollTransfers();
  await proveNow(await someOperator(), {});
  while ((await proveAccounts()) > 0);
  ids = { cameBack, paid, approved, waits, asked };
  const still = await latestStandstill(ANYBODY);
  if (!still) throw new Error('They are older.');
  found = await foundSince(ANYBODY, still);
});

it('is ready to be decided on once all was read', async () => {
  expect(await isStandingStill()).toBe(true);
  expect(found.ready).toEqual({
    ...{ synced: true, polled: true, unproven: 0, unreadable: 0 },
    ...{ isRead: true, isReady: true },
  });
});

it('has what was asked for and paid after the backup, with the wallet that could take it a second time', () => {
  expect(found.asked).toEqual([
    expect.objectContaining({
      withdrawalId: ids.asked,
      walletId: wallet.id,
      walletName: wallet.name,
      amount: 20_000n,
      asset: 'MXN',
      state: 'succeeded',
      accountId: wallet.accountId,
      beneficiaryName: 'Ximena Robles',
      breakId: expect.any(String),
      // 100,000 and the 5,000 of since, less 30,000 that were paid and 1,000 that wait: the 20,000 are still in it.
      available: 74_000n,
    }),
  ]);
});

it('has what waited in the books and was paid meanwhile, and what will leave once people let it', async () => {
  expect(found.paid.toSorted((a, b) => Number(a.amount - b.amount))).toEqual([
    expect.objectContaining({ id: ids.paid, status: 'succeeded', amount: 30_000n, walletId: wallet.id }),
    expect.objectContaining({ id: ids.approved, status: 'succeeded', amount: 6_000_000n }),
  ]);
  expect(found.waiting).toEqual([expect.objectContaining({ id: ids.waits, amount: 1_000n })]);
  expect(await fintoc.payouts()).toHaveLength(4);
});

it('has what came back and what came in meanwhile', async () => {
  const { transferId, status } = await withdrawalRow(ids.cameBack);
  expect(status).toBe('returned');
  expect(found.ended).toEqual([
    expect.objectContaining({ id: transferId, state: 'returned', amount: 10_000n, walletId: wallet.id }),
  ]);
  expect(found.deposits).toEqual([{ asset: 'MXN', count: 1, amount: 5_000n, held: 0 }]);
});

it('has the CLABEs that were made for wallets unknown here, and no others', () => {
  expect(found.numbers.map(({ id }) => id)).toEqual([stranger.accountNumberId]);
  expect(found.accounts).toEqual([]);
});
