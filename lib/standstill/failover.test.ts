import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import { db } from '~/lib/db';
import { pollTransfers, syncIfDue } from '~/lib/inbox/sync';
import { foundSince, latestStandstill } from '~/lib/standstill/found';
import { takenUpSince } from '~/lib/standstill/place';
import { releaseStandstill } from '~/lib/standstill/release';
import { standstill } from '~/lib/standstill/standstill';
import { watchBooks } from '~/lib/standstill/watch';
import { createTestDatabase, type TestDatabase } from '~/lib/testing/database';
import { drain } from '~/lib/testing/deliveries';
import { someOperator } from '~/lib/testing/factories';
import { expectHeld, expectPaidOnce, payoutsOf } from '~/lib/testing/gates';
import {
  depositInto,
  proveAll,
  type ReadyWallet,
  readyWallet,
  settleAll,
  withdraw,
  withdrawalRow,
} from '~/lib/testing/journeys';
import { ANYBODY } from '~/lib/testing/reader';
import { withReplicatedBooks } from '~/lib/testing/replicas';
import { withLocalFintoc } from '~/lib/testing/sandbox';
import { submitWithdrawals } from '~/lib/withdrawals/submission';
import { cancelWithdrawal } from '~/lib/withdrawals/withdrawals';

/** Fintoc's memory is its own: no failover of ours takes it back. */
let theirs: TestDatabase;
let marks = '';
beforeAll(async () => {
  theirs = await createTestDatabase();
  marks = fs.mkdtempSync(path.join(os.tmpdir(), 'marks-'));
  Object.assign(process.env, { MARKS_DIR: marks, FINTOC_WEBHOOK_GRACE_MS: '0' });
});
afterAll(async () => {
  await theirs.drop();
  fs.rmSync(marks, { recursive: true });
});
const books = withReplicatedBooks();
const fintoc = withLocalFintoc({
  get databaseUrl() {
    return theirs.ownerUrl;
  },
});

let operator: OperatorActor;
let wallet: ReadyWallet;
beforeAll(async () => {
  operator = await someOperator();
  await pollTransfers();
  wallet = await readyWallet({ pattern: 'B' });
  await depositInto(fintoc, wallet, 100_000);
  // What leaves unexplained is covered by the platform's own money.
  await fintoc.fund((await fintoc.rootAccount()).id, 1_000_000);
  await fintoc.deliveriesDone();
  await drain();
  await proveAll();
  await watchBooks();
});

/** Each failover leaves a primary alone. */
afterEach(() => books.replicate());

/** What workers do meanwhile. */
async function catchUp(): Promise<void> {
  await syncIfDue();
  await pollTransfers();
  await proveAll();
}

const sendAll = async () => {
  while ((await submitWithdrawals()) > 0);
};
const ask = (amount: bigint) => withdraw(operator, wallet, { amount }).then(({ id }) => id);

async function released(): Promise<void> {
  const { id: standstillId } = await db().standstill.findFirstOrThrow({ where: { state: 'open' } });
  for (const actor of [await someOperator('approver'), await someOperator('approver')])
    await releaseStandstill(actor, { standstillId, reason: 'Compared with Fintoc.' });
}

describe('a replica that takes over', () => {
  it('and lacks nothing pays on by itself, once it has read all that happened before', async () => {
    const queued = await ask(10_000n);
    await watchBooks();
    await books.caughtUp();
    await books.failOver();
    await sendAll();
    await watchBooks();
    await sendAll();
    expect(await takenUpSince()).toEqual(expect.any(Date));
    expect(await payoutsOf(fintoc, queued)).toEqual([]);
    expect(await standstill(db())).toBeNull();
    await catchUp();
    await watchBooks();
    expect([await standstill(db()), await takenUpSince()]).toEqual([null, null]);
    await expectPaidOnce(fintoc, queued);
  });

  it('and lacks what was sent in the last moment pays nobody again, and finds what it lacks', async () => {
    const queued = await ask(10_000n);
    await watchBooks();
    await books.caughtUp();
    books.stream.cut();
    // No worker has looked since: nothing outside of the database remembers these.
    const lost = await ask(20_000n);
    await settleAll(fintoc);
    for (const id of [queued, lost]) expect((await withdrawalRow(id)).status).toBe('succeeded');
    await books.failOver();

    await watchBooks();
    expect(await standstill(db())).toBeNull();
    // The wallet has the money twice now, for whoever looks at these books alone.
    const spentAgain = await ask(75_000n);
    await sendAll();
    for (const id of [queued, spentAgain]) expect((await withdrawalRow(id)).status).toBe('queued');
    expect(await payoutsOf(fintoc, spentAgain)).toEqual([]);

    await catchUp();
    await watchBooks();
    const still = await latestStandstill(ANYBODY);
    if (!still) throw new Error('They are older.');
    const found = await foundSince(ANYBODY, still);
    expect(found.asked).toMatchObject([{ withdrawalId: lost, walletId: wallet.id, amount: 20_000n }]);
    expect(found.paid).toContainEqual(expect.objectContaining({ id: queued, status: 'succeeded' }));
    expect(found.waiting).toMatchObject([{ id: spentAgain, amount: 75_000n }]);
    await catchUp();
    await released();
    await settleAll(fintoc);
    expect(await payoutsOf(fintoc, queued)).toHaveLength(1);
    // Until two people say what left, nothing leaves the account.
    await expectHeld(fintoc, spentAgain, 'unexplained_payout');
    await cancelWithdrawal(operator, { withdrawalId: spentAgain, reason: 'Ya no' });
  });

  it('and is a minute behind stands still at once: what it lacks is told, and nobody is paid twice', async () => {
    const payer = await readyWallet({ pattern: 'B' });
    await depositInto(fintoc, payer, 100_000);
    const asked = (amount: bigint) => withdraw(operator, payer, { amount }).then(({ id }) => id);
    const queued = await asked(10_000n);
    await books.caughtUp();
    books.stream.cut();
    const lost = await asked(20_000n);
    await settleAll(fintoc);
    for (const id of [queued, lost]) expect((await withdrawalRow(id)).status).toBe('succeeded');
    await watchBooks();
    const inTheMiddle = await asked(5_000n);
    await books.failOver();

    await watchBooks();
    const { facts } = await db().standstill.findFirstOrThrow({ where: { state: 'open' } });
    const { lacks } = (facts as { signs: { lacks: { what: string }[] } }).signs;
    expect(lacks.map(({ what }) => what)).toEqual(['transactions', 'audit', 'sent']);
    const spentAgain = await asked(85_000n);
    await sendAll();
    for (const id of [queued, spentAgain])
      expect(await withdrawalRow(id)).toMatchObject({ status: 'queued', heldReason: 'books_older' });

    await catchUp();
    const still = await latestStandstill(ANYBODY);
    if (!still) throw new Error('They are older.');
    const found = await foundSince(ANYBODY, still);
    expect(found.ready.isReady).toBe(true);
    expect(found.asked).toMatchObject([{ withdrawalId: lost, walletId: payer.id, amount: 20_000n }]);
    expect(found.paid).toContainEqual(expect.objectContaining({ id: queued, status: 'succeeded' }));
    expect(await db().withdrawal.count({ where: { id: inTheMiddle } })).toBe(0);
    await released();
    await settleAll(fintoc);
    for (const id of [queued, lost]) expect(await payoutsOf(fintoc, id)).toHaveLength(1);
    expect(await payoutsOf(fintoc, inTheMiddle)).toEqual([]);
    await expectHeld(fintoc, spentAgain, 'unexplained_payout');
  });
});
