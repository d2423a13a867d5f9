import { beforeAll, describe, expect, it } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import { db } from '~/lib/db';
import { authorizeExport, type ReadPage } from '~/lib/exports/exports';
import { readFrames } from '~/lib/exports/frames';
import type { Cell } from '~/lib/exports/sheet';
import { exportStream } from '~/lib/exports/stream';
import { withTestDatabase } from '~/lib/testing/database';
import { someCustomer, someOperator } from '~/lib/testing/factories';

withTestDatabase();
let auditor: OperatorActor;
beforeAll(async () => {
  auditor = await someOperator('auditor');
});

const SHEET = {
  title: 'Clientes',
  columns: [{ header: 'Nombre', kind: 'text', width: 20 }],
  hour: 'hora',
  zone: 'UTC',
} as const;
const facts = (filters: Record<string, string> = {}) =>
  ({ list: 'customers', format: 'csv', filters }) as const;
const streamed = (read: ReadPage<Cell[]>, { framed = false, filters = {} } = {}) =>
  exportStream({ actor: auditor, facts: facts(filters), sheet: SHEET, read, framed });

/** Pages of one row, as many as there are names. */
const pages =
  (...names: string[]): ReadPage<Cell[]> =>
  async (cursor = '0') => {
    const next = Number(cursor) + 1;
    return { items: [[names[next - 1] ?? '']], nextCursor: next < names.length ? String(next) : null };
  };

const audited = async () =>
  (await db().auditEntry.findMany({ where: { subjectId: 'customers' }, orderBy: { id: 'asc' } })).map(
    ({ action, after }) => ({ action, ...(after as object) }),
  );

describe('a list on its way out', () => {
  it('is written down before its first row, and with its rows at its end', async () => {
    const reader = streamed(pages('Ana', 'Berta'), { filters: { q: 'a' } }).getReader();
    await reader.read();
    const started = { action: 'list.exported', list: 'customers', format: 'csv', q: 'a' };
    expect(await audited()).toEqual([started]);
    while (!(await reader.read()).done);
    expect(await audited()).toEqual([
      started,
      { ...started, action: 'list.export_ended', rows: 2, whole: true },
    ]);
  });

  it('is of one moment, whatever changes meanwhile', async () => {
    await someCustomer();
    const counted: number[] = [];
    const read: ReadPage<Cell[]> = async (cursor, size) => {
      counted.push(await db().customer.count());
      return pages('a', 'b', 'c')(cursor, size);
    };
    const reader = streamed(read).getReader();
    while (!(await reader.read()).done) await someCustomer();
    expect(counted).toEqual([1, 1, 1]);
    expect(await db().customer.count()).toBeGreaterThan(3);
  });

  it('is read no further than somebody takes it, and says what left when they let go', async () => {
    let read = 0;
    const endless: ReadPage<Cell[]> = async () => {
      read += 1;
      return { items: [['Ana']], nextCursor: '1' };
    };
    const reader = streamed(endless).getReader();
    for (let taken = 0; taken < 3; taken += 1) await reader.read();
    await reader.cancel();
    await expect.poll(async () => (await audited()).at(-1)).toMatchObject({ whole: false });
    expect(read).toBeLessThan(8);
  });

  it('breaks off where it fails, and never looks whole', async () => {
    const failing: ReadPage<Cell[]> = async (cursor) => {
      if (cursor) throw new Error('The database is gone.');
      return { items: [['Ana']], nextCursor: '1' };
    };
    await expect(new Response(streamed(failing)).text()).rejects.toThrow('The database is gone.');
    const rows: number[] = [];
    const told = readFrames(streamed(failing, { framed: true }), (count) => rows.push(count));
    await expect(told).rejects.toThrow();
    expect(rows).toContain(1);
  });

  it('is whole in frames, with its rows told', async () => {
    const rows: number[] = [];
    const pieces = await readFrames(streamed(pages('Ana', 'Berta'), { framed: true }), (count) =>
      rows.push(count),
    );
    expect(Buffer.concat(pieces).toString()).toBe('\uFEFFNombre\r\nAna\r\nBerta\r\n');
    expect(rows.at(-1)).toBe(2);
  });

  it('waits for one of the others to end where too many leave at once', async () => {
    let atLastPage = 0;
    const begunWhen: number[] = [];
    const counted = (): ReadPage<Cell[]> => {
      const read = pages('Ana', 'Berta', 'Carla');
      return async (cursor, size) => {
        if (cursor === undefined) begunWhen.push(atLastPage);
        const page = await read(cursor, size);
        if (page.nextCursor === null) atLastPage += 1;
        return page;
      };
    };
    const readers = Array.from({ length: 5 }, () => streamed(counted()).getReader());
    await Promise.all(readers.slice(0, 4).map((reader) => reader.read()));
    expect(begunWhen).toEqual([0, 0, 0, 0]);
    for (const reader of readers) while (!(await reader.read()).done);
    expect(begunWhen).toHaveLength(5);
    expect(begunWhen[4]).toBeGreaterThan(0);
  });

  it('is for who may see many people at once', async () => {
    for (const role of ['viewer', 'support'] as const) {
      const actor = await someOperator(role);
      expect(() => authorizeExport(actor, 'console:read')).toThrow('may not');
    }
    const approver = await someOperator('approver');
    expect(() => authorizeExport(approver, 'console:read')).not.toThrow();
    expect(() => authorizeExport(approver, 'audit:read')).toThrow('may not');
  });
});
