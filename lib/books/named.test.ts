import { beforeAll, describe, expect, it } from 'vitest';
import { type OperatorActor, system } from '~/lib/actor';
import { recordAudit } from '~/lib/audit/audit';
import {
  type AuditSearch,
  searchAudit,
  searchLedgerAccounts,
  searchLedgerTransactions,
  sumSearchedAccounts,
} from '~/lib/books/named';
import { db, transaction } from '~/lib/db';
import { listEvents } from '~/lib/inbox/read';
import { pollTransfers } from '~/lib/inbox/sync';
import { createOperator } from '~/lib/people/access';
import { withTestDatabase } from '~/lib/testing/database';
import { someCustomer } from '~/lib/testing/factories';
import { depositInto, type ReadyWallet, readyWallet } from '~/lib/testing/journeys';
import { ANYBODY } from '~/lib/testing/reader';
import { withLocalFintoc } from '~/lib/testing/sandbox';

withTestDatabase();
const fintoc = withLocalFintoc();

let ana: OperatorActor;
let wallet: ReadyWallet;
let key = '';

beforeAll(async () => {
  await pollTransfers();
  const { id, name } = await createOperator(system('setup'), {
    email: 'ana@monedero.test',
    name: 'Ana Ñandú',
    role: 'operator',
    password: 'correct horse battery',
  });
  ana = { kind: 'operator', id, name, role: 'operator' };
  wallet = await readyWallet();
  const customer = await someCustomer({ name: 'Zoé Ibarra' });
  await db().wallet.update({ where: { id: wallet.id }, data: { customerId: customer.id } });
  await depositInto(fintoc, wallet, 70_000);
  await depositInto(fintoc, await readyWallet(), 1_000);
  const transfer = await db().transfer.findFirstOrThrow({ where: { walletId: wallet.id } });
  key = transfer.trackingKey ?? '';
  await transaction(async (tx) => {
    for (let nth = 0; nth < 60; nth += 1)
      await recordAudit(tx, ana, { action: 'wallet.unfrozen', subject: 'wallet', id: wallet.id });
    await recordAudit(tx, system('setup'), { action: 'wallet.frozen', subject: 'wallet', id: wallet.id });
  });
});

describe('the audit log is searched', () => {
  const actionsOf = async (search: AuditSearch) =>
    (await searchAudit(ANYBODY, search)).items.map(({ action }) => action);

  it.each([
    ['a person', 'ana ñandu', 'wallet.unfrozen'],
    ['a customer', 'ibarra', 'wallet.frozen'],
  ])('by %s', async (_what, text, newest) => {
    expect((await actionsOf({ text }))[0]).toBe(newest);
  });

  it('by the words of what was done, which its reader chose', async () => {
    expect(await actionsOf({ text: 'congelado', said: ['wallet.frozen'] })).toEqual(['wallet.frozen']);
  });

  it('by the whole id of a thing and by its end, page by page, each row once', async () => {
    for (const text of [wallet.id, wallet.id.slice(-12)]) {
      const first = await searchAudit(ANYBODY, { text });
      const second = await searchAudit(ANYBODY, { text, cursor: first.nextCursor ?? '' });
      const found = [...first.items, ...second.items];
      expect(found.filter(({ action }) => action === 'wallet.unfrozen')).toHaveLength(60);
      expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
      expect(found.map(({ subjectId }) => subjectId).every((id) => id === wallet.id)).toBe(true);
      expect(second.nextCursor).toBeNull();
    }
  });

  it('beside its filters, and finds nothing for what nothing is called', async () => {
    expect(await actionsOf({ text: 'ibarra', actors: ['system'], actions: ['wallet.frozen'] })).toEqual([
      'wallet.frozen',
    ]);
    expect(await actionsOf({ text: 'nadie' })).toEqual([]);
    expect(await actionsOf({ text: '%' })).toEqual([]);
  });
});

describe('the ledger is searched', () => {
  it('by whose wallet it is, with what that comes to', async () => {
    const { items } = await searchLedgerAccounts({ text: 'zoe ibarra' });
    expect(items.map(({ code }) => code)).toEqual([`wallet/${wallet.id}/available`]);
    expect(await sumSearchedAccounts({ text: 'zoe ibarra' })).toEqual([
      { asset: 'MXN', debit: 0n, credit: 70_000n, accounts: 1 },
    ]);
  });

  it('by a part of a code, in the order of codes', async () => {
    const { items } = await searchLedgerAccounts({ text: wallet.id.slice(20) });
    expect(items.map(({ code }) => code)).toEqual([`wallet/${wallet.id}/available`]);
    const all = (await searchLedgerAccounts({ text: 'AVAILABLE' })).items.map(({ code }) => code);
    expect(all.length).toBeGreaterThan(1);
    expect(all).toEqual([...all].sort());
  });

  it.each([0, 6])('its transactions by a clave de rastreo, whole or without its first %i', async (cut) => {
    const { items } = await searchLedgerTransactions(ANYBODY, { text: key.slice(cut) });
    expect(items.map(({ kind }) => kind)).toEqual(['deposit']);
  });
});

describe('the ledger’s transactions are searched by whose wallet they are of', () => {
  it('its name or its customer’s, beside filters and page by page, each once', async () => {
    for (let nth = 0; nth < 3; nth += 1) await depositInto(fintoc, wallet, 1_000 + nth);
    const expected = await db().ledgerTransaction.findMany({
      where: { entries: { some: { account: { ownerId: wallet.id } } } },
      orderBy: { id: 'desc' },
    });
    expect(expected.length).toBeGreaterThan(3);
    const found: bigint[] = [];
    let cursor: string | undefined;
    do {
      const page = await searchLedgerTransactions(ANYBODY, { text: 'zoe ibarra', cursor }, 2);
      found.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(found).toEqual(expected.map(({ id }) => id));
    const kinds = ['withdrawal_hold'];
    expect((await searchLedgerTransactions(ANYBODY, { text: 'zoe ibarra', kinds })).items).toEqual([]);
    expect((await searchLedgerTransactions(ANYBODY, { text: 'nadie' })).items).toEqual([]);
  });
});

describe('the inbox is searched', () => {
  it.each([
    ['a clave de rastreo', () => key],
    ['the end of one', () => key.slice(6)],
    ['an object', async () => (await db().transfer.findFirstOrThrow({ where: { trackingKey: key } })).id],
  ])('by %s', async (_what, textOf) => {
    const { items } = await listEvents(ANYBODY, { text: await textOf() });
    expect(new Set(items.map(({ objectId }) => objectId)).size).toBe(1);
    expect(items.length).toBeGreaterThan(0);
  });

  it('by a part of a type, in any spelling', async () => {
    const found = (await listEvents(ANYBODY, { text: 'Inbound.Succeeded' })).items;
    expect(found.length).toBeGreaterThan(1);
    expect(new Set(found.map(({ type }) => type))).toEqual(new Set(['transfer.inbound.succeeded']));
    expect((await listEvents(ANYBODY, { text: 'nothing.like.it' })).items).toEqual([]);
  });
});
