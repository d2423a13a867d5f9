import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { db } from '~/lib/db';
import { keyset } from '~/lib/keyset';
import type { Page } from '~/lib/pagination';
import { withTestDatabase } from '~/lib/testing/database';
import { Prisma } from '~/prisma/generated/client';

withTestDatabase();

async function walked<Row>(pageAt: (cursor: string | undefined) => Promise<Page<Row>>): Promise<Row[]> {
  const all: Row[] = [];
  let cursor: string | undefined;
  do {
    const { items, nextCursor } = await pageAt(cursor);
    all.push(...items);
    cursor = nextCursor ?? undefined;
  } while (cursor);
  return all;
}

/** Few moments and names, so that many rows share them. */
const at = fc.integer({ min: 0, max: 4 }).map((ms) => new Date(1_764_000_000_000 + ms));
const rank = fc.integer({ min: -1, max: 1 });
const name = fc.constantFrom('', 'Ñandú', 'a"b', "o'c", '["x"]', '%_\\', 'z'.repeat(300));
const rows = fc.uniqueArray(fc.record({ rank, at, name, id: fc.uuid() }), {
  selector: ({ id }) => id,
  maxLength: 40,
});
const direction = fc.constantFrom('asc' as const, 'desc' as const);
const size = fc.integer({ min: 1, max: 9 });

describe('every page together', () => {
  it('gives each row once and in order, ties included, in SQL in both directions', async () => {
    await fc.assert(
      fc.asyncProperty(rows, direction, size, async (given, way, most) => {
        const order = keyset({ rank: 'number', at: 'time', name: 'text', id: 'uuid' }, way);
        const list = Prisma.sql`
          SELECT rank, at, name COLLATE "C" AS name, id
          FROM jsonb_to_recordset(${JSON.stringify(given)}::jsonb) AS r(rank bigint, at timestamptz, name text, id uuid)`;
        const by = ['rank', 'at', 'name', 'id'].map((column) => Prisma.raw(column));
        const sorted = Prisma.sql`ORDER BY ${Prisma.join(by.map((column) => Prisma.sql`${column} ${Prisma.raw(way)}`))}`;
        type Row = { rank: bigint; at: Date; name: string; id: string };
        const whole = await db().$queryRaw<Row[]>`SELECT * FROM (${list}) r ${sorted}`;
        const pages = await walked(async (cursor) => {
          const after = order.after(cursor, by) ?? Prisma.sql`true`;
          const found = await db().$queryRaw<Row[]>`
            SELECT * FROM (${list}) r WHERE ${after} ${sorted} LIMIT ${most + 1}`;
          return order.page(found, most);
        });
        expect(pages).toEqual(whole);
      }),
      { numRuns: 40 },
    );
  });

  it('gives each row once and in order, ties included, by Prisma in both directions', async () => {
    const item = fc.stringMatching(/^[a-z]{1,4}$/);
    const items = fc.uniqueArray(fc.record({ item, nextAttemptAt: at }), {
      selector: (row) => row.item,
      maxLength: 30,
    });
    await fc.assert(
      fc.asyncProperty(items, direction, size, async (given, way, most) => {
        const order = keyset({ nextAttemptAt: 'time', item: 'word' }, way);
        await db().queueItem.deleteMany();
        await db().queueItem.createMany({ data: given.map((row) => ({ queue: 'tests', ...row })) });
        const { orderBy } = order;
        const whole = await db().queueItem.findMany({ orderBy });
        const pages = await walked(async (cursor) => {
          const found = await db().queueItem.findMany({
            where: order.where(cursor),
            orderBy,
            take: most + 1,
          });
          return order.page(found, most);
        });
        expect(pages).toEqual(whole);
      }),
      { numRuns: 20 },
    );
  });
});

describe('a cursor', () => {
  const order = keyset({ at: 'time', name: 'text', id: 'uuid' }, 'desc');

  it('comes back as it was', () => {
    const time = fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true });
    const text = fc.string({ unit: 'grapheme' }).filter((each) => !each.includes('\0'));
    fc.assert(
      fc.property(fc.record({ at: time, name: text, id: fc.uuid() }), (key) => {
        expect(order.read(order.cursorOf(key))).toEqual(key);
      }),
    );
  });

  it('that nobody here made begins the list, and never throws', () => {
    const made = (...texts: unknown[]) => Buffer.from(JSON.stringify(texts)).toString('base64url');
    const id = '5f0f6e0a-7a0d-4a3e-9f5e-1d2c3b4a5f6e';
    expect(order.read(made('2026-01-01T00:00:00Z', 'x', id))).not.toBeNull();
    const wrong = [
      ...[undefined, '', 'nonsense', made(), made('2026-01-01T00:00:00Z', 'x')],
      ...[
        made('2026-01-01T00:00:00Z', 'x', 'no id'),
        made('1026-01-01T00:00:00Z', 'x', id),
        made('', 'x', id),
      ],
      ...[made('2026-01-01T00:00:00Z', '\0', id), made('2026-01-01T00:00:00Z', '\ud800', id)],
      ...[made('2026-01-01T00:00:00Z', 'x', id, 'y'), made(1, 2, 3), made({ at: 1 })],
    ];
    for (const cursor of wrong) {
      expect(order.read(cursor), cursor).toBeNull();
      expect(order.where(cursor)).toEqual({});
      expect(order.after(cursor, [Prisma.sql`at`, Prisma.sql`name`, Prisma.sql`id`])).toBeNull();
    }
    fc.assert(fc.property(fc.string(), (text) => order.read(text) === null));
  });
});
