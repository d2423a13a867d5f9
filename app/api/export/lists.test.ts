import { parse } from 'csv-parse/sync';
import readSheets from 'read-excel-file/node';
import { beforeAll, describe, expect, it } from 'vitest';
import { readDayLines } from '~/app/(console)/day/params';
import { readPolizas } from '~/app/(console)/ledger/params';
import { LISTS } from '~/app/api/export/lists';
import type { OpenedList } from '~/app/api/export/opened';
import type { Reader } from '~/app/api/export/words';
import { type Locale, loadMessages } from '~/app/messages/load';
import type { SearchParams } from '~/components/list/search-params';
import { DEFAULT_RULES } from '~/lib/accounting/chart';
import { listPolizaLines } from '~/lib/accounting/polizas';
import { changeAccountingRules } from '~/lib/accounting/rules';
import type { OperatorActor } from '~/lib/actor';
import { listAdjustments } from '~/lib/adjustments/read';
import { listAudit } from '~/lib/audit/read';
import { listBatches } from '~/lib/batches/read';
import { listDayLines } from '~/lib/books/day-lines';
import { listDebts } from '~/lib/books/debts';
import { listCases } from '~/lib/cases/read';
import { db } from '~/lib/db';
import { listDepositRequests } from '~/lib/deposits/requests-read';
import { listSuspense } from '~/lib/deposits/waiting';
import { listEntities } from '~/lib/entities/list';
import { EXPORT_LISTS, type ExportFormat, type ExportListName } from '~/lib/exports/lists';
import { exportStream } from '~/lib/exports/stream';
import { listHolds } from '~/lib/holds/read';
import { listLedgerAccounts, listLedgerTransactions } from '~/lib/ledger/read';
import { listMovements } from '~/lib/movements/movements';
import { listCustomers } from '~/lib/people/customers';
import type { RoleName } from '~/lib/roles';
import { listSchedules } from '~/lib/schedules/read';
import { withTestDatabase } from '~/lib/testing/database';
import { type OpenWallet, someOperator } from '~/lib/testing/factories';
import { everyoneRestored, HOSTILE, REFERENCE, someOfEverything } from '~/lib/testing/listed';
import { ANYBODY } from '~/lib/testing/reader';
import { listTransfers } from '~/lib/transfers/read';
import { listAccountNumbers } from '~/lib/wallets/account-numbers-read';
import { listWallets } from '~/lib/wallets/wallets';
import { listWithdrawals } from '~/lib/withdrawals/read';

withTestDatabase();
let auditor: OperatorActor;
let wallets: OpenWallet[];
beforeAll(async () => {
  auditor = await someOperator('auditor');
  ({ wallets } = await someOfEverything(await someOperator('operator')));
});

const readerOf = async (role: RoleName = 'auditor', locale: Locale = 'es-MX'): Promise<Reader> => ({
  ...{ kind: 'operator', id: auditor.id, name: auditor.name, role },
  timeZone: 'America/Mexico_City',
  locale,
  messages: await loadMessages(locale),
});

/** Opens a list and takes it away whole. */
async function taken(list: ExportListName, format: ExportFormat, params: SearchParams = {}, role?: RoleName) {
  const opened = await LISTS[list].open(params, await readerOf(role));
  const file = await new Response(
    exportStream({
      actor: auditor,
      facts: { list, format, filters: {} },
      sheet: { title: list, columns: opened.columns, hour: 'hora', zone: 'America/Mexico_City' },
      read: opened.read,
      framed: false,
    }),
  ).arrayBuffer();
  return Buffer.from(file);
}

async function rowsOf(
  list: ExportListName,
  params: SearchParams = {},
  role?: RoleName,
): Promise<Record<string, string>[]> {
  const file = await taken(list, 'csv', params, role);
  const rows = parse<Record<string, string>>(file, { columns: true, bom: true });
  return rows.map((row) =>
    Object.fromEntries(Object.entries(row).map(([name, text]) => [name, text.trim()])),
  );
}

