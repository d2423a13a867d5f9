import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { db } from '~/lib/db';
import { type Progress, verifyBooks } from '~/lib/proof/verify';
import { withTestDatabase } from '~/lib/testing/database';
import type { ReadyWallet } from '~/lib/testing/journeys';
import { withLocalFintoc } from '~/lib/testing/sandbox';
import { tamper } from '~/lib/testing/tampering';
import { rulesOf, someBooks, verify, whileWrong } from '~/lib/testing/verifying';

withTestDatabase();
const fintoc = withLocalFintoc();

let wallet: ReadyWallet;
let other: ReadyWallet;

beforeAll(async () => {
  ({ wallet, other } = await someBooks(fintoc));
});

describe('books that are sound', () => {
  it('break no rule', async () => {
    expect(await verify()).toEqual([]);
  });
});

describe('one wrong row is named, with what it should be', () => {
  it('an amount that was changed', async () => {
    const { id, transactionId } = await db().ledgerEntry.findFirstOrThrow({ where: { amount: 4_321n } });
    const faults = await whileWrong(
      `UPDATE ledger_entries SET amount = 4_300 WHERE id = ${id}`,
      `UPDATE ledger_entries SET amount = 4_321 WHERE id = ${id}`,
    );
    const transfer = await db().transfer.findFirstOrThrow({ where: { amount: 4_321n } });
    expect(rulesOf(faults)).toEqual([
      "a posting has its transfer's amount",
      'a proven movement equals its entry',
      'a transaction sums to zero per asset',
      'balance_after is the balance so far',
      'entries sum to zero per asset',
    ]);
    expect(faults.find(({ rule }) => rule.includes('zero'))).toMatchObject({
      subject: `transaction ${transactionId} (transfer:${transfer.id}:credit)`,
      expected: '0 MXN',
      actual: '-21 MXN',
    });
    expect(faults.find(({ rule }) => rule.includes('proven'))).toMatchObject({
      expected: '4321',
      actual: '4300',
    });
  });

  it('an entry that is missing', async () => {
    const entry = await db().ledgerEntry.findFirstOrThrow({ where: { amount: 100_000n } });
    await tamper(`CREATE TABLE kept AS SELECT * FROM ledger_entries WHERE id = ${entry.id}`);
    const faults = await whileWrong(
      `DELETE FROM ledger_entries WHERE id = ${entry.id}`,
      `INSERT INTO ledger_entries SELECT * FROM kept`,
    );
    expect(rulesOf(faults)).toContain('a transaction has all its entries');
    expect(faults.find(({ rule }) => rule === 'sequences have no gaps')).toMatchObject({
      subject: expect.stringContaining(`of fintoc/${wallet.accountId}/cash`),
      expected: `sequence ${entry.sequence} before it`,
    });
    expect(faults.find(({ rule }) => rule === 'a proven movement equals its entry')).toMatchObject({
      expected: '100000',
      actual: 'no such entry',
    });
  });

  it('a whole posting that is missing', async () => {
    const transfer = await db().transfer.findFirstOrThrow({ where: { amount: 900n } });
    const faults = await whileWrong(
      `UPDATE ledger_transactions SET step = 'gone' WHERE cause_id = '${transfer.id}' AND step = 'credit'`,
      `UPDATE ledger_transactions SET step = 'credit' WHERE step = 'gone'`,
    );
    expect(faults).toEqual([
      {
        rule: 'a transfer that ended has its posting',
        subject: `transfer ${transfer.id} (inbound, succeeded)`,
        expected: `transfer:${transfer.id}:credit: cash 900, in transit 0`,
        actual: 'no such transaction',
      },
    ]);
  });

  it('an entry whose transaction or account is gone', async () => {
    const { id, accountId, transactionId } = await db().ledgerEntry.findFirstOrThrow({
      where: { amount: 4_321n },
    });
    expect(
      rulesOf(
        await whileWrong(
          `UPDATE ledger_transactions SET id = -1 WHERE id = ${transactionId}`,
          `UPDATE ledger_transactions SET id = ${transactionId} WHERE id = -1`,
        ),
      ),
    ).toContain('an entry is of a transaction');
    const faults = await whileWrong(
      `UPDATE ledger_entries SET account_id = -1 WHERE id = ${id}`,
      `UPDATE ledger_entries SET account_id = ${accountId} WHERE id = ${id}`,
    );
    expect(faults.find(({ rule }) => rule === 'an entry is of an account')).toMatchObject({
      subject: `entry ${id} of account -1 (transaction ${transactionId})`,
    });
  });

  it('a balance that was changed', async () => {
    const code = `wallet/${wallet.id}/available`;
    const faults = await whileWrong(
      `UPDATE ledger_accounts SET balance = balance + 5 WHERE code = '${code}'`,
      `UPDATE ledger_accounts SET balance = balance - 5 WHERE code = '${code}'`,
    );
    expect(faults).toContainEqual({
      rule: 'a balance is the fold of its entries',
      subject: `account ${code} MXN`,
      expected: '94321',
      actual: '94326',
    });
    expect(rulesOf(faults)).toContain('debits equal credits');
  });

  it('a deposit in another wallet than that of its account number', async () => {
    const entry = await db().ledgerEntry.findFirstOrThrow({ where: { amount: -900n } });
    const faults = await whileWrong(
      `UPDATE ledger_entries SET wallet_id = '${wallet.id}' WHERE id = ${entry.id}`,
      `UPDATE ledger_entries SET wallet_id = '${other.id}' WHERE id = ${entry.id}`,
    );
    expect(faults).toMatchObject([
      {
        rule: 'a deposit is in the wallet of its account number',
        expected: `wallet ${other.id}`,
        actual: `wallet ${wallet.id}`,
      },
    ]);
  });

  it('customers’ money that nothing covers', async () => {
    const faults = await whileWrong(
      `UPDATE ledger_accounts SET balance = balance - 200_000 WHERE bucket = 'cash'`,
      `UPDATE ledger_accounts SET balance = balance + 200_000 WHERE bucket = 'cash'`,
    );
    expect(rulesOf(faults)).toContain('what is owed is covered');
    expect(rulesOf(faults)).toContain("cash equals Fintoc's balance");
  });
});

