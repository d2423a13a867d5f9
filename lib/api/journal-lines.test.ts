import { beforeAll, expect, it } from 'vitest';
import { changeAccountingRules } from '~/lib/accounting/rules';
import { ask, someKey } from '~/lib/testing/api';
import { withTestDatabase } from '~/lib/testing/database';
import { fundHouse, fundWallet, someOperator, someWallet } from '~/lib/testing/factories';

process.env.API_REQUESTS_PER_SECOND = '100000';
withTestDatabase();

type Line = { entry: string; asset: string; debit: string | null; credit: string | null; account: string };

const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'America/Mexico_City' }).format(new Date());
const days = { from: today, to: today };
let secret: string;

beforeAll(async () => {
  const wallet = await someWallet();
  for (const amount of [5_000n, 700n, 31n]) await fundWallet(wallet, amount);
  await fundHouse(1_001n);
  ({ secret } = await someKey(['accounting:read']));
});

/** Every page, one after the other. */
async function linesOf(query: Record<string, string>): Promise<Line[]> {
  const lines: Line[] = [];
  let cursor: string | null = null;
  do {
    const { status, body } = await ask(secret, 'listJournalLines', {
      query: { ...days, ...query, ...(cursor && { cursor }) },
    });
    expect(status).toBe(200);
    lines.push(...body.data);
    cursor = body.next_cursor;
  } while (cursor);
  return lines;
}

const sum = (lines: readonly Line[], side: 'debit' | 'credit') =>
  lines.reduce((total, line) => total + BigInt(line[side] ?? 0), 0n);

it('the journal comes in whole entries, each of which comes to zero, page by page', async () => {
  const lines = await linesOf({ per: 'transaction', limit: '1' });
  const entries = new Map<string, Line[]>();
  for (const line of lines) {
    const key = `${line.entry} ${line.asset}`;
    entries.set(key, [...(entries.get(key) ?? []), line]);
  }
  expect(entries.size).toBeGreaterThanOrEqual(4);
  for (const [entry, own] of entries) expect([entry, sum(own, 'debit')]).toEqual([entry, sum(own, 'credit')]);
  expect(lines).toEqual(await linesOf({ per: 'transaction' }));
});

it('by the day it says the same in fewer lines', async () => {
  const [each, whole] = [await linesOf({ per: 'transaction' }), await linesOf({})];
  expect(whole.length).toBeLessThan(each.length);
  expect(sum(whole, 'debit')).toBe(sum(each, 'debit'));
  expect(sum(whole, 'credit')).toBe(sum(each, 'credit'));
});

it('days that are none, turned round or of no zone are refused by their name', async () => {
  const refused = async (query: Record<string, string>) => {
    const { status, body } = await ask(secret, 'listJournalLines', { query: { ...days, ...query } });
    return [status, JSON.stringify(body)] as const;
  };
  expect(await refused({ from: '2026-02-31' })).toEqual([422, expect.stringContaining('day_format')]);
  expect(await refused({ to: '2020-01-01' })).toEqual([422, expect.stringContaining('before_start')]);
  expect(await refused({ time_zone: 'Mars' })).toEqual([422, expect.stringContaining('time_zone')]);
  expect((await refused({ cursor: 'elsewhere' }))[0]).toBe(400);
});

it('what has no account gives no journal', async () => {
  const admin = await someOperator('admin');
  await changeAccountingRules(admin, { version: 0, accounts: { cash: '102' }, exceptions: [] });
  const { status, body } = await ask(secret, 'listJournalLines', { query: days });
  expect([status, body.code]).toEqual([409, 'postings_unmapped']);
});
