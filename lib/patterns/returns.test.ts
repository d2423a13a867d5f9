import { beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { db } from '~/lib/db';
import { pollTransfers } from '~/lib/inbox/sync';
import { balanceOf, moneyOf } from '~/lib/testing/books';
import { withTestDatabase } from '~/lib/testing/database';
import { drain } from '~/lib/testing/deliveries';
import { someOperator, someTerms } from '~/lib/testing/factories';
import {
  arrive,
  depositInto,
  expectCashEqualsFintoc,
  type ReadyWallet,
  readyWallet,
  settleAll,
  withdraw,
  withdrawalRow,
} from '~/lib/testing/journeys';
import {
  expectProven,
  moveByTwo,
  moveOf,
  paymentsOf,
  turn,
  turnsUntil,
  untilMoved,
} from '~/lib/testing/moves';
import { withLocalFintoc } from '~/lib/testing/sandbox';
import { tamper } from '~/lib/testing/tampering';
import { inPesos } from '~/lib/testing/wallets';
import type { PatternMove } from '~/prisma/generated/client';

/** What banks give back or take back of before a wallet moved, in the account that it had then. */

// Each takes many turns of every worker.
vi.setConfig({ testTimeout: 300_000 });

withTestDatabase();
const fintoc = withLocalFintoc();

beforeAll(() => pollTransfers());
beforeEach(() => fintoc.calm());

const cashOf = (accountId: string | null) => balanceOf(`fintoc/${accountId}/cash`);

/** The bank's own doing: nobody here asked for it. */
async function bankReturns(transferId: string | null): Promise<void> {
  await fintoc.control('POST', `/transfers/${transferId}/return`);
  await fintoc.deliveriesDone();
  await drain();
}

const depositOf = ({ id: walletId }: ReadyWallet, amount: bigint) =>
  db().transfer.findFirstOrThrow({ where: { walletId, amount, direction: 'inbound' } });

async function paid(wallet: ReadyWallet, amount: bigint): Promise<string | null> {
  const { id } = await withdraw(await someOperator(), wallet, { amount });
  await settleAll(fintoc);
  const { status, transferId } = await withdrawalRow(id);
  expect(status).toBe('succeeded');
  return transferId;
}

/** All payments that a move has made, once the one of this number has arrived. */
async function arrived({ id }: PatternMove, nth: number) {
  await turnsUntil(fintoc, async () => (await paymentsOf(id)).at(nth)?.state === 'arrived');
  return paymentsOf(id);
}

it('a deposit that its bank takes back is paid for from where its money went, and stands at no account twice', async () => {
  // Others share the account: without it going back, they would be short.
  const neighbour = await readyWallet();
  await depositInto(fintoc, neighbour, 90_000);
  const wallet = await readyWallet();
  for (const amount of [20_000, 7_000]) await depositInto(fintoc, wallet, amount);
  await moveByTwo(wallet, 'B');
  const move = await untilMoved(fintoc, wallet);
  await bankReturns((await depositOf(wallet, 7_000n)).id);
  expect(await moneyOf(wallet)).toEqual({ available: 20_000n, reserved: 0n });
  expect(await cashOf(move.toAccountId)).toBe(27_000n);
  const shared = await cashOf(wallet.accountId);
  expect(await arrived(move, 1)).toMatchObject([
    { amount: 27_000n, fromAccountId: wallet.accountId },
    { amount: 7_000n, fromAccountId: move.toAccountId, toAccountId: wallet.accountId, state: 'arrived' },
  ]);
  expect(await moneyOf(wallet)).toEqual({ available: 20_000n, reserved: 0n });
  expect(await cashOf(move.toAccountId)).toBe(20_000n);
  expect(await cashOf(wallet.accountId)).toBe(shared + 7_000n);
  // Nobody is credited what goes back, and what strangers send to its number waits in suspense.
  const { backNumberId } = await moveOf(wallet.id);
  await arrive(fintoc, { accountNumberId: backNumberId ?? '' }, 7_000);
  expect(
    await db().transfer.findMany({ where: { accountNumberId: backNumberId }, orderBy: { createdAt: 'asc' } }),
  ).toMatchObject([
    { purpose: 'move', walletId: null, suspenseReason: null },
    { purpose: null, walletId: null, suspenseReason: 'unknown_number' },
  ]);
  await paid(wallet, 20_000n);
  await paid(neighbour, 90_000n);
  await expectCashEqualsFintoc(fintoc);
  await expectProven();
});

it('what a wallet spent before its deposit was taken back is made up as it pays its debt', async () => {
  const wallet = await readyWallet();
  await depositInto(fintoc, wallet, 9_000);
  await moveByTwo(wallet, 'B');
  const move = await untilMoved(fintoc, wallet);
  await paid(wallet, 6_000n);
  // What the shared account is short of meanwhile is the platform's.
  await fintoc.fund(wallet.accountId, 50_000);
  await drain();
  await bankReturns((await depositOf(wallet, 9_000n)).id);
  expect(await moneyOf(wallet)).toEqual({ available: 0n, reserved: 0n });
  // Of the nine thousand three were there still.
  expect(await arrived(move, 1)).toMatchObject([{}, { amount: 3_000n }]);
  await turn(fintoc);
  expect(await moveOf(wallet.id)).toMatchObject({ waitsFor: 'debt_unpaid' });
  const { accountNumberId } = await inPesos(wallet.id);
  await arrive(fintoc, { accountNumberId: accountNumberId ?? '' }, 10_000);
  expect(await moneyOf(wallet)).toEqual({ available: 4_000n, reserved: 0n });
  await tamper(`UPDATE pattern_moves SET looked_at = looked_at - interval '5 minutes'`);
  expect(await arrived(move, 2)).toMatchObject([{}, {}, { amount: 6_000n }]);
  await turn(fintoc);
  expect(await moveOf(wallet.id)).toMatchObject({ waitsFor: null });
  expect(await cashOf(move.toAccountId)).toBe(4_000n);
  await expectCashEqualsFintoc(fintoc);
  await expectProven();
});

it('a payout that comes back follows the wallet with its fee, until the wallet itself comes back', async () => {
  const terms = await someTerms({ withdrawalFeeAmount: 500n });
  const wallet = await readyWallet({ termsId: terms.id });
  await depositInto(fintoc, wallet, 30_000);
  const [first, second] = [await paid(wallet, 5_000n), await paid(wallet, 6_000n)];
  await moveByTwo(wallet, 'B');
  const move = await untilMoved(fintoc, wallet);
  expect(await cashOf(move.toAccountId)).toBe(18_000n);
  await bankReturns(first);
  expect(await moneyOf(wallet)).toEqual({ available: 23_500n, reserved: 0n });
  expect(await arrived(move, 1)).toMatchObject([{ amount: 18_000n }, { amount: 5_500n }]);
  expect(await cashOf(move.toAccountId)).toBe(23_500n);

  await moveByTwo(wallet, 'A');
  const back = await untilMoved(fintoc, wallet);
  expect(back.toAccountId).toBe(wallet.accountId);
  await bankReturns(second);
  expect(await moneyOf(wallet)).toEqual({ available: 30_000n, reserved: 0n });
  for (let turns = 0; turns < 2; turns += 1) await turn(fintoc);
  // It stands where the wallet is: nothing more is paid.
  expect([await paymentsOf(move.id), await paymentsOf(back.id)].map(({ length }) => length)).toEqual([2, 1]);
  await paid(wallet, 29_500n);
  await expectCashEqualsFintoc(fintoc);
  await expectProven();
});