const headsOf = ({ columns }: OpenedList) => columns.map(({ header }) => header);
const idsIn = (rows: readonly { id: unknown }[]) => rows.map(({ id }) => String(id));
/** Of pages that hold all. */
const found = async (list: Promise<{ items: { id: unknown }[] }>) => idsIn((await list).items);
const IN_FLIGHT = ['queued', 'submitting', 'pending'] as const;

/** What the page of each list shows when nothing is filtered, by its ids. */
const SHOWN: Record<ExportListName, () => Promise<string[]>> = {
  movements: () => found(listMovements(ANYBODY, {}, 1_000)),
  withdrawals: () => found(listWithdrawals(ANYBODY, {})),
  'withdrawals-waiting': () =>
    found(listWithdrawals(ANYBODY, { status: ['awaiting_approval'], oldestFirst: true })),
  'withdrawals-in-flight': () => found(listWithdrawals(ANYBODY, { status: [...IN_FLIGHT] })),
  'withdrawals-failed': () => found(listWithdrawals(ANYBODY, { status: ['failed', 'rejected', 'returned'] })),
  deposits: () => found(listTransfers(ANYBODY, { direction: 'inbound' }, 1_000)),
  'deposits-waiting': () => found(listSuspense(ANYBODY, {})),
  'deposit-requests': () => found(listDepositRequests(ANYBODY)),
  'withdrawals-batches': () => found(listBatches(ANYBODY)),
  'withdrawals-scheduled': () => found(listSchedules(ANYBODY)),
  'deposits-debts': () => found(listDebts()),
  holds: () => found(listHolds(ANYBODY, {})),
  adjustments: () => found(listAdjustments(ANYBODY, {})),
  'adjustments-waiting': () =>
    found(listAdjustments(ANYBODY, { status: ['awaiting_approval'], oldestFirst: true })),
  customers: () => found(listCustomers(ANYBODY, {}, 1_000)),
  wallets: () => found(listWallets(ANYBODY, {}, 1_000)),
  cases: () => found(listCases({ state: ['open', 'overdue'] })),
  'account-numbers': () => found(listAccountNumbers(ANYBODY, {}, 1_000)),
  entities: () => found(listEntities(ANYBODY, {}, 1_000)),
  'ledger-accounts': () => found(listLedgerAccounts({}, 1_000)),
  'ledger-transactions': async () =>
    (await listLedgerTransactions({}, 1_000)).items.flatMap(({ entries }) => idsIn(entries)),
  polizas: () =>
    found(listPolizaLines({ ...readPolizas({}, 'America/Mexico_City').filter, rules: DEFAULT_RULES }, 1_000)),
  'day-lines': () => found(listDayLines(ANYBODY, readDayLines({}, new Date()).filter, 1_000)),
  audit: () => found(listAudit(ANYBODY, {}, 1_000)),
};

describe.each(EXPORT_LISTS)('%s', (list) => {
  it('is in both files what its page shows, in the same order, however many pages it takes', async () => {
    const shown = await SHOWN[list]();
    expect(shown.length).toBeGreaterThan(0);
    const opened = await LISTS[list].open({}, await readerOf());
    expect(await inPagesOf(2, opened)).toEqual(shown);
    // Taking the audit log away is in the next one.
    const before = list === 'audit' ? await SHOWN.audit() : shown;
    const lines = await rowsOf(list);
    expect(lines.map(({ Id }) => Id)).toEqual(before);
    for (const { Estado, 'Estado (código)': code } of lines) if (code) expect(Estado).not.toBe(code);
    const again = list === 'audit' ? await SHOWN.audit() : shown;
    const [sheet] = await readSheets(await taken(list, 'xlsx'));
    const [head = [], ...rows] = sheet?.data ?? [];
    expect(rows.map((row) => String(row[head.indexOf('Id')]))).toEqual(again);
    expect(head.map((name) => String(name).replace(' (America/Mexico_City)', ''))).toEqual(headsOf(opened));
    expect(new Set(head).size).toBe(head.length);
  });

  it('is told in English to who reads English, with the same columns', async () => {
    const [spanish, english] = [
      await LISTS[list].open({}, await readerOf('auditor', 'es-MX')),
      await LISTS[list].open({}, await readerOf('auditor', 'en')),
    ];
    expect(english.columns.map(({ kind }) => kind)).toEqual(spanish.columns.map(({ kind }) => kind));
    expect(headsOf(english)).not.toEqual(headsOf(spanish));
  });
});

