import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { db, transaction } from '~/lib/db';
import { cash, walletAccount } from '~/lib/ledger/chart';
import { credit, debit, postTransaction } from '~/lib/ledger/post';
import { balanceOf, expectSoundBooks } from '~/lib/testing/books';
import { someCause } from '~/lib/testing/causes';
import { withTestDatabase } from '~/lib/testing/database';
import { asSuperuser } from '~/lib/testing/tampering';

withTestDatabase();

/** The owner's role and a superuser's: what both are refused, nobody gets past. */
let owner: pg.Client;
let superuser: pg.Client;
let accounts: { wallet: string; bank: string };
let standing: string;

beforeAll(async () => {
  const purse = walletAccount(
    { id: '00000000-0000-4000-8000-000000000001', kind: 'customer', houseRole: null, asset: 'MXN' },
    'available',
  );
  const bank = cash('acc_bank', 'MXN');
  const { transactionId } = await transaction((tx) =>
    postTransaction(tx, {
      cause: someCause('r:fund'),
      kind: 'adjustment',
      effectiveAt: new Date(),
      lines: [debit(bank, 1_000n), credit(purse, 1_000n)],
    }),
  );
  standing = String(transactionId);
  const rows = await db().ledgerAccount.findMany();
  const idOf = (code: string) => String(rows.find((row) => row.code === code)?.id);
  accounts = { wallet: idOf(purse.code), bank: idOf(bank.code) };

  owner = new pg.Client({ connectionString: process.env.TEST_DATABASE_OWNER_URL ?? '' });
  [superuser] = await Promise.all([asSuperuser(), owner.connect()]);
});

afterAll(() => Promise.all([owner.end(), superuser.end()]));

/** One statement that writes a transaction with its entries, as somebody without ledger_post would. */
function rawTransaction(
  source: string,
  entries: [account: string, amount: number][],
  count = entries.length,
) {
  const values = entries
    .map(([account, amount], nth) => `(${nth + 1}, ${account}, ${amount}, ${1_000 + nth})`)
    .join(', ');
  return `
    WITH t AS (
      INSERT INTO ledger_transactions (cause_kind, cause_id, step, kind, effective_at, entry_count)
      VALUES ('transfer', '${source}', 'test', 'adjustment', now(), ${count}) RETURNING id)
    INSERT INTO ledger_entries (transaction_id, line, account_id, sequence, asset, amount, balance_after, kind, effective_at)
    SELECT t.id, v.line, v.account, v.sequence, 'MXN', v.amount, 0, 'raw', now()
    FROM t, (VALUES ${values}) v(line, account, amount, sequence)`;
}

const pair = (source: string, amount: number) =>
  rawTransaction(source, [
    [accounts.bank, amount],
    [accounts.wallet, -amount],
  ]);

const refusal = (client: pg.Client, sql: string) =>
  client.query(sql).then(
    () => 'accepted',
    (error: pg.DatabaseError) => `${error.code} ${error.message}`,
  );

