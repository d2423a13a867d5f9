import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import { system } from '~/lib/actor';
import { db } from '~/lib/db';
import { pollTransfers, syncFintoc } from '~/lib/inbox/sync';
import { latestStandstill } from '~/lib/standstill/found';
import type { Mark } from '~/lib/standstill/mark';
import { standstill } from '~/lib/standstill/standstill';
import { watchBooks } from '~/lib/standstill/watch';
import { drain } from '~/lib/testing/deliveries';
import { someClabe, someOperator } from '~/lib/testing/factories';
import { expectHeld, expectPaidOnce } from '~/lib/testing/gates';
import {
  depositInto,
  proveAll,
  type ReadyWallet,
  readyWallet,
  settleAll,
  withdraw,
} from '~/lib/testing/journeys';
import { ANYBODY } from '~/lib/testing/reader';
import { withRestorableBooks } from '~/lib/testing/restores';

const { fintoc, backUp, restore, marksDir } = withRestorableBooks();

const DAY_MS = 24 * 3_600_000;
let wallet: ReadyWallet;
let other: ReadyWallet;

beforeAll(async () => {
  await pollTransfers();
  [wallet, other] = [await readyWallet({ pattern: 'B' }), await readyWallet({ pattern: 'B' })];
  for (const each of [wallet, other]) await depositInto(fintoc, each, 100_000);
  // What leaves unexplained is covered by the platform's own money.
  await fintoc.fund((await fintoc.rootAccount()).id, 1_000_000);
  await fintoc.deliveriesDone();
  await drain();
  await proveAll();
  await watchBooks();
  await backUp();
});

beforeEach(async () => {
  await restore();
  for (const name of fs.readdirSync(marksDir())) fs.rmSync(path.join(marksDir(), name));
  await watchBooks();
});

/** As if these books had been watched like that. */
function remembered(change: Partial<Mark>): void {
  for (const name of fs.readdirSync(marksDir())) {
    const file = path.join(marksDir(), name);
    fs.writeFileSync(file, JSON.stringify({ ...JSON.parse(fs.readFileSync(file, 'utf8')), ...change }));
  }
}

const forTwoDays = { since: new Date(Date.now() - 2 * DAY_MS).toISOString() };

/** Somebody pays in the Dashboard, and writes a mark like ours on it. */
async function forge(withdrawal_id: string = randomUUID()): Promise<string> {
  const { id } = await fintoc.control('POST', '/dashboard-payouts', {
    account_id: wallet.accountId,
    amount: 5_000,
    counterparty: { account_number: someClabe('012') },
    metadata: { withdrawal_id, wallet_id: wallet.id },
    settle: true,
  });
  await fintoc.deliveriesDone();
  await drain();
  await pollTransfers();
  return id;
}

it('a forged mark holds its own account back, and no other, where the books were watched since before it', async () => {
  remembered(forTwoDays);
  const operator = await someOperator();
  const { id: mine } = await withdraw(operator, wallet, { amount: 1_000n });
  const { id: theirs } = await withdraw(operator, other, { amount: 1_000n });
  const transferId = await forge();
  await watchBooks();
  expect(await standstill(db())).toBeNull();
  expect(await db().unexplainedPayout.findUnique({ where: { transferId } })).toMatchObject({
    reason: 'unknown_withdrawal',
  });
  await proveAll();
  await expectHeld(fintoc, mine, 'unexplained_payout');
  await expectPaidOnce(fintoc, theirs);
});

it.each([
  ['began less than a day ago', { since: new Date(Date.now() - DAY_MS / 2).toISOString() }],
  ['had a break', { ...forTwoDays, writtenAt: new Date(Date.now() - 5 * 60_000).toISOString() }],
  ['is of other files', { ...forTwoDays, place: 'elsewhere' }],
])('where the memory %s, it may be newer books’: everything stands still', async (_how, change) => {
  remembered(change);
  const transferId = await forge();
  await watchBooks();
  expect((await latestStandstill(ANYBODY))?.facts).toMatchObject({
    signs: { lacks: [], transfers: expect.arrayContaining([transferId]) },
  });
});

it('a withdrawal that was never sent and is paid exactly stands everything still, however long they were watched', async () => {
  remembered(forTwoDays);
  const { id, destination } = await withdraw(await someOperator(), wallet, { amount: 5_000n });
  await fintoc.control('POST', '/dashboard-payouts', {
    account_id: wallet.accountId,
    amount: 5_000,
    counterparty: { account_number: destination },
    metadata: { withdrawal_id: id, wallet_id: wallet.id },
    settle: true,
  });
  await fintoc.deliveriesDone();
  await drain();
  await watchBooks();
  expect(await standstill(db())).not.toBeNull();
});

it('books that were restored have no such memory, though they lack nothing of what is remembered', async () => {
  remembered(forTwoDays);
  const kept = new Map(
    fs.readdirSync(marksDir()).map((name) => [name, fs.readFileSync(path.join(marksDir(), name), 'utf8')]),
  );
  const { id } = await withdraw(await someOperator(), other, { amount: 3_000n });
  await settleAll(fintoc);
  const paid = await fintoc
    .payouts()
    .then((payouts) => payouts.find((one) => one.metadata.withdrawal_id === id));
  await restore();
  // Sent in the second after it was remembered last.
  for (const [name, text] of kept) {
    const mark = { ...JSON.parse(text), writtenAt: new Date().toISOString() };
    fs.writeFileSync(path.join(marksDir(), name), JSON.stringify(mark));
  }
  await watchBooks();
  expect(await standstill(db())).toBeNull();
  await syncFintoc(system('setup'));
  await pollTransfers();
  await watchBooks();
  expect((await latestStandstill(ANYBODY))?.facts).toMatchObject({
    signs: { lacks: [], transfers: expect.arrayContaining([paid?.id]) },
  });
});