/** The ids of all rows, read so many at once. */
async function inPagesOf(size: number, { read, columns }: OpenedList): Promise<string[]> {
  const at = columns.findIndex(({ header }) => header === 'Id');
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const { items, nextCursor } = await read(cursor, size);
    ids.push(...items.map((row) => row[at] ?? ''));
    cursor = nextCursor ?? undefined;
  } while (cursor);
  return ids;
}

describe('what is taken away', () => {
  it('is narrowed by the filters of the page', async () => {
    const [wallet] = wallets;
    const rows = await rowsOf('movements', { wallet: wallet?.id, direction: 'out', max: '200' });
    expect(rows.map(({ Monto }) => Monto)).toEqual(expect.arrayContaining(['-123.45', '-100.00']));
    expect(new Set(rows.map((row) => row['Id del monedero']))).toEqual(new Set([wallet?.id]));
    expect(await rowsOf('withdrawals', { status: 'failed' })).toHaveLength(1);
    expect(await rowsOf('deposits', { to: '2026-11-19' })).toHaveLength(5);
    expect(await rowsOf('deposits', { from: '2026-11-20' })).toHaveLength(0);
    expect(await rowsOf('holds', { state: 'released' })).toHaveLength(1);
    expect(await rowsOf('withdrawals-scheduled', { q: 'ábril' })).toHaveLength(1);
    expect(await rowsOf('withdrawals-batches', { q: 'nomina' })).toHaveLength(2);
    expect(await rowsOf('deposits-debts', { asset: 'CLP' })).toHaveLength(0);
    const [one] = await rowsOf('cases');
    expect(await rowsOf('cases', { q: one?.Cliente })).toHaveLength(2);
    expect(await rowsOf('cases', { q: 'nadie así' })).toHaveLength(0);
  });

  it('has accounts as programs of accounting read them, and none where a posting has none', async () => {
    const file = new TextDecoder().decode(await taken('polizas', 'csv', { per: 'transaction' }));
    const [head, ...lines] = file.split('\r\n');
    expect(head).toBe('Tipo,Número,Fecha,Concepto,Cuenta contable,Debe,Haber,Referencia,UUID,Moneda,Id');
    expect(lines[0]).toMatch(
      /^(Ingresos|Egresos|Diario),\d+,\d{4}-\d\d-\d\d,[^,]+,[\d-]{10},(\d+\.\d\d,|,\d+\.\d\d),[^,]+,[\da-f-]{36},MXN,\d+-1$/,
    );
    const sum = (column: string, rows: Record<string, string>[]) =>
      rows.reduce((total, row) => total + BigInt((row[column] || '0.00').replace('.', '')), 0n);
    const pesos = (await rowsOf('polizas', { per: 'day', asset: 'MXN' })).filter(
      ({ Debe, Haber }) => Debe || Haber,
    );
    expect(sum('Debe', pesos)).toBeGreaterThan(0n);
    expect(sum('Debe', pesos)).toBe(sum('Haber', pesos));
    const { cash: _cash, ...accounts } = DEFAULT_RULES.accounts;
    const admin = await someOperator('admin');
    await changeAccountingRules(admin, { version: 0, accounts, exceptions: [] });
    await expect(LISTS.polizas.open({}, await readerOf())).rejects.toMatchObject({
      code: 'postings_unmapped',
      details: { missing: expect.stringContaining('cash × deposit') },
    });
    await changeAccountingRules(admin, { version: 1, ...DEFAULT_RULES });
  });

  it('says which filter nobody can read, and whose list it is', async () => {
    const reader = await readerOf();
    expect((await LISTS.movements.open({ min: 'mucho' }, reader)).unreadable).toEqual(['min']);
    expect((await LISTS.audit.open({ actor: 'nobody' }, reader)).unreadable).toEqual(['actor']);
    expect((await LISTS['withdrawals-scheduled'].open({ wallet: 'x' }, reader)).unreadable).toEqual([
      'wallet',
    ]);
    const [wallet] = wallets;
    const { of } = await LISTS.movements.open({ wallet: wallet?.id }, reader);
    expect(of).toEqual({ name: wallet?.name, walletId: wallet?.id });
  });

  it('has numbers whole, moments on the reader’s clock, words and their codes', async () => {
    const [deposit] = await rowsOf('deposits');
    const clabe = (await db().transfer.findUniqueOrThrow({ where: { id: 'tr_listed_4' } }))
      .counterpartyNumber;
    expect(deposit).toMatchObject({
      Fecha: '2026-11-19',
      'Fecha: hora (America/Mexico_City)': '23:59:59',
      'CLABE o cuenta': clabe,
      Referencia: REFERENCE,
      'Clave de rastreo': '20261120400724',
      Ordenante: `'${HOSTILE.replace(';+', ";'+")}`,
      Concepto: 'Renta, "mayo"',
      Monto: '10.04',
      Moneda: 'MXN',
      Estado: 'Devuelto',
      'Estado (código)': 'returned',
      'Motivo (código)': 'wallet_frozen',
    });
    const [sheet] = await readSheets(await taken('deposits', 'xlsx'));
    const [head = [], row = []] = sheet?.data ?? [];
    const cell = (name: string) => row[head.indexOf(name)];
    expect(cell('Fecha (America/Mexico_City)')).toEqual(new Date('2026-11-19T23:59:59Z'));
    expect([cell('CLABE o cuenta'), cell('Referencia'), cell('Monto')]).toEqual([clabe, REFERENCE, 10.04]);
    expect(cell('Ordenante')).toBe(HOSTILE);
  });

  it('shows of people what the reader’s pages show', async () => {
    await everyoneRestored({ email: 'ana@secreta.mx', phone: '+525512345678' });
    const comment = 'Pago a 012 180 00123456789 9, aviso a beto@secreta.mx';
    await db().transfer.update({ where: { id: 'tr_listed_0' }, data: { comment } });
    const texts = async (role: RoleName) =>
      (
        await Promise.all(
          EXPORT_LISTS.filter((list) => list !== 'audit').map((list) => taken(list, 'csv', {}, role)),
        )
      ).join('\n');
    const others = [
      ...(await db().transfer.findMany()).map(({ counterpartyNumber }) => counterpartyNumber ?? ''),
      ...(await db().withdrawal.findMany()).map(({ destination }) => destination),
      'ana@secreta.mx',
      'beto@secreta.mx',
      '012 180 00123456789 9',
      '5512345678',
      'MUAD800101AB1',
      'TEX010101AB1',
    ];
    const [seen, masked] = [await texts('operator'), await texts('viewer')];
    expect(others.length).toBeGreaterThan(10);
    for (const other of others) expect(seen).toContain(other);
    for (const other of others) expect(masked).not.toContain(other);
    expect(masked).toContain('a••@secreta.mx');
  });
});

describe('who is in a file', () => {
  const inFilesOf = async (list: ExportListName) => {
    const where = { way: 'export', about: list };
    const looks = await db().dataLook.findMany({ where, include: { customers: true } });
    return looks.map(({ customers }) => customers.map(({ customerId }) => customerId).sort());
  };
  const looksBefore = async (list: ExportListName) => (await inFilesOf(list)).length;

  it('is written down of every list that shows anything personal, for who sees it', async () => {
    const ids = (await db().customer.findMany()).map(({ id }) => id).sort();
    await db().entity.updateMany({ data: { customerId: ids[0] ?? '' } });
    const known = await looksBefore('customers');
    await taken('customers', 'csv');
    expect((await inFilesOf('customers')).slice(known)).toEqual([ids]);
    for (const list of ['movements', 'withdrawals', 'deposits', 'entities', 'audit'] as const) {
      const count = await looksBefore(list);
      await taken(list, 'csv');
      const [look = []] = (await inFilesOf(list)).slice(count);
      expect(look.length, list).toBeGreaterThan(0);
    }
  });

  it('is nobody where it is masked', async () => {
    const count = await looksBefore('customers');
    await taken('customers', 'csv', {}, 'support');
    expect(await looksBefore('customers')).toBe(count);
  });
});
