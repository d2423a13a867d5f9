import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { db, transaction } from '~/lib/db';
import { cash, suspense, type WalletRef, walletAccount } from '~/lib/ledger/chart';
import { CLOCKS, foldEntries, type Moment } from '~/lib/ledger/moment';
import { credit, debit, postTransaction } from '~/lib/ledger/post';
import { listLedgerAccounts, sumLedgerAccounts, trialBalance } from '~/lib/ledger/read';
import { someCause } from '~/lib/testing/causes';
import { withTestDatabase } from '~/lib/testing/database';
import { happening, momentsAround, writeHistory } from '~/lib/testing/histories';
import { tamper } from '~/lib/testing/tampering';

withTestDatabase();

const RUNS = Math.ceil(Number(process.env.FAST_CHECK_RUNS ?? 60) / 4);
/** Behind the hour under way, whose entries are read one by one. */
const LATER = new Date('2100-01-01T00:00:00Z');
const walletOf = (serial: number): WalletRef => ({
  id: `00000000-0000-4000-8000-${String(serial).padStart(12, '0')}`,
  kind: 'general',
  houseRole: null,
  asset: 'CLP',
});

describe('the trial balance of a moment', () => {
  it('is the plain sum of what came before it, by either clock, whatever is in the sums and whatever came late', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(happening, { minLength: 1, maxLength: 40 }), { minLength: 1, maxLength: 3 }),
        fc.array(fc.integer({ min: 0, max: 1_000 }), { minLength: 1, maxLength: 4 }),
        fc.boolean(),
        async (parts, picks, foldLast) => {
          // Each history begins at the same time: what the later ones add was late for the sums.
          for (const [nth, happenings] of parts.entries()) {
            run += 1;
            const { entries } = await writeHistory(`sums${run}`, happenings);
            if (nth < parts.length - 1 || foldLast) await foldAll();
            for (const moment of momentsAround(entries, picks)) await expectPlainSum(moment);
          }
        },
      ),
      { numRuns: RUNS, endOnFailure: true },
    );
  });

  it('is at last that of now, with everything in the sums', async () => {
    await foldAll();
    const now = await trialBalance();
    for (const clock of CLOCKS) expect(await trialBalance({ before: LATER, clock })).toEqual(now);
  });

  it('loses nothing that was posted while entries with higher ids were added to the sums', async () => {
    const post = (source: string, serial: number, held?: Promise<void>) =>
      transaction(async (tx) => {
        await postTransaction(tx, {
          cause: someCause(source),
          kind: 'adjustment',
          effectiveAt: new Date(),
          lines: [
            debit(cash(`acc_${source}`, 'CLP'), 1n),
            credit(walletAccount(walletOf(serial), 'available'), 1n),
          ],
        });
        await held;
      });
    await foldAll();
    const given = await idsGiven();
    let letGo = () => {};
    const slow = post(
      'slow',
      1,
      new Promise((resolve) => {
        letGo = resolve;
      }),
    );
    await expect.poll(idsGiven).toBe(given + 2n);
    await post('quick', 2);
    for (let look = 0; look < 4; look += 1) await foldEntries();
    letGo();
    await slow;
    await foldAll();
    for (const clock of CLOCKS) await expectPlainSum({ before: LATER, clock });
  });

  it('has every entry once, however many workers add', async () => {
    await writeHistory('crowd', [
      { gapMs: 1, lagMs: 90_000_000, from: 0, to: 1, amount: 7 },
      { gapMs: 1, lagMs: 0, from: 2, to: 1, amount: 5 },
    ]);
    await Promise.all(Array.from({ length: 12 }, () => foldEntries()));
    await Promise.all(Array.from({ length: 4 }, foldAll));
    for (const clock of CLOCKS) await expectPlainSum({ before: LATER, clock });
  });
});

describe('the list of accounts of a moment', () => {
  it('walks on where few had a balance then, and shows each of those once', async () => {
    const before = new Date();
    for (let batch = 0; batch < 3; batch += 1)
      await transaction(async (tx) => {
        for (let nth = 0; nth < 100; nth += 1)
          await postTransaction(tx, {
            cause: someCause(`walk:${batch}:${nth}`),
            kind: 'adjustment',
            effectiveAt: new Date(),
            lines: [
              debit(suspense('CLP'), 1n),
              credit(walletAccount(walletOf(1_000 + batch * 100 + nth), 'available'), 1n),
            ],
          });
      });
    const at = { before, clock: 'posted' as const };
    const assets = ['CLP'];
    const shown: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listLedgerAccounts({ at, assets, nonZero: true, cursor });
      shown.push(...page.items.map(({ code }) => code));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(shown).toEqual([
      ...['quick', 'slow'].map((id) => `fintoc/acc_${id}/cash`),
      ...[1, 2].map((serial) => `wallet/${walletOf(serial).id}/available`),
    ]);
    expect(await sumLedgerAccounts({ at, assets, nonZero: true })).toEqual([
      { asset: 'CLP', debit: 2n, credit: 2n, accounts: null },
    ]);
  });

  it('of a text that finds more accounts than are added up one by one has no sum', async () => {
    await tamper(`
      INSERT INTO ledger_accounts (code, asset, side, bucket, non_negative)
      SELECT 'many/' || n, 'MXN', 'debit', 'suspense', false FROM generate_series(0, 1000) n`);
    const at = { before: new Date(), clock: 'posted' as const };
    expect(await sumLedgerAccounts({ at, text: 'many/' })).toBeNull();
    expect(await sumLedgerAccounts({ at, text: 'many/1000' })).toHaveLength(1);
    expect(await sumLedgerAccounts({ text: 'many/' })).toHaveLength(1);
  });
});

/** Until everything is in the sums: what is seen is added when nothing that began before is under way any more. */
async function foldAll(): Promise<void> {
  await expect
    .poll(
      async () => {
        await foldEntries();
        const [row] = await db().$queryRaw<{ left: bigint }[]>`
          SELECT (SELECT max(id) FROM ledger_entries) - through AS left FROM ledger_folds`;
        return row?.left;
      },
      { interval: 5 },
    )
    .toBe(0n);
}

async function expectPlainSum({ before, clock }: Moment): Promise<void> {
  const rows = await db().$queryRaw<{ group: string; asset: string; net: bigint }[]>`
    SELECT ledger_class(a.code, a.bucket, a.non_negative) AS "group", a.asset,
           coalesce(sum(e.amount) FILTER (
             WHERE CASE ${clock} WHEN 'posted' THEN e.posted_at ELSE e.effective_at END < ${before}), 0)::bigint AS net
    FROM ledger_accounts a LEFT JOIN ledger_entries e ON e.account_id = a.id
    GROUP BY 1, 2 ORDER BY 2, 1`;
  const lines = await trialBalance({ before, clock });
  expect(lines.map(({ group, asset, debit, credit }) => ({ group, asset, net: debit - credit }))).toEqual(
    rows,
  );
}

async function idsGiven(): Promise<bigint> {
  const [row] = await db().$queryRaw<
    { last: bigint }[]
  >`SELECT last_value AS last FROM ledger_entries_id_seq`;
  return row?.last ?? 0n;
}
