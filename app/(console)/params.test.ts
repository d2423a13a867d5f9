import { afterEach, describe, expect, test, vi } from 'vitest';
import { readAccountNumbers } from '~/app/(console)/account-numbers/params';
import { ADJUSTMENT_STATUSES, readAdjustments } from '~/app/(console)/adjustments/params';
import { readInbox } from '~/app/(console)/approvals/params';
import { readAudit } from '~/app/(console)/audit/params';
import { readCases } from '~/app/(console)/cases/params';
import { readCustomers } from '~/app/(console)/customers/params';
import { readDebts } from '~/app/(console)/deposits/debts/params';
import { readDeposits } from '~/app/(console)/deposits/params';
import { readEntities } from '~/app/(console)/entities/params';
import { readHolds } from '~/app/(console)/holds/params';
import { readEvents, readRefused } from '~/app/(console)/inbox/event-params';
import { readLedgerAccounts, readLedgerTransactions, readPolizas } from '~/app/(console)/ledger/params';
import { readNotices } from '~/app/(console)/notices/params';
import { readAccountProofs, readBreaks, readProofMovements } from '~/app/(console)/proof/params';
import { readStatements } from '~/app/(console)/statements/params';
import { readBalance, readWallets } from '~/app/(console)/wallets/params';
import { readBatches, readRows } from '~/app/(console)/withdrawals/batches/params';
import { readWithdrawals, WITHDRAWAL_STATUSES } from '~/app/(console)/withdrawals/params';
import { readSchedules } from '~/app/(console)/withdrawals/scheduled/params';
import { bankFilter } from '~/components/list/money-params';
import { readMovementFilter, readWalletMovements } from '~/components/list/movement-params';
import { AddressReader, listAsRead, paramsOf } from '~/components/list/read-address';
import type { SearchParams } from '~/components/list/search-params';
import { BANKS, bankName } from '~/lib/banks';
import { MOVEMENT_KINDS } from '~/lib/movements/kinds';

const MEXICO = 'America/Mexico_City';
const WALLET = { id: '0198c2f0-0000-7000-8000-000000000001', asset: 'MXN' };
const withdrawals = (params: SearchParams) => readWithdrawals(params, WITHDRAWAL_STATUSES, MEXICO);

describe('filters in the address of a list', () => {
  test('are read as typed', () => {
    const { filter, unreadable, unknown, filtered } = withdrawals({
      status: 'failed,queued',
      min: '1,250.50',
      from: '2026-11-20',
      to: '2026-11-20',
      q: ' Pen\u0303a ',
    });
    expect(filter).toMatchObject({ status: ['queued', 'failed'], minAmount: 125050n, text: 'Peña' });
    expect(filter.from?.toISOString()).toBe('2026-11-20T06:00:00.000Z');
    expect(filter.to?.toISOString()).toBe('2026-11-21T06:00:00.000Z');
    expect({ unreadable, unknown, filtered }).toEqual({ unreadable: [], unknown: [], filtered: true });
  });

  test('what cannot be read is told by its name, whatever its kind', () => {
    const wrong: [string, string | string[]][] = [
      ['min', 'mucho'],
      ['max', '1e9'],
      ['max', '12 34.567'],
      ['from', '2026-02-30'],
      ['to', 'tomorrow'],
      ['from', '0000-01-01'],
      ['status', 'openish'],
      ['status', 'failed,openish'],
      ['changed', 'ever'],
      ['wallet', 'abc'],
      ['wallet', "' OR 1=1"],
      ['asset', 'EUR'],
      ['q', 'a\0b'],
      ['q', '\uD800'],
      ['q', 'x'.repeat(201)],
      ['min', ['1', '2']],
      ['wallet', '\0'],
    ];
    for (const [name, value] of wrong) {
      const read = withdrawals({ [name]: value });
      expect(read.unreadable, `${name}=${JSON.stringify(value)}`).toEqual([name]);
      expect(read.filtered).toBe(true);
    }
    expect(readWallets({ customer: 'x', portfolio: 'y' }).unreadable).toEqual(['customer', 'portfolio']);
    expect(readLedgerAccounts({ at: 'yesterday', clock: 'wall' }, MEXICO).unreadable).toEqual([
      'clock',
      'at',
    ]);
    expect(readRows({ view: 'junk' }).unreadable).toEqual(['view']);
    expect(readDeposits({ reason: 'none' }, 'suspense', MEXICO).unreadable).toEqual(['reason']);
    expect(readAudit({ actor: 'nobody' }, { operators: [], actions: [] }, MEXICO, String).unreadable).toEqual(
      ['actor'],
    );
  });

  test('the inbox’s kind is how it is shown, and what is no kind is told', () => {
    const read = readInbox({ kind: 'adjustments', q: 'ana' }, MEXICO);
    expect(read.filter).toMatchObject({ group: 'adjustments', text: 'ana' });
    expect(readInbox({ kind: 'proof' }, MEXICO).filtered).toBe(false);
    expect(readInbox({ kind: 'everything' }, MEXICO).unreadable).toEqual(['kind']);
  });

  test('a bank is chosen by its everyday name in every list of payments, with all its codes', () => {
    const readers = {
      withdrawals,
      approvals: (params: SearchParams) => readInbox(params, MEXICO),
      deposits: (params: SearchParams) => readDeposits(params, 'all', MEXICO),
      suspense: (params: SearchParams) => readDeposits(params, 'suspense', MEXICO),
      movements: (params: SearchParams) => readMovementFilter(new AddressReader(params), MEXICO, undefined),
      'a wallet’s movements': (params: SearchParams) => readWalletMovements(params, MEXICO, WALLET),
    };
    const filter = bankFilter('Banco');
    const options = filter.kind === 'select' ? filter.options : [];
    expect(options.map(({ label }) => label)).toEqual(BANKS.map(({ name }) => name));
    for (const [list, read] of Object.entries(readers))
      for (const { value, label } of options) {
        const { banks } = read({ bank: value }).filter;
        expect([...new Set(banks?.map(bankName))], `${list}: ${label}`).toEqual([label]);
      }
  });

  test('an amount of several assets at once is of none', () => {
    expect(withdrawals({ asset: 'MXN,CLP', min: '10' }).unreadable).toEqual(['asset']);
    expect(withdrawals({ asset: 'CLP', min: '10' })).toMatchObject({
      unreadable: [],
      filter: { minAmount: 10n },
    });
  });

  test('a list with a filter that cannot be read is empty, without asking for it', async () => {
    const read = readCustomers({ kind: 'alien' });
    const page = await listAsRead(read, () => Promise.reject(new Error('asked')));
    expect(page).toEqual({ items: [], nextCursor: null });
  });

  test('every choice at once is no shorter than some', () => {
    const read = readWalletMovements({ kind: MOVEMENT_KINDS.join(',') }, MEXICO, WALLET);
    expect(read.filter.kind).toEqual([...MOVEMENT_KINDS]);
    expect(read.unreadable).toEqual([]);
  });

  test('what a list doesn’t know changes nothing and is named', () => {
    const read = readCustomers({ q: 'ana', colour: 'red', cursor: 'x', trail: 'y' });
    expect(read.unknown).toEqual(['colour']);
    expect(read.unreadable).toEqual([]);
    expect(read.filter).toEqual(readCustomers({ q: 'ana' }).filter);
  });

  test('an export reads its address in the shape of the page’s', () => {
    expect(paramsOf('https://a.test/x?status=a&status=b&q=%00')).toEqual({ status: ['a', 'b'], q: ['\0'] });
  });
});