describe('Postgres itself', () => {
  it('knows the owner as a role without special rights', async () => {
    const { rows } = await owner.query(
      'SELECT rolsuper, rolbypassrls, rolcreaterole FROM pg_roles WHERE rolname = current_user',
    );
    expect(rows).toEqual([{ rolsuper: false, rolbypassrls: false, rolcreaterole: false }]);
  });

  it.each([
    [
      'a transaction that does not sum to zero',
      () =>
        rawTransaction('r:1', [
          [accounts.bank, 100],
          [accounts.wallet, -99],
        ]),
      /^23514 .*sum to zero/,
    ],
    ['a transaction of one entry', () => rawTransaction('r:2', [[accounts.bank, 100]]), /^23514/],
    [
      'a transaction of fewer entries than it says',
      () =>
        rawTransaction(
          'r:3',
          [
            [accounts.bank, 1],
            [accounts.wallet, -1],
          ],
          3,
        ),
      /^23514 .*together/,
    ],
    [
      'a transaction without entries',
      () =>
        `INSERT INTO ledger_transactions (cause_kind, cause_id, step, kind, effective_at, entry_count) VALUES ('transfer', 'r:4', 'test', 'adjustment', now(), 2)`,
      /^23514 .*has entries/,
    ],
    [
      'a second transaction of the same step',
      () =>
        rawTransaction('r:fund', [
          [accounts.bank, 1],
          [accounts.wallet, -1],
        ]),
      /^23505 .*cause_key/,
    ],
    ['an entry of nothing', () => pair('r:5', 0), /^23514/],
    ['an entry of more than a float can tell from the next', () => pair('r:9', 2 ** 53), /^23514 .*_amount/],
    ['an entry appended to an old transaction', () => appended([[3, 5]]), /^23514/],
    [
      'a balanced pair appended to an old transaction',
      () =>
        appended([
          [3, 5],
          [4, -5],
        ]),
      /^23514 .*together/,
    ],
    [
      'lines of an old transaction written again',
      () =>
        appended([
          [1, 5],
          [2, -5],
        ]),
      /^23505/,
    ],
    [
      'a sequence number given twice',
      () =>
        rawTransaction('r:6', [
          [accounts.bank, 5],
          [accounts.wallet, -5],
        ])
          .replaceAll('1000', '1')
          .replaceAll('1001', '2'),
      /^23505/,
    ],
    [
      'an available balance below zero',
      () => `UPDATE ledger_accounts SET balance = -1 WHERE id = ${accounts.wallet}`,
      /^23514 .*last entry/,
    ],
    [
      'an entry of an account that is not there',
      () =>
        rawTransaction('r:7', [
          [accounts.bank, 5],
          ['999999999', -5],
        ]),
      /^23514 .*of an account/,
    ],
    [
      'an entry of a transaction that is not there',
      () =>
        appended(
          [
            [1, 5],
            [2, -5],
          ],
          '999999999',
        ),
      /^23514 .*together/,
    ],
    [
      'a balance that the last entry does not say',
      () => `UPDATE ledger_accounts SET balance = balance + 1 WHERE id = ${accounts.bank}`,
      /^23514 .*last entry/,
    ],
    [
      'a sequence of which there is no entry',
      () => `UPDATE ledger_accounts SET sequence = 2, balance = 7 WHERE id = ${accounts.bank}`,
      /^23514 .*last entry/,
    ],
    [
      'an account taken back to before its entries',
      () => `UPDATE ledger_accounts SET sequence = 0, balance = 0 WHERE id = ${accounts.bank}`,
      /^23514 .*last entry/,
    ],
    [
      'entries of which their accounts know nothing',
      () =>
        rawTransaction('r:8', [
          [accounts.bank, 5],
          [accounts.wallet, -5],
        ]),
      /^23514 .*last entry/,
    ],
    [
      'an account that begins with money',
      () =>
        `INSERT INTO ledger_accounts (code, asset, side, bucket, non_negative, balance) VALUES ('x', 'MXN', 'debit', 'cash', false, 5)`,
      /^23514 .*last entry/,
    ],
    [
      'a customer let go below zero',
      () => `UPDATE ledger_accounts SET non_negative = false WHERE id = ${accounts.wallet}`,
      /^23001 .*keeps/,
    ],
    [
      'an account given to somebody else',
      () => `UPDATE ledger_accounts SET owner_id = 'x' WHERE id = ${accounts.wallet}`,
      /^23001 .*keeps/,
    ],
    [
      'an account renamed',
      () => `UPDATE ledger_accounts SET code = 'x' WHERE id = ${accounts.wallet}`,
      /^23001 .*keeps/,
    ],
    [
      'an account removed from under its entries',
      () => `DELETE FROM ledger_accounts WHERE id = ${accounts.wallet}`,
      /^(23503|23001|42501) /,
    ],
  ])('refuses %s, also to a superuser', async (_what, sql, reason) => {
    expect(await refusal(owner, sql())).toMatch(reason);
    expect(await refusal(superuser, sql())).toMatch(reason);
  });

  it('refuses a transfer of a wallet that is not there, new or given to it, and to delete a wallet', async () => {
    const transfer = (id: string, wallet: string) => `
      INSERT INTO transfers (id, direction, state, status, amount, asset, account_id, wallet_id, origin, mode, transacted_at, updated_at)
      VALUES ('${id}', 'inbound', 'seen', 'pending', 1, 'MXN', 'acc_bank', ${wallet}, 'webhook', 'test', now(), now())`;
    await owner.query(transfer('tr_of_nobody', 'NULL'));
    const nowhere = "'00000000-0000-4000-8000-00000000dead'::uuid";
    for (const client of [owner, superuser]) {
      expect(await refusal(client, transfer('tr_lost', nowhere))).toMatch(/^23503 /);
      expect(await refusal(client, `UPDATE transfers SET wallet_id = ${nowhere}`)).toMatch(/^23503 /);
      expect(await refusal(client, 'DELETE FROM wallets')).toMatch(/^23001 .*never deleted/);
      expect(await refusal(client, 'TRUNCATE wallets CASCADE')).toMatch(/^(42501|23001) /);
    }
    expect(await db().transfer.count()).toBe(1);
  });

  it.each(['ledger_entries', 'ledger_transactions', 'audit_entries'])(
    'refuses to change %s',
    async (table) => {
      await superuser.query(`
      INSERT INTO audit_entries (actor_kind, actor_name, action, subject_type, subject_id)
      VALUES ('system', 'test', 'test.done', 'test', '1')`);
      const column = table === 'audit_entries' ? 'reason' : 'kind';
      for (const sql of [
        `UPDATE ${table} SET ${column} = 'changed'`,
        `UPDATE ${table} SET ${column} = 'changed' WHERE false`,
        `DELETE FROM ${table}`,
        `TRUNCATE ${table}`,
        `TRUNCATE ${table} CASCADE`,
      ]) {
        expect(await refusal(owner, sql)).toMatch(/^(42501|23001) /);
        expect(await refusal(superuser, sql)).toMatch(/^(23001 .*append-only|0A000 cannot truncate)/);
      }
    },
  );

  it('refuses to empty the accounts and the entries with them', async () => {
    expect(await refusal(owner, 'TRUNCATE ledger_accounts CASCADE')).toMatch(/^(42501|23001) /);
    expect(await refusal(superuser, 'TRUNCATE ledger_accounts CASCADE')).toMatch(/^23001 /);
  });

  it('refuses the owner what its own grants could undo: entries can be read and added, no more', async () => {
    const { rows } = await owner.query(`
      SELECT privilege_type FROM information_schema.role_table_grants
      WHERE table_name = 'ledger_entries' AND grantee = current_user ORDER BY 1`);
    expect(rows.map(({ privilege_type }) => privilege_type)).toEqual(
      expect.not.arrayContaining(['UPDATE', 'DELETE', 'TRUNCATE']),
    );
  });

  it('still has what it had before all that', async () => {
    expect(await db().ledgerTransaction.count()).toBe(1);
    expect(await balanceOf('fintoc/acc_bank/cash')).toBe(1_000n);
    await expectSoundBooks();
  });
});

function appended(lines: [line: number, amount: number][], transaction = standing): string {
  const values = lines.map(
    ([line, amount]) =>
      `(${transaction}, ${line}, ${accounts.bank}, ${70 + line}, 'MXN', ${amount}, 0, 'raw', now())`,
  );
  return `
    INSERT INTO ledger_entries (transaction_id, line, account_id, sequence, asset, amount, balance_after, kind, effective_at)
    VALUES ${values.join(', ')}`;
}
