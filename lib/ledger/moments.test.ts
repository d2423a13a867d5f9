import fc from 'fast-check';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { db, transaction } from '~/lib/db';
import { suspense, walletAccount } from '~/lib/ledger/chart';
import { balancesAt, explainBalance } from '~/lib/ledger/history';
import { CLOCKS, type Moment } from '~/lib/ledger/moment';
import { credit, debit, postTransaction } from '~/lib/ledger/post';
import {
  type LedgerAccountRow,
  listLedgerAccounts,
  sumLedgerAccounts,
  trialBalance,
} from '~/lib/ledger/read';
import { someCause } from '~/lib/testing/causes';
import { withTestDatabase } from '~/lib/testing/database';
import { type Entry, foldOf, happening, momentsAround, START, writeHistory } from '~/lib/testing/histories';

withTestDatabase();

const RUNS = Number(process.env.FAST_CHECK_RUNS ?? 60);
describe('a balance at a moment', () => {
  it('is the fold of what came before it, by either clock, however late or early it came', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(happening, { minLength: 1, maxLength: 60 }),
        fc.array(fc.integer({ min: 0, max: 1_000 }), { minLength: 1, maxLength: 6 }),
        async (happenings, picks) => {
          run += 1;
          const scope = `r${run}`;
          const { ids, entries } = await writeHistory(scope, happenings);
          for (const moment of momentsAround(entries, picks)) {
            const balances = await balancesAt(ids, moment);
            expect(ids.map((id) => balances.get(id))).toEqual(foldOf(entries, moment));
          }
        },
      ),
      { numRuns: RUNS, endOnFailure: true },
    );
  });

  it('adds up to a trial balance of that moment, whose columns are equal', async () => {
    for (const before of [START - 1, START + 3_600_000, START + 5 * 86_400_000, Date.now()]) {
      for (const clock of CLOCKS) {
        const at = { before: new Date(before), clock };
        const lines = await trialBalance(at);
        const sum = (side: 'debit' | 'credit') => lines.reduce((total, line) => total + line[side], 0n);
        expect(sum('debit')).toBe(sum('credit'));
        const accounts = await allListed(at);
        for (const { group, asset, debit, credit } of lines) {
          const of = { groups: [group], assets: [asset], at };
          expect(await sumLedgerAccounts(of)).toMatchObject([{ debit, credit }]);
          // A slash is in every code: the same, account by account.
          expect(await sumLedgerAccounts({ ...of, text: '/' })).toMatchObject([{ debit, credit }]);
          const net = accounts
            .filter((account) => account.group === group)
            .reduce((total, { side, balance }) => total + (side === 'debit' ? balance : -balance), 0n);
          expect(net).toBe(debit - credit);
        }
      }
    }
  });

  it('is today what the account says, and nothing before its first entry', async () => {
    const accounts = await db().ledgerAccount.findMany({ take: 30 });
    for (const clock of CLOCKS) {
      const ids = accounts.map(({ id }) => id);
      const now = await balancesAt(ids, { before: new Date(), clock });
      const never = await balancesAt(ids, { before: new Date(START - 90 * 86_400_000), clock });
      for (const { id, balance } of accounts) {
        expect(now.get(id)).toBe(balance);
        expect(never.get(id)).toBe(0n);
      }
    }
  });
});

describe('the times of an account’s entries', () => {
  it('follow their sequence, also of who waited for one account while another was posted to', async () => {
    const wallet = (serial: number) => {
      const id = `00000000-0000-4000-8000-${String(serial).padStart(12, '0')}`;
      return walletAccount({ id, kind: 'general', houseRole: null, asset: 'CLP' }, 'available');
    };
    const [first, second] = [wallet(1), wallet(2)];
    const post = (source: string, accounts: { from: typeof first; to: typeof first }) =>
      transaction((tx) =>
        postTransaction(tx, {
          cause: someCause(source),
          kind: 'adjustment',
          effectiveAt: new Date(),
          lines: [debit(accounts.from, 1n), credit(accounts.to, 1n)],
        }),
      );
    await post('both', { from: first, to: second });
    const letGo = await holdAccount(first.code);
    const waiting = post('waits for the first', { from: first, to: second });
    await expect.poll(waitingBackends).toBe(1);
    await post('only the second', { from: second, to: suspense('CLP') });
    await letGo();
    await waiting;
    const entries = await db().ledgerEntry.findMany({
      where: { account: { code: second.code } },
      orderBy: { sequence: 'asc' },
      include: { transaction: true },
    });
    expect(entries.map(({ transaction: { causeId } }) => causeId)).toEqual([
      'both',
      'only the second',
      'waits for the first',
    ]);
    const times = entries.map(({ postedAt }) => postedAt.getTime());
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });
});

/** Locks an account, as only the owner of the ledger can. Answers how to let it go. */
async function holdAccount(code: string): Promise<() => Promise<void>> {
  const owner = new pg.Client({ connectionString: process.env.TEST_DATABASE_OWNER_URL });
  await owner.connect();
  await owner.query('BEGIN');
  await owner.query('SELECT 1 FROM ledger_accounts WHERE code = $1 FOR UPDATE', [code]);
  return () => owner.end();
}

async function waitingBackends(): Promise<number> {
  const [row] = await db().$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  return row?.count ?? 0;
}

describe('the explanation of a balance', () => {
  it('leads over its pages from the balance down to nothing, by either clock, each entry leaving what the next starts from', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(happening, { minLength: 1, maxLength: 160 }),
        fc.integer({ min: 0, max: 1_000 }),
        async (happenings, pick) => {
          run += 1;
          const { ids, entries } = await writeHistory(`explained${run}`, happenings);
          for (const at of [undefined, ...momentsAround(entries, [pick])]) {
            for (const [account, accountId] of ids.entries()) {
              const made = entries.filter(
                (entry) => entry.account === account && (!at || entry[at.clock] < at.before.getTime()),
              );
              await expectExplained(accountId, at, made.reverse());
            }
          }
        },
      ),
      { numRuns: Math.ceil(RUNS / 4), endOnFailure: true },
    );
  });
});

/** `made`: the entries that make the balance, the latest posted first. */
async function expectExplained(accountId: bigint, at: Moment | undefined, made: Entry[]): Promise<void> {
  const found: bigint[] = [];
  let cursor: string | undefined;
  let expected: bigint | undefined;
  do {
    const page = await explainBalance({ accountId, at, cursor });
    const signed = (amount: bigint) => (page.account.side === 'debit' ? amount : -amount);
    expect(page.balance).toBe(made.reduce((sum, { amount }) => sum + signed(amount), 0n));
    expect(page.count).toBe(BigInt(made.length));
    expected ??= page.balance;
    for (const item of page.items) {
      expect(item.balanceAfter).toBe(expected);
      expected = item.balanceAfter - item.change;
      found.push(item.amount);
    }
    expect(page.carried).toBe(expected);
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  expect(expected).toBe(0n);
  expect(found).toEqual(made.map(({ amount }) => amount));
}

async function allListed(at: Moment) {
  const items: LedgerAccountRow[] = [];
  let cursor: string | undefined;
  do {
    const page = await listLedgerAccounts({ at, cursor });
    items.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return items;
}