describe('npm run verify', () => {
  const run = async (language = 'en_US.UTF-8') => {
    const env = { ...process.env, NODE_ENV: 'production' as const, LC_ALL: language };
    const command = ['--import', 'tsx', 'scripts/verify.ts'];
    return promisify(execFile)(process.execPath, command, { env }).then(
      ({ stdout }) => ({ code: 0, told: stdout }),
      ({ code, stderr }: { code: number; stderr: string }) => ({ code, told: stderr }),
    );
  };

  it('ends with 0 on sound books, and with 1 and the wrong row’s name on others', async () => {
    expect(await run()).toMatchObject({ code: 0, told: expect.stringContaining('The books are sound') });
    await tamper(
      `UPDATE ledger_accounts SET balance = balance + 5 WHERE code = 'wallet/${wallet.id}/available'`,
    );
    const { code, told } = await run();
    const spanish = await run('es_MX.UTF-8');
    await tamper(
      `UPDATE ledger_accounts SET balance = balance - 5 WHERE code = 'wallet/${wallet.id}/available'`,
    );
    expect(code).toBe(1);
    expect(told).toContain(`account wallet/${wallet.id}/available MXN`);
    expect(spanish.code).toBe(1);
    expect(spanish.told).toContain('MAL: Cada saldo es la suma de sus movimientos');
    expect(spanish.told).toContain(`cuenta wallet/${wallet.id}/available MXN`);
  });
});

describe('how far a check has come', () => {
  it('is told of how many, table by table and rule by rule', async () => {
    const told: Progress[] = [];
    await verifyBooks((query) => db().$queryRaw<unknown[]>(query), {
      rangeSize: 2,
      onProgress: (progress) => told.push(progress),
    });
    const entries = told.filter(({ table }) => table === 'ledger_entries');
    const total = await db().ledgerEntry.count();
    expect(entries[0]).toMatchObject({ done: 2, total });
    expect(entries.at(-1)).toMatchObject({ done: total, total });
    expect(told.at(-1)).toMatchObject({ table: 'whole', done: told.at(-1)?.total });
    expect(told.some(({ table }) => table === 'withdrawals')).toBe(true);
  });
});
