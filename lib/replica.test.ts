import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import { db, transaction } from '~/lib/db';
import { exportRows } from '~/lib/exports/exports';
import { liveToken } from '~/lib/live';
import { createCustomer, listCustomers } from '~/lib/people/customers';
import { late, pulse, readLate, replicaHealth } from '~/lib/replica';
import { someOperator } from '~/lib/testing/factories';
import { withReplicatedBooks } from '~/lib/testing/replicas';

const books = withReplicatedBooks();

let one: OperatorActor;
let another: OperatorActor;

beforeAll(async () => {
  [one, another] = [await someOperator(), await someOperator()];
});

beforeEach(async () => {
  await pulse();
  await books.caughtUp();
});

/** Where a late read of somebody's is read. */
const whereFor = late(async (_reader: OperatorActor) => where());
async function where(): Promise<'replica' | 'primary'> {
  const [row] = await db().$queryRaw<{ is: boolean }[]>`SELECT pg_is_in_recovery() AS is`;
  return row?.is ? 'replica' : 'primary';
}

const register = (actor: OperatorActor, name: string) =>
  createCustomer(actor, {
    ...{ kind: 'individual', name, country: 'mx', taxId: 'MUAD800101AB1', requestId: randomUUID() },
  });
const seenBy = async (reader: OperatorActor) =>
  (await listCustomers(reader, {})).items.map(({ name }) => name);
const filesOf = () =>
  fs
    .readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.includes('test'));
const textOf = (file: string) => fs.readFileSync(path.join(import.meta.dirname, file), 'utf8');

describe('a read that may be late', () => {
  it('is of the replica, and what is decided of the primary', async () => {
    expect(await whereFor(one)).toBe('replica');
    expect(await where()).toBe('primary');
    // A verb that decides may look at a list: what it sees there is so.
    expect(await transaction(() => whereFor(one))).toBe('primary');
    expect(await readLate(one, () => transaction(() => where()))).toBe('primary');
    expect(await readLate({ kind: 'system' }, where)).toBe('primary');
  });

  it('shows somebody what they did themselves at once, and others once it is there', async () => {
    await register(one, 'Before');
    await books.caughtUp();
    books.stream.cut();
    try {
      await register(one, 'After');
      expect(await seenBy(one)).toContain('After');
      const others = await seenBy(another);
      expect(others).toContain('Before');
      expect(others).not.toContain('After');
    } finally {
      books.stream.pointTo(books.primaryPort());
    }
    await expect.poll(() => seenBy(another)).toContain('After');
    await expect.poll(() => whereFor(one)).toBe('replica');
  });

  it('is of the primary as soon as the replica is too far behind, until it isn’t', async () => {
    await books.onReplica('SELECT pg_wal_replay_pause()');
    await expect.poll(() => whereFor(another)).toBe('primary');
    expect(await replicaHealth()).toMatchObject({ state: 'late', lagMs: expect.any(Number) });
    await books.onReplica('SELECT pg_wal_replay_resume()');
    await expect
      .poll(async () => {
        await pulse();
        return whereFor(another);
      })
      .toBe('replica');
    expect(await replicaHealth()).toMatchObject({ state: 'near' });
  });

  it('costs nobody an error where the replica is gone, or fails at it', async () => {
    expect(await readLate(one, async () => ((await where()) === 'replica' ? fail() : 'primary'))).toBe(
      'primary',
    );
    books.replica.cut();
    try {
      expect(await seenBy(another)).toContain('Before');
      await expect.poll(replicaHealth).toEqual({ state: 'away', lagMs: null });
    } finally {
      books.replica.pointTo(books.replicaPort());
    }
    await expect.poll(() => whereFor(another)).toBe('replica');
  });

  it('is never behind what an open page compares itself with', async () => {
    await books.onReplica('SELECT pg_wal_replay_pause()');
    await register(one, 'Meanwhile');
    books.replica.cut();
    await expect.poll(replicaHealth).toMatchObject({ state: 'away' });
    // What the page follows is told by the primary now: it will not change again for the new customer.
    await liveToken('wallets');
    books.replica.pointTo(books.replicaPort());
    await expect.poll(replicaHealth).not.toMatchObject({ state: 'away' });
    expect(await seenBy(another)).toContain('Meanwhile');
    await books.onReplica('SELECT pg_wal_replay_resume()');
    await expect
      .poll(async () => {
        await pulse();
        return whereFor(another);
      })
      .toBe('replica');
  });

  it('is what these verbs do, and nothing that decides', () => {
    const verbs = filesOf().flatMap((file) =>
      [...textOf(file).matchAll(/^export const (\w+) = late\(/gm)].map(([, verb]) => `${file} ${verb}`),
    );
    expect(verbs.toSorted()).toEqual(LATE);
    const others = filesOf().filter((file) => /\b(readLate|upToNow)\(/.test(textOf(file)));
    expect(others.toSorted()).toEqual(['exports/exports.ts', 'live.ts', 'replica.ts', 'statements/make.ts']);
  });
});

function fail(): never {
  throw new Error('canceling statement due to conflict with recovery');
}

const LATE = [
  'adjustments/read.ts listAdjustments',
  'adjustments/read.ts sumAdjustments',
  'books/day-lines.ts listDayLines',
  'books/named.ts searchAudit',
  'books/named.ts searchLedgerTransactions',
  'entities/list.ts listEntities',
  'find/find.ts find',
  'holds/read.ts listHolds',
  'inbox/read.ts listEvents',
  'movements/movements.ts latestOfCustomer',
  'movements/movements.ts listMovements',
  'movements/movements.ts sumMovements',
  'people/customers.ts listCustomers',
  'transfers/read.ts listTransfers',
  'transfers/read.ts sumTransfers',
  'wallets/account-numbers-read.ts listAccountNumbers',
  'wallets/wallets.ts listWallets',
  'whereabouts/find.ts whereIs',
  'withdrawals/read.ts listWithdrawals',
  'withdrawals/read.ts sumWithdrawals',
];

describe('a file', () => {
  const facts = { list: 'customers', format: 'csv', filters: {} } as const;
  const exported = async () => {
    const [names, from]: [string[], Set<string>] = [[], new Set()];
    await exportRows(
      { ...one, role: 'admin' },
      facts,
      async (cursor, size) => {
        from.add(await where());
        return listCustomers(one, { cursor }, size);
      },
      async (rows) => void names.push(...rows.map(({ name }) => name)),
    );
    return { names, from: [...from] };
  };

  it('is made of the replica, once that has all that there is', async () => {
    await register(another, 'Just now');
    const { names, from } = await exported();
    expect(from).toEqual(['replica']);
    expect(names).toContain('Just now');
  });

  it('is made of the primary where the replica does not come up to it', async () => {
    await books.onReplica('SELECT pg_wal_replay_pause()');
    await register(another, 'Too late');
    const { names, from } = await exported();
    expect(from).toEqual(['primary']);
    expect(names).toContain('Too late');
    await books.onReplica('SELECT pg_wal_replay_resume()');
  });
});

describe('a replica that was promoted', () => {
  it('is none any more: nothing is read from books that go their own way', async () => {
    await books.promote();
    await expect.poll(replicaHealth).toMatchObject({ state: 'strange' });
    expect(await whereFor(another)).toBe('primary');
  });
});
