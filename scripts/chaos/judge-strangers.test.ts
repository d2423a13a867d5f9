import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { db, transaction } from '~/lib/db';
import { pollTransfers } from '~/lib/inbox/sync';
import { cash, walletAccount } from '~/lib/ledger/chart';
import { credit, debit, postTransaction } from '~/lib/ledger/post';
import { proveAccount } from '~/lib/proof/run';
import { someCause } from '~/lib/testing/causes';
import { withTestDatabase } from '~/lib/testing/database';
import { drain } from '~/lib/testing/deliveries';
import { someClabe, someOperator } from '~/lib/testing/factories';
import { expectHeld } from '~/lib/testing/gates';
import {
  depositInto,
  type ReadyWallet,
  readyWallet,
  settleAll,
  withdraw,
  withdrawalRow,
} from '~/lib/testing/journeys';
import { provenWallet, timePasses } from '~/lib/testing/proofs';
import { withLocalFintoc } from '~/lib/testing/sandbox';
import { approveWithdrawal } from '~/lib/withdrawals/withdrawals';
import { openDatabase } from './database.ts';
import { type Finding, FORGED, type Lapse, PLANTED, STRANGE_COMMENT, TOP_UP_COMMENT } from './evidence.ts';
import { Fintoc } from './fintoc.ts';
import { judge } from './judge.ts';
import { Planted } from './planted.ts';

withTestDatabase();
const fintoc = withLocalFintoc();

let database: ReturnType<typeof openDatabase>;
let shared: ReadyWallet;
const lapses: Lapse[] = [];

beforeAll(async () => {
  database = openDatabase(process.env.DATABASE_URL ?? '');
  await pollTransfers();
  shared = await readyWallet();
  await depositInto(fintoc, shared, 500_000);
});
afterAll(() => database.close());

const verdict = () =>
  judge({
    fintoc: new Fintoc({ url: fintoc.url, key: 'sk_test_sandbox' }),
    query: database.query,
    ...{ asked: new Map(), lapses },
  });

/** What the judge finds after this that it did not find before. */
async function foundBy(plant: () => Promise<unknown>): Promise<Finding[]> {
  const before = (await verdict()).map(({ what }) => what);
  await plant();
  return (await verdict()).filter(({ what }) => !before.includes(what));
}

const found = (kind: Finding['verdict'], ...words: string[]) =>
  expect.objectContaining({
    verdict: kind,
    what: expect.stringMatching(new RegExp(words.map((word) => `(?=.*${word})`).join(''))),
  });

/** A payout that nobody asked for, and that no break names. */
async function leave(facts: object): Promise<string> {
  const counterparty = { account_number: someClabe('012') };
  const payout = { account_id: shared.accountId, amount: 90, comment: STRANGE_COMMENT, counterparty };
  const { id } = await fintoc.control('POST', '/dashboard-payouts', { ...payout, ...facts });
  await settleAll(fintoc);
  await database.query('UPDATE proof_breaks SET transfer_id = NULL WHERE transfer_id = $1', [id]);
  return id;
}

describe('of what a restore took back the judge', () => {
  it('says nothing where a break names the payout, and names it outside of that time', async () => {
    const { id } = await withdraw(await someOperator(), shared);
    await settleAll(fintoc);
    const { transferId } = await withdrawalRow(id);
    const findings = await foundBy(() =>
      database.query(`UPDATE withdrawals SET status = 'declined', transfer_id = NULL WHERE id = '${id}'`),
    );
    const twice = found('doubled', `withdrawal ${id} was paid by ${transferId}, and given back`);
    expect(findings).toContainEqual(twice);
    lapses.push({ from: new Date(Date.now() - 60_000), to: new Date() });
    expect(await verdict()).toContainEqual(twice);
    const fact = { accountId: shared.accountId, asset: 'MXN', kind: 'unexplained_payout' as const };
    const amounts = { expected: 1n, actual: 0n, difference: 1n, cure: 'explain' as const, at: new Date() };
    await db().proofBreak.create({ data: { ...fact, ...amounts, subject: 'payout', transferId } });
    expect(await verdict()).not.toContainEqual(twice);
    lapses.length = 0;
    expect(await verdict()).toContainEqual(twice);
  });
});

