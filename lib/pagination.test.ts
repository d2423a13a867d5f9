import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeCursor, encodeCursor, toPage } from '~/lib/pagination';

describe('pages by key', () => {
  it('a cursor comes back as it was', () => {
    const at = fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(at, fc.uuid(), (time, id) => {
        expect(decodeCursor(encodeCursor({ at: time, id }), 'uuid')).toEqual({ at: time, id });
      }),
    );
  });

  it('a cursor that nobody here made starts at the beginning, and never throws', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const cursor = decodeCursor(text, 'word');
        expect(cursor === null || (!Number.isNaN(cursor.at.getTime()) && cursor.id !== '')).toBe(true);
      }),
    );
    const long = Buffer.from(`2026-01-01T00:00:00Z|${'x'.repeat(65)}`).toString('base64url');
    for (const text of [undefined, '', 'nonsense', long]) expect(decodeCursor(text, 'word')).toBeNull();
  });

  it('a list walked page by page is the whole list, each item once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 120 }), fc.integer({ min: 1, max: 30 }), (count, size) => {
        const all = Array.from({ length: count }, (_, nth) => ({
          at: new Date(1_000 * (count - nth)),
          id: `id${nth}`,
        }));
        const seen: string[] = [];
        let cursor: string | undefined;
        do {
          const from = decodeCursor(cursor, 'word');
          const rest = from ? all.slice(all.findIndex(({ id }) => id === from.id) + 1) : all;
          const page = toPage(rest.slice(0, size + 1), size, (item) => item);
          seen.push(...page.items.map(({ id }) => id));
          cursor = page.nextCursor ?? undefined;
        } while (cursor);
        expect(seen).toEqual(all.map(({ id }) => id));
      }),
    );
  });
});
