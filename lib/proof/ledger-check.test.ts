import { beforeAll, describe, expect, it } from 'vitest';
import { db, transaction } from '~/lib/db';
import { walletAccount } from '~/lib/ledger/chart';
import { postTransaction } from '~/lib/ledger/post';
import { booksByAsset } from '~/lib/overview/overview';
import { checkLedger, lastLedgerCheck } from '~/lib/proof/ledger-check';
import { WARNINGS } from '~/lib/proof/rules';
import { verifyBooks } from '~/lib/proof/verify';
import { balanceOf } from '~/lib/testing/books';
import { someCause } from '~/lib/testing/causes';
import { withTestDatabase } from '~/lib/testing/database';
import { arrive, type ReadyWallet, settleAll } from '~/lib/testing/journeys';
import { withLocalFintoc } from '~/lib/testing/sandbox';
import { tamper } from '~/lib/testing/tampering';
import { rulesOf, someBooks, verify } from '~/lib/testing/verifying';
import { pair } from '~/lib/transfers/postings';
import { houseWallets } from '~/lib/wallets/house';

withTestDatabase();
const fintoc = withLocalFintoc();

let wallet: ReadyWallet;
let other: ReadyWallet;

beforeAll(async () => {
  ({ wallet, other } = await someBooks(fintoc));
});

describe('the worker’s look', () => {
  const ages = () =>
    tamper(`
      UPDATE ledger_entries SET posted_at = posted_at - interval '5 minutes';
      UPDATE ledger_transactions SET posted_at = posted_at - interval '5 minutes';
      UPDATE ledger_accounts SET created_at = created_at - interval '5 minutes'`);

  it('goes on from where it was, and keeps a fault in sight until it is mended', async () => {
    await ages();
    await checkLedger();
    const before = await lastLedgerCheck();
    expect(before.faults).toEqual([]);
    expect(BigInt(before.ledger_entries)).toBeGreaterThan(0n);
    await arrive(fintoc, wallet, 77);
    await ages();
    await tamper(`UPDATE ledger_entries SET balance_after = balance_after + 1 WHERE amount = 77`);
    await checkLedger();
    await checkLedger();
    const wrong = await lastLedgerCheck();
    expect(rulesOf(wrong.faults)).toContain('balance_after is the balance so far');
    expect(wrong.ledger_entries).toBe(before.ledger_entries);
    await tamper(`UPDATE ledger_entries SET balance_after = balance_after - 1 WHERE amount = 77`);
    await checkLedger();
    const mended = await lastLedgerCheck();
    expect(mended.faults).toEqual([]);
    expect(BigInt(mended.ledger_entries)).toBeGreaterThan(BigInt(before.ledger_entries));
  });

  it('is one worker’s at a time, and the next one’s once the first is dead', async () => {
    await checkLedger();
    const { at } = await lastLedgerCheck();
    const dead = { queue: 'ledger_check', item: 'ledger_check' };
    await db().queueItem.create({ data: { ...dead, leaseUntil: new Date(Date.now() + 60_000) } });
    expect(await checkLedger()).toBe(0);
    expect((await lastLedgerCheck()).at).toBe(at);
    await db().queueItem.updateMany({ where: dead, data: { leaseUntil: new Date(0) } });
    await checkLedger();
    expect((await lastLedgerCheck()).at).not.toBe(at);
  });

  it('goes round what is old, finds what was changed there, and goes on meanwhile', async () => {
    await ages();
    while ((await checkLedger()) > 0);
    const { ledger_entries } = await lastLedgerCheck();
    const { id } = await db().ledgerEntry.findFirstOrThrow({ where: { amount: 4_321n } });
    expect(id < BigInt(ledger_entries)).toBe(true);
    const wrong = [
      `UPDATE ledger_entries SET amount = 4_300 WHERE id = ${id}`,
      `UPDATE ledger_entries SET amount = 4_321 WHERE id = ${id}`,
    ] as const;
    await tamper(wrong[0]);
    // In slices of two, so that it takes many looks to come round.
    let looks = 0;
    for (; (await lastLedgerCheck()).faults.length < 4 && looks < 200; looks += 1)
      await checkLedger({ rows: 2 });
    expect(rulesOf((await lastLedgerCheck()).faults)).toEqual([
      "a posting has its transfer's amount",
      'a transaction sums to zero per asset',
      'balance_after is the balance so far',
      'entries sum to zero per asset',
    ]);
    const { again } = await lastLedgerCheck();
    await checkLedger({ rows: 2 });
    const later = await lastLedgerCheck();
    expect(later.again).not.toEqual(again);
    expect(later.faults).toHaveLength(4);
    await tamper(wrong[1]);
    await checkLedger({ rows: 2 });
    expect(await lastLedgerCheck()).toMatchObject({ faults: [], wrong: [] });
  });

  it('comes round to everything within as many looks as it has slices', async () => {
    await ages();
    while ((await checkLedger()) > 0);
    const { roundAt } = await lastLedgerCheck();
    const slices = Math.ceil((await db().ledgerEntry.count()) / 2) + 5;
    for (let look = 0; look < slices; look += 1) await checkLedger({ rows: 2 });
    const after = (await lastLedgerCheck()).roundAt;
    expect(after !== null && after !== roundAt).toBe(true);
  });
});

describe('what was swept out by the daily settlement', () => {
  const warnings = () => verifyBooks((query) => db().$queryRaw<unknown[]>(query), { rules: WARNINGS });
  const settlement = async () => (await houseWallets(db(), 'MXN')).settlement;

  it('is told apart from what is at Fintoc, and warned of where it alone covers customers', async () => {
    await fintoc.control('POST', '/daily-settlement', { account_id: wallet.accountId });
    await settleAll(fintoc);
    const swept = await balanceOf('house/settlement');
    expect(swept).toBeGreaterThan(0n);
    expect(await verify()).toEqual([]);
    expect(await warnings()).toMatchObject([
      {
        rule: 'what is owed is covered at Fintoc',
        subject: 'MXN',
        actual: expect.stringContaining(`, ${swept} swept out`),
      },
    ]);
    await checkLedger();
    expect(await lastLedgerCheck()).toMatchObject({ faults: [], warnings: [{ subject: 'MXN' }] });
    const [books] = await booksByAsset();
    expect(books).toMatchObject({ sweptOut: swept, held: expect.any(BigInt) });
    expect(books && books.difference < 0n && books.difference + books.sweptOut >= 0n).toBe(true);
  });

  it('covers nobody beyond what was swept', async () => {
    const account = await settlement();
    expect(rulesOf(await verify())).toEqual([]);
    // No verb posts such a thing any more.
    await transaction((tx) =>
      postTransaction(tx, {
        cause: someCause('test:uncovered'),
        kind: 'adjustment',
        effectiveAt: new Date(),
        lines: pair(walletAccount(account, 'available'), walletAccount(other, 'available'), 5_000n),
      }),
    );
    expect(rulesOf(await verify())).toEqual(['what is owed is covered']);
  });
});
