import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { db } from '~/lib/db';
import { AS_IT_STANDS, FOR_GOOD, forgetOld, keptFor, OWN_TERMS, TERMS } from '~/lib/retention';
import { withTestDatabase } from '~/lib/testing/database';
import { someOperator } from '~/lib/testing/factories';
import { tamper } from '~/lib/testing/tampering';

withTestDatabase();

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);
const lists = [Object.keys(TERMS), Object.keys(OWN_TERMS), FOR_GOOD, AS_IT_STANDS];

it('every table is kept for a time that is said, for good, or for as long as what it is about', async () => {
  const tables = await db().$queryRaw<{ name: string }[]>`
    SELECT relname::text AS name FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> '_prisma_migrations'`;
  expect(lists.flat().toSorted()).toEqual(tables.map(({ name }) => name).toSorted());
});

it('nothing that the books, the audit log or the chain are made of has a time', async () => {
  const kept = await db().$queryRaw<{ name: string }[]>`
    SELECT DISTINCT t.tgrelid::regclass::text AS name FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
    WHERE t.tgtype & 8 > 0 AND p.proname ~ '^refuse_'`;
  const names = kept.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['audit_entries', 'ledger_entries', 'chain_seals']));
  const terms = [...Object.keys(TERMS), ...Object.keys(OWN_TERMS)];
  expect(terms.filter((table) => names.includes(table) || /^(ledger|chain|audit)_/.test(table))).toEqual([]);
});

it('what is over for long goes, some at a time, and what isn’t stays', async () => {
  const { id: operatorId } = await someOperator();
  const session = (facts: object) =>
    db().operatorSession.create({ data: { operatorId, ip: '', userAgent: '', ...facts } });
  const [gone, ended, open] = [
    await session({ openedAt: daysAgo(400), seenAt: daysAgo(400) }),
    await session({ openedAt: daysAgo(400), seenAt: daysAgo(400), endedAt: daysAgo(179), endCause: 'ended' }),
    await session({}),
  ];
  await tamper(
    `INSERT INTO once_requests (id, act, asked_by, content_hash, at)
     SELECT 'old-' || n, 'a.b', 'x', '', now() - interval '401 days' FROM generate_series(1, 1200) n`,
  );
  await db().onceRequest.create({ data: { id: randomUUID(), act: 'a.b', askedBy: 'x', contentHash: '' } });
  const late = (await keptFor()).filter(({ isBehind }) => isBehind).map(({ table }) => table);
  expect(late.toSorted()).toEqual(['once_requests', 'operator_sessions']);
  expect(await forgetOld()).toBe(501);
  expect(await db().onceRequest.count()).toBe(701);
  while ((await forgetOld()) > 0);
  expect(await db().onceRequest.count()).toBe(1);
  const left = await db().operatorSession.findMany({ select: { id: true } });
  expect(left.map(({ id }) => id).toSorted()).toEqual([ended.id, open.id].toSorted());
  expect(left).not.toContainEqual({ id: gone.id });
  expect((await keptFor()).some(({ isBehind }) => isBehind)).toBe(false);
});