/** The page of each list and its export read by these. */
const READERS: Record<string, (params: SearchParams) => { filter: unknown; unreadable: string[] }> = {
  withdrawals,
  approvals: (params) => readInbox(params, MEXICO),
  deposits: (params) => readDeposits(params, 'all', MEXICO),
  suspense: (params) => readDeposits(params, 'suspense', MEXICO),
  movements: (params) => readMovementFilter(new AddressReader(params), MEXICO, undefined),
  'a wallet’s movements': (params) => readWalletMovements(params, MEXICO, WALLET),
  adjustments: (params) => readAdjustments(params, ADJUSTMENT_STATUSES, MEXICO),
  'account numbers': readAccountNumbers,
  audit: (params) =>
    readAudit(params, { operators: [], actions: ['one.done', 'other.done'] }, MEXICO, String),
  balance: (params) => readBalance(params, MEXICO),
  batches: readBatches,
  'rows of a batch': readRows,
  breaks: readBreaks,
  cases: (params) => readCases(params, WALLET.id),
  customers: readCustomers,
  debts: readDebts,
  entities: readEntities,
  events: (params) => readEvents(params, MEXICO, ['one.happened', 'other.happened']),
  holds: readHolds,
  'ledger accounts': (params) => readLedgerAccounts(params, MEXICO),
  'ledger transactions': (params) => readLedgerTransactions(params, MEXICO),
  notices: readNotices,
  pólizas: (params) => readPolizas(params, MEXICO),
  'proof movements': (params) => readProofMovements(params, 'acc_1'),
  proofs: readAccountProofs,
  'refused deliveries': (params) => readRefused(params, MEXICO),
  schedules: readSchedules,
  statements: readStatements,
  wallets: readWallets,
};
/** Of days without a deposit the fewer hold the more. */
const HOLDS_THE_OTHERS = ['dormant'];

describe('of two choices that an address shows as on', () => {
  afterEach(() => vi.restoreAllMocks());

  /** What a list reads as choices of a closed set, with two of them. */
  function choicesOf(read: (params: SearchParams) => unknown): [name: string, one: string, two: string][] {
    const asked = vi.spyOn(AddressReader.prototype, 'choices');
    read({});
    const all = asked.mock.calls.map(([name, [one, two]]) => [name, one, two] as const);
    return all.flatMap(([name, one, two]) => (one && two ? [[name, one, two]] : []));
  }

  test.each(Object.entries(READERS))('%s filters by both, or says that it can’t', (_list, read) => {
    for (const [name, one, two] of choicesOf(read).filter(([each]) => !HOLDS_THE_OTHERS.includes(each))) {
      const both = read({ [name]: `${one},${two}` });
      if (both.unreadable.includes(name)) continue;
      for (const only of [one, two])
        expect(both.filter, `${name}=${one},${two}`).not.toEqual(read({ [name]: only }).filter);
    }
  });
});