describe('of a deposit that only a signed event told of the judge', () => {
  it('says nothing once two people took it back, and names it where it was paid out', async () => {
    const { id: walletId, accountId, accountNumberId } = await provenWallet(fintoc);
    const [asker, approver] = [await someOperator(), await someOperator('approver')];
    const crew = { operator: asker, operators: [asker], approver, witness: approver };
    const local = new Fintoc({ url: fintoc.url, key: 'sk_test_sandbox' });
    const purse = { id: walletId, pattern: 'B', accountId, numberId: accountNumberId };
    const planted = new Planted({
      fintoc: local,
      crew,
      purses: [{ ...purse, number: '', takesFees: false }],
    });
    let bait = '';
    const findings = await foundBy(async () => {
      await planted.tell({ numberId: accountNumberId }, `${FORGED}2`);
      await fintoc.deliveriesDone();
      await drain();
      await planted.tempt();
      const { id } = await db().withdrawal.findFirstOrThrow({ where: { walletId } });
      bait = id;
      await approveWithdrawal(approver, { withdrawalId: id });
      await expectHeld(fintoc, id, 'credit_unconfirmed');
      await timePasses(fintoc);
      await proveAccount(accountId);
      await planted.cure();
      await proveAccount(accountId);
      expect((await withdrawalRow(id)).status).toBe('cancelled');
    });
    expect([planted.asked, planted.cured]).toEqual([1, 1]);
    expect(findings).toEqual([]);
    const pay = (by: number) =>
      fintoc.sql('UPDATE sandbox.accounts SET balance = balance + $2 WHERE id = $1', [accountId, by]);
    await pay(PLANTED);
    const leaveBy = (facts: object) => leave({ account_id: accountId, amount: PLANTED / 2, ...facts });
    const id = await leaveBy({});
    const marked = await leaveBy({ metadata: { withdrawal_id: bait } });
    const paid = (payout: string) =>
      found('doubled', `${payout} of ${PLANTED / 2} was paid with money that never came`);
    expect(await verdict()).toEqual(expect.arrayContaining([paid(id), paid(marked)]));
    const amends = { account_number_id: accountNumberId, amount: PLANTED / 2, comment: TOP_UP_COMMENT };
    await fintoc.control('POST', '/inbound-transfers/batch', { transfers: [amends] });
    await settleAll(fintoc);
    // What is real may leave, but not before it came.
    const later = await leaveBy({ metadata: { withdrawal_id: bait } });
    const said = await verdict();
    expect(said).toEqual(expect.arrayContaining([paid(id)]));
    expect(said).not.toContainEqual(paid(later));
    for (const payout of [id, marked, later]) await fintoc.control('POST', `/transfers/${payout}/return`);
    await settleAll(fintoc);
    await pay(-PLANTED);
  });
});

describe('of what strangers did the judge', () => {
  it('names a payout that nobody asked for and that no break names, until it comes back', async () => {
    let id = '';
    const findings = await foundBy(async () => {
      id = await leave({});
    });
    const unseen = found('lost', `payout ${id} of 90 left, and no break names it`);
    expect(findings).toContainEqual(unseen);
    await fintoc.control('POST', `/transfers/${id}/return`);
    await settleAll(fintoc);
    expect(await verdict()).not.toContainEqual(unseen);
  });

  it('takes one under the mark of a withdrawal for no payment of ours', async () => {
    const { id: withdrawalId } = await withdraw(await someOperator(), shared);
    await settleAll(fintoc);
    let id = '';
    const findings = await foundBy(async () => {
      id = await leave({ metadata: { withdrawal_id: withdrawalId } });
    });
    expect(findings).toContainEqual(found('lost', `payout ${id}`, 'no break names it'));
    expect(findings).not.toContainEqual(found('doubled', `withdrawal ${withdrawalId}`));
  });

  it('names what only a signed event told of and is in the books, and not the event', async () => {
    const told = { type: 'transfer.inbound.succeeded', data: { tracking_key: `${FORGED}1` } };
    const findings = await foundBy(async () => {
      await database.query(
        `INSERT INTO inbox_events (id, type, object_id, mode, state, headers, body, occurred_at)
         VALUES ('evt_forged', $1, 'tr_forged', 'test', 'dead', '{}', $2, now())`,
        [told.type, JSON.stringify(told)],
      );
    });
    expect(findings).toEqual([]);
    expect(await foundBy(bookForged)).toContainEqual(
      found('doubled', 'transfer tr_forged, which an event told of', 'is in the books'),
    );
  });
});

/** As if the books had believed the event. */
function bookForged() {
  return transaction((tx) =>
    postTransaction(tx, {
      ...{ cause: someCause('forged'), kind: 'deposit', effectiveAt: new Date(), transferId: 'tr_forged' },
      lines: [debit(cash(shared.accountId, 'MXN'), 5n), credit(walletAccount(shared, 'available'), 5n)],
    }),
  );
}
