import { beforeAll, describe, expect, it } from 'vitest';
import { db } from '~/lib/db';
import type { Page } from '~/lib/pagination';
import { listCustomers } from '~/lib/people/customers';
import { withTestDatabase } from '~/lib/testing/database';
import { someTerms, someWallet } from '~/lib/testing/factories';
import { ANYBODY } from '~/lib/testing/reader';
import { listTransfers } from '~/lib/transfers/read';
import { listWallets } from '~/lib/wallets/wallets';

withTestDatabase();

/** More than a walk looks at first, so that every way of finding a page is taken. */
const CUSTOMERS = 7_000;
/** Each is in so many names; `nadie` in none, `xochitl` in the oldest alone, and `zoe` begins every hundredth. */
const WORDS = ['comun', 'tercera', 'dispersa', 'temprana', 'xochitl', 'zoe', 'comun tercera', 'ra', 'nadie'];
const SIZES = [3, 50, 331];

beforeAll(async () => {
  await someTerms();
  await db().$executeRaw`
    INSERT INTO customers (id, kind, name, country, tax_id_kind, tax_id, created_at, updated_at, erased_at)
    SELECT ('30000000-0000-4000-8000-' || lpad((n * 7919 % 1000003)::text, 12, '0'))::uuid, 'individual',
      CASE WHEN n % 100 = 0 THEN 'Zoé ' ELSE (ARRAY['Óscar', 'Ñandú', 'nube', 'Ábaco', 'Abeja'])[n % 5 + 1] END || ' Común'
        || CASE WHEN n % 3 = 0 THEN ' Tercera' ELSE '' END || CASE WHEN n % 61 = 0 THEN ' Dispersa' ELSE '' END
        || CASE WHEN n < 3500 THEN ' Temprana' ELSE '' END || CASE WHEN n < 5 THEN ' Xóchitl' ELSE '' END,
      'mx', 'rfc', '', '2026-01-01'::timestamptz + interval '1 minute' * (n / 3), now(), now()
    FROM generate_series(1, ${CUSTOMERS}) n`;
  await db().$executeRaw`
    INSERT INTO wallets (id, kind, status, name, customer_id, created_at, updated_at)
    SELECT gen_random_uuid(), 'customer', 'open', 'Principal', c.id, c.created_at, now()
    FROM customers c`;
});

type Ids = { id: string };

/** Every page of a list, one after the other, by its cursors. */
async function pages(list: (cursor: string | undefined) => Promise<Page<Ids>>): Promise<string[]> {
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await list(cursor);
    seen.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return seen;
}

/** The customers that have every word, read and filtered without any of what finds them. */
async function plain(text: string, byName: boolean): Promise<string[]> {
  const rows = byName
    ? await db().$queryRaw<{ id: string; name: string }[]>`
        SELECT id::text, name FROM customers ORDER BY name COLLATE "es-x-icu", id`
    : await db().$queryRaw<{ id: string; name: string }[]>`
        SELECT id::text, name FROM customers ORDER BY created_at DESC, id DESC`;
  const words = text.split(' ');
  const folded = (name: string) => ` ${name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()}`;
  return rows
    .filter(({ name }) => words.every((word) => folded(name).includes(word.length < 3 ? ` ${word}` : word)))
    .map(({ id }) => id);
}

describe('the pages of a search', () => {
  it('are what the list holds of it, in its order, however frequent a word is and wherever it stands', async () => {
    for (const byName of [false, true])
      for (const [nth, text] of WORDS.entries()) {
        const expected = await plain(text, byName);
        const size = expected.length > 1_000 ? 997 : (SIZES[nth % SIZES.length] ?? 50);
        const found = await pages((cursor) => listCustomers(ANYBODY, { text, byName, cursor }, size));
        expect(found, `${text}, ${byName ? 'by name' : 'the newest first'}`).toEqual(expected);
      }
  });

  it('stay so beside a filter', async () => {
    expect(await listCustomers(ANYBODY, { text: 'dispersa', country: ['cl'] })).toEqual({
      items: [],
      nextCursor: null,
    });
    const found = await pages((cursor) =>
      listCustomers(ANYBODY, { text: 'dispersa', country: ['mx'], cursor }, 50),
    );
    expect(found).toEqual(await plain('dispersa', false));
  });

  it('hold every wallet of a customer of that name', async () => {
    const wallets = await db().$queryRaw<Ids[]>`
      SELECT w.id::text FROM wallets w JOIN customers c ON c.id = w.customer_id
      WHERE c.name LIKE '%Dispersa%' ORDER BY w.created_at DESC, w.id DESC`;
    const found = await pages((cursor) => listWallets(ANYBODY, { text: 'dispersa', cursor }, 50));
    expect(found).toEqual(wallets.map(({ id }) => id));
  });
});

describe('a payment of one of many wallets with a name', () => {
  it('is found behind all others', async () => {
    const { accountId } = await someWallet();
    const [first] = await db().$queryRaw<Ids[]>`
      SELECT w.id::text FROM wallets w JOIN customers c ON c.id = w.customer_id
      WHERE c.name LIKE '%Común%' ORDER BY w.created_at DESC LIMIT 1`;
    const [last] = await db().$queryRaw<Ids[]>`
      SELECT w.id::text FROM wallets w JOIN customers c ON c.id = w.customer_id
      WHERE c.name LIKE '%Común%' ORDER BY w.created_at LIMIT 1`;
    for (const [nth, walletId] of [first?.id, last?.id].entries())
      await db().$executeRaw`
        INSERT INTO transfers (id, direction, state, status, amount, asset, account_id, wallet_id, counterparty_name, origin, mode, transacted_at, updated_at)
        VALUES (${`tr_wanted${nth}`}, 'inbound', 'succeeded', 'succeeded', 100, 'MXN', ${accountId}, ${walletId}::uuid, 'Otra', 'webhook', 'test', '2025-01-01', now())`;
    await db().$executeRaw`
      INSERT INTO transfers (id, direction, state, status, amount, asset, account_id, counterparty_name, origin, mode, transacted_at, updated_at)
      SELECT 'tr_other' || n, 'inbound', 'succeeded', 'succeeded', 100, 'MXN', ${accountId}, 'Otra', 'webhook', 'test', '2026-01-01', now()
      FROM generate_series(1, 2500) n`;
    const found = await pages((cursor) =>
      listTransfers(ANYBODY, { text: 'comun', direction: 'inbound', cursor }),
    );
    expect(found.toSorted()).toEqual(['tr_wanted0', 'tr_wanted1']);
  });
});
