import { beforeAll, describe, expect, it } from 'vitest';
import { db } from '~/lib/db';
import type { Page } from '~/lib/pagination';
import { idsOf, type ListOf } from '~/lib/search/page';
import { allOf, typedSearch } from '~/lib/search/typed';
import { firstSaying } from '~/lib/search/weeks';
import { withTestDatabase } from '~/lib/testing/database';
import { someWallet } from '~/lib/testing/factories';
import { ANYBODY, OUTSIDER } from '~/lib/testing/reader';
import { transferConditions, transferSearch } from '~/lib/transfers/matching';
import { listTransfers } from '~/lib/transfers/read';
import { Prisma } from '~/prisma/generated/client';

withTestDatabase();

/** Sixteen weeks of them, of which a walk looks at nine days before any index is asked. */
const DEPOSITS = 24_000;
/** 1 January 1970 was a Thursday: where a week ends and the next begins. */
const EDGE = Date.parse('2026-01-29T00:00:00Z');
const DAY_MS = 86_400_000;
/** In bursts, two or three a week, at the edges of weeks, long ago alone, in the future alone, and never. */
const WORDS = ['berta rios', 'rios lagos', 'orilla', 'antigua', 'futura', 'berta nadie'];
const SIZES = [1, 3, 7, 50];

beforeAll(async () => {
  const { accountId } = await someWallet();
  const newest = new Date(EDGE + 3 * DAY_MS);
  await db().$executeRaw`
    INSERT INTO transfers (id, direction, state, status, amount, asset, account_id, counterparty_name, origin, mode, transacted_at, updated_at)
    SELECT 'tr_' || (n * 7919 % 100003), 'inbound', 'succeeded', 'succeeded', 100, 'MXN', ${accountId},
      CASE WHEN n % 6000 < 40 AND n % 2 = 0 THEN 'Berta Ríos' WHEN n % 700 = 0 THEN 'Ríos Lagos' ELSE 'Otra' END
        || CASE WHEN n > ${DEPOSITS - 50}::int THEN ' Antigua' ELSE '' END || CASE WHEN n < 3 THEN ' Futura' ELSE '' END,
      'webhook', 'test', ${newest}::timestamptz - interval '403 seconds' * n + interval '300 days' * (n < 3)::int, now()
    FROM generate_series(1, ${DEPOSITS}) n`;
  await db().$executeRaw`
    INSERT INTO transfers (id, direction, state, status, amount, asset, account_id, counterparty_name, comment, origin, mode, transacted_at, updated_at)
    SELECT 'tr_edge' || w || '_' || k, 'inbound', 'succeeded', 'succeeded', 100, 'MXN', ${accountId}, 'Orilla', 'CLABE 012345678901234567', 'webhook', 'test',
      ${new Date(EDGE)}::timestamptz + interval '7 days' * w - interval '1 millisecond' * (k % 2), now()
    FROM generate_series(-17, 0) w, generate_series(1, 3) k`;
});

const BY = { column: Prisma.sql`f.transacted_at`, kind: 'time' } as const;

async function listOf(text: string, wholeOnly: boolean): Promise<Omit<ListOf, 'by' | 'cursor'>> {
  const typed = await typedSearch(text);
  return {
    ...{ table: Prisma.sql`transfers`, alias: Prisma.sql`f`, ids: 'word' as const },
    where: transferConditions({ direction: 'inbound' }),
    search: typed && transferSearch(typed, wholeOnly),
  };
}

/** All that is found, as a table says it that is read from end to end. */
async function plain(text: string, direction: 'asc' | 'desc'): Promise<string[]> {
  const rows = await db().$queryRaw<{ id: string; said: string }[]>`
    SELECT id, search_text AS said FROM transfers ORDER BY
      CASE WHEN ${direction === 'asc'} THEN transacted_at END, CASE WHEN ${direction === 'asc'} THEN id END,
      transacted_at DESC, id DESC`;
  return rows.filter(({ said }) => text.split(' ').every((word) => said.includes(word))).map(({ id }) => id);
}

async function pages(list: (cursor: string | undefined) => Promise<Page<{ id: string }>>): Promise<string[]> {
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await list(cursor);
    seen.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return seen;
}

describe('what is found week by week', () => {
  it('is what the table holds of it, in its order, page after page, also at the edges of weeks', async () => {
    for (const [nth, text] of WORDS.entries())
      for (const [way, reader] of [ANYBODY, OUTSIDER].entries()) {
        const size = SIZES[(nth + 2 * way) % SIZES.length] ?? 50;
        const found = await pages((cursor) =>
          listTransfers(reader, { text, direction: 'inbound', cursor }, size),
        );
        expect(found, `${text}, ${size} a page`).toEqual(await plain(text, 'desc'));
      }
  });

  it('is so from the oldest on as well', async () => {
    for (const text of WORDS)
      for (const limit of [51, 3_000]) {
        const list = {
          ...(await listOf(text, false)),
          by: { ...BY, direction: 'asc' },
          cursor: undefined,
        } as const;
        const found = await idsOf(list, limit);
        expect(
          found.map(({ id }) => id),
          text,
        ).toEqual((await plain(text, 'asc')).slice(0, limit));
      }
  });

  it('is no more than was asked for, and nothing where the next weeks have fewer', async () => {
    const { search, where, ...transfers } = await listOf('rios lagos', false);
    const words = search?.said?.words ?? Prisma.sql`false`;
    const at = BY.column;
    // From where deposits are of the past.
    const within = Prisma.sql`${allOf(where)} AND f.transacted_at < ${new Date(EDGE + 30 * DAY_MS)}`;
    const first = (limit: number) =>
      firstSaying({ ...transfers, at, direction: 'desc' }, { words, within, limit });
    expect((await first(9))?.map(({ id }) => id)).toEqual((await plain('rios lagos', 'desc')).slice(0, 9));
    expect(await first(400)).toBeNull();
  });

  it('has its weeks in the index of its words, before them: each is read alone', async () => {
    const indexes = await db().$queryRaw<{ name: string; index: string }[]>`
      SELECT indexname AS name, indexdef AS index FROM pg_indexes
      WHERE indexname IN ('transfers_search', 'withdrawals_search', 'adjustments_search')`;
    expect(indexes).toHaveLength(3);
    for (const { name, index } of indexes)
      expect(index, name).toMatch(/\(search_week\(\w+\), search_text gin_trgm_ops\)/);
  });
});
