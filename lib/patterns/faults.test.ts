import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { db } from '~/lib/db';
import { pollTransfers } from '~/lib/inbox/sync';
import { advanceMoves } from '~/lib/patterns/move';
import { cutBeforeItsEnd } from '~/lib/testing/cuts';
import { withTestDatabase } from '~/lib/testing/database';
import { drain } from '~/lib/testing/deliveries';
import { depositInto, readyWallet } from '~/lib/testing/journeys';
import { expectProven, moveByTwo, moveOf, turn, untilMoved } from '~/lib/testing/moves';
import { withLocalFintoc } from '~/lib/testing/sandbox';

// Each takes many turns of every worker.
vi.setConfig({ testTimeout: 300_000 });

withTestDatabase();
const fintoc = withLocalFintoc();

beforeAll(() => pollTransfers());
beforeEach(() => fintoc.calm());

const count = async (table: string, where = 'true') =>
  (await fintoc.sql<{ n: number }>(`SELECT count(*)::int AS n FROM sandbox.${table} WHERE ${where}`))[0]?.n ??
  0;

const made = async () => ({
  accounts: await count('accounts'),
  numbers: await count('account_numbers'),
  payouts: await count('transfers', `direction = 'outbound'`),
});

/** What a move asks Fintoc for, in its order, and how often. */
const REQUESTS = [
  ['A', 'B', '/v2/accounts'],
  ['A', 'B', '/v2/account_numbers'],
  ['B', 'A', '/v2/account_numbers'],
  ['A', 'B', '/v2/transfers'],
  ['B', 'A', '/v2/transfers'],
] as const;

describe.each(['before_commit', 'after_commit'] as const)('an answer that is lost %s', (when) => {
  it.each(REQUESTS)('from %s to %s, of %s, has nothing made twice', async (from, to, path) => {
    const wallet = await readyWallet({ pattern: from });
    await depositInto(fintoc, wallet, 12_000);
    const before = await made();
    await moveByTwo(wallet, to);
    await fintoc.control('POST', '/faults', { kind: 'reset', method: 'POST', path, when, count: 2 });
    await untilMoved(fintoc, wallet);
    const after = await made();
    // The new account brings its own number; beside it stands the one for arrivals.
    expect(after).toEqual({
      accounts: before.accounts + (to === 'B' ? 1 : 0),
      numbers: before.numbers + 2,
      payouts: before.payouts + 1,
    });
    await expectProven();
  });
});

it('what a stranger sends to the number for what is brought along waits in suspense, whatever it is', async () => {
  const wallet = await readyWallet();
  await depositInto(fintoc, wallet, 12_000);
  await moveByTwo(wallet, 'B');
  await untilMoved(fintoc, wallet);
  const { arrivalNumberId } = await moveOf(wallet.id);
  const sent = { account_number_id: arrivalNumberId, settle: true };
  for (const amount of [12_000, 500]) await fintoc.control('POST', '/inbound-transfers', { ...sent, amount });
  await fintoc.deliveriesDone();
  await drain();
  const arrived = await db().transfer.findMany({
    where: { accountNumberId: arrivalNumberId },
    orderBy: { createdAt: 'asc' },
    select: { amount: true, purpose: true, walletId: true, suspenseReason: true },
  });
  const stray = { purpose: null, walletId: null, suspenseReason: 'unknown_number' };
  expect(arrived).toEqual([
    { amount: 12_000n, purpose: 'move', walletId: null, suspenseReason: null },
    { amount: 12_000n, ...stray },
    { amount: 500n, ...stray },
  ]);
  await expectProven();
});

it('a worker that dies before it has written down what it did leaves all as it was, at each of its acts', async () => {
  const wallet = await readyWallet();
  await depositInto(fintoc, wallet, 12_000);
  const before = await made();
  await moveByTwo(wallet, 'B');
  // Its switch to the new account, and the end of it: each is cut, and done again.
  await cutBeforeItsEnd(dying);
  expect(await moveOf(wallet.id)).toMatchObject({ state: 'switching', switchedAt: null });
  await turn(fintoc);
  await cutBeforeItsEnd(dying);
  expect(await moveOf(wallet.id)).toMatchObject({ state: 'moving' });
  await untilMoved(fintoc, wallet);
  expect(await made()).toEqual({
    accounts: before.accounts + 1,
    numbers: before.numbers + 2,
    payouts: before.payouts + 1,
  });
  await expectProven();
});

/** A worker doesn't tell its caller what failed: the queue has it. */
async function dying(): Promise<void> {
  await db().queueItem.deleteMany({ where: { queue: 'pattern_moves' } });
  await advanceMoves();
  const failed = await db().queueItem.count({ where: { queue: 'pattern_moves' } });
  if (failed > 0) throw new Error('It failed.');
}

it('two workers at once make one of each', async () => {
  const wallet = await readyWallet();
  await depositInto(fintoc, wallet, 12_000);
  const before = await made();
  await moveByTwo(wallet, 'B');
  await Promise.all([advanceMoves(), advanceMoves(), advanceMoves()]);
  await untilMoved(fintoc, wallet);
  expect((await made()).payouts).toBe(before.payouts + 1);
  await expectProven();
});
