import { beforeAll, expect, it } from 'vitest';
import { db, transaction } from '~/lib/db';
import { settleSearch } from '~/lib/search/settle';
import { withTestDatabase } from '~/lib/testing/database';
import { type OpenWallet, someWallet } from '~/lib/testing/factories';
import { ANYBODY } from '~/lib/testing/reader';
import { listTransfers } from '~/lib/transfers/read';

withTestDatabase();

let wallet: OpenWallet;
let made = 0;

beforeAll(async () => {
  wallet = await someWallet();
  await settleSearch(0);
});

/** So many deposits as the engine writes them, by one statement, with words that nobody else has. */
async function written(count: number, word: string): Promise<void> {
  made += 1;
  await db().$executeRaw`
    INSERT INTO transfers (id, direction, state, status, amount, asset, account_id, wallet_id, counterparty_name, comment, origin, mode, transacted_at, updated_at)
    SELECT 'tr_settle_' || ${made}::int || '_' || n, 'inbound', 'succeeded', 'succeeded', 100, 'MXN', ${wallet.accountId}, ${wallet.id}::uuid,
      'Ordenante ' || n, ${word} || ' folio ' || md5(n::text), 'webhook', 'test', now(), now()
    FROM generate_series(1, ${count}::int) n`;
}

/** By the index alone, however the planner would rather read so small a table. */
function found(word: string): Promise<number> {
  return transaction(async (tx) => {
    await tx.$executeRaw`SET LOCAL enable_seqscan = off`;
    const [row] = await tx.$queryRaw<{ count: number }[]>`
      SELECT count(*)::int AS count FROM transfers WHERE search_text LIKE ${`%${word}%`}`;
    return row?.count ?? 0;
  });
}

it('what was just written is found before any worker has sorted it in, and after', async () => {
  await written(2_000, 'xochitl');
  expect(await found('xochitl')).toBe(2_000);
  expect((await listTransfers(ANYBODY, { text: 'xochitl', direction: 'inbound' })).items).toHaveLength(50);
  expect(await settleSearch(0)).toBeGreaterThan(0);
  expect(await settleSearch(0)).toBe(0);
  expect(await found('xochitl')).toBe(2_000);
});

it('what a worker that died left undone the next one does, and nothing is lost on the way', async () => {
  await written(500, 'tlalocan');
  const dying = transaction(async (tx) => {
    await tx.$queryRaw`SELECT search_settle()`;
    throw new Error('Dead.');
  });
  await expect(dying).rejects.toThrow('Dead.');
  expect(await found('tlalocan')).toBe(500);
  await written(500, 'tlalocan');
  expect(await found('tlalocan')).toBe(1_000);
  expect(await settleSearch(0)).toBeGreaterThan(0);
  expect(await found('tlalocan')).toBe(1_000);
});

it('one worker at a time does it, and seldom enough', async () => {
  await written(10, 'mictlan');
  const both = await Promise.all([settleSearch(60_000), settleSearch(60_000)]);
  expect(both.filter((pages) => pages > 0).length).toBeLessThanOrEqual(1);
  await written(10, 'mictlan');
  expect(await settleSearch(60_000)).toBe(0);
  expect(await found('mictlan')).toBe(20);
});

it('no posting sorts words in by itself: what is laid down between two turns of the worker has room', async () => {
  const rows = await db().$queryRaw<{ name: string; options: string[] | null }[]>`
    SELECT relname AS name, reloptions AS options FROM pg_class
    WHERE relname IN ('transfers_search', 'withdrawals_search', 'ledger_transactions_search') ORDER BY 1`;
  expect(rows).toHaveLength(3);
  for (const { options } of rows)
    expect(options).toEqual(expect.arrayContaining(['fastupdate=on', 'gin_pending_list_limit=65536']));
});
