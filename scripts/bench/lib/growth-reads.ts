import { readDay } from '~/lib/books/day';
import { listDayLines } from '~/lib/books/day-lines';
import { readUsual } from '~/lib/books/usual';
import { transaction } from '~/lib/db';
import { balancesAt, explainBalance } from '~/lib/ledger/history';
import { foldEntries } from '~/lib/ledger/moment';
import { postTransactions } from '~/lib/ledger/post';
import {
  type LedgerAccountFilter,
  listLedgerAccounts,
  sumLedgerAccounts,
  trialBalance,
} from '~/lib/ledger/read';
import { listMovements } from '~/lib/movements/movements';
import { OUTSIDER } from '~/lib/testing/reader';
import { timelineOf } from '~/lib/transfers/timeline';
import { getWallet } from '~/lib/wallets/wallets';
import { listWithdrawals } from '~/lib/withdrawals/read';
import { BUSY_WALLETS, CASH_ID, NEEDLE_AMOUNT, NEEDLE_NAME } from './growth-data.ts';
import { hotPosting, setWalletCount } from './platform.ts';

export { disconnect } from '~/lib/db';
export { setWalletCount };

const DAY_MS = 86_400_000;
const MEXICO = 'America/Mexico_City';

/** Something that a page asks. `run` gets the number of the try, so that no two tries read the same rows. */
export type Read = { name: string; run: (nth: number) => Promise<unknown> };

const walletOf = (nth: number) => `00000000-0000-4000-8000-${String(nth % BUSY_WALLETS).padStart(12, '0')}`;
const accountOf = (nth: number) => BigInt(10 + 2 * (nth % BUSY_WALLETS));
/** A moment of the year, spread over it. */
const momentOf = (nth: number) => new Date(Date.now() - DAY_MS * (3 + ((nth * 37) % 355)));
const daysAround = (nth: number) => ({
  from: new Date(momentOf(nth).getTime() - 30 * DAY_MS),
  to: momentOf(nth),
});
/** One movement of the many, by its number. */
const oneOf = (nth: number, movements: number) => 1 + ((nth * 7_919 + 2_500) % movements);

type Filter = Parameters<typeof listMovements>[1];

/** Each filter of a list of movements, over all wallets or in one. */
function filters(movements: number): [name: string, filter: (nth: number) => Filter][] {
  return [
    ['no filter', () => ({})],
    ['date', daysAround],
    ['a deep page', (nth) => ({ to: momentOf(nth) })],
    ['kind', () => ({ kind: ['withdrawal'] })],
    ['kinds and date', (nth) => ({ kind: ['withdrawal', 'adjustment'], ...daysAround(nth) })],
    ['kind that there is none of', () => ({ kind: ['deposit_return'] })],
    ['direction', () => ({ direction: 'out' })],
    ['direction against kind', () => ({ direction: 'out', kind: ['deposit'] })],
    ['asset', () => ({ asset: ['MXN'] })],
    ['asset that there is none of', () => ({ asset: ['CLP'] })],
    [
      'amount, exact and rare',
      () => ({ asset: ['MXN'], minAmount: NEEDLE_AMOUNT, maxAmount: NEEDLE_AMOUNT }),
    ],
    [
      'amount, from and rare',
      () => ({ asset: ['MXN'], minAmount: NEEDLE_AMOUNT, maxAmount: NEEDLE_AMOUNT * 2n }),
    ],
    ['amount, common', () => ({ asset: ['MXN'], minAmount: 100_000n, maxAmount: 500_000n })],
    ['text: name', () => ({ text: NEEDLE_NAME })],
    ['text: part of a name', () => ({ text: 'xochitl quetz' })],
    ['text: concept that many have', () => ({ text: 'renta' })],
    ['text: clave de rastreo', (nth) => ({ text: `MOV${String(oneOf(nth, movements)).padStart(14, '0')}` })],
    ['text: CLABE', (nth) => ({ text: `002180${String(oneOf(nth, movements)).padStart(12, '0')}` })],
    ['text: transfer id', (nth) => ({ text: `tr_bench${oneOf(nth, movements)}` })],
    ['text that nothing has', () => ({ text: 'nadie' })],
  ];
}

export function reads(movements: number): Read[] {
  const lists = filters(movements).flatMap(([name, filter]): Read[] => [
    { name: `movements, ${name}`, run: (nth) => listMovements(OUTSIDER, filter(nth)) },
    {
      name: `a wallet's movements, ${name}`,
      run: (nth) => listMovements(OUTSIDER, { ...filter(nth), walletId: walletOf(nth) }),
    },
  ]);
  const days = (nth: number, count: number) => {
    const before = new Date(Math.floor(momentOf(nth).getTime() / DAY_MS) * DAY_MS);
    return { since: new Date(before.getTime() - count * DAY_MS), before };
  };
  const told = (nth: number, count: number, stride: 'hour' | 'day' | 'month') =>
    readDay(
      { asset: 'MXN' },
      { span: days(nth, count), compared: days(nth + 1, count), stride, timeZone: MEXICO },
    );
  const at = (clock: 'posted' | 'effective') => (nth: number) => ({ before: momentOf(nth), clock });
  return [
    { name: 'the page of a wallet', run: (nth) => walletPage(walletOf(nth)) },
    ...lists,
    { name: 'a day beside the one before', run: (nth) => told(nth, 1, 'hour') },
    { name: 'a month beside the one before', run: (nth) => told(nth, 30, 'day') },
    { name: 'a year beside the one before', run: (nth) => told(nth, 365, 'month') },
    { name: 'today against a usual day', run: () => readUsual('MXN', MEXICO) },
    {
      name: 'the entries of a month’s deposits',
      run: (nth) =>
        listDayLines(OUTSIDER, {
          ...{ asset: 'MXN', figure: 'deposits', span: days(nth, 30), timeZone: MEXICO },
        }),
    },
    {
      name: 'the entries of what hardly ever came in a month',
      run: (nth) =>
        listDayLines(OUTSIDER, {
          ...{ asset: 'MXN', figure: 'returned', span: days(nth, 30), timeZone: MEXICO },
        }),
    },
    ...(['posted', 'effective'] as const).flatMap((clock): Read[] => [
      {
        name: `a wallet's balance at a moment, ${clock}`,
        run: (nth) => balancesAt([accountOf(nth)], at(clock)(nth)),
      },
      {
        name: `the hot account's balance at a moment, ${clock}`,
        run: (nth) => balancesAt([CASH_ID], at(clock)(nth)),
      },
    ]),
    { name: 'trial balance', run: () => trialBalance() },
    ...(['posted', 'effective'] as const).flatMap((clock): Read[] => [
      {
        name: `the explanation of a wallet's balance at a moment, ${clock}`,
        run: (nth) => explainBalance({ accountId: accountOf(nth), at: at(clock)(nth) }),
      },
      {
        name: `the explanation of the hot account's balance at a moment, ${clock}`,
        run: (nth) => explainBalance({ accountId: CASH_ID, at: at(clock)(nth) }),
      },
      { name: `trial balance at a moment, ${clock}`, run: (nth) => trialBalance(at(clock)(nth)) },
      {
        name: `ledger accounts and their sum at a moment, ${clock}`,
        run: (nth) => ledgerPage({ at: at(clock)(nth) }),
      },
      {
        name: `ledger accounts with a balance at a moment, ${clock}`,
        run: (nth) => ledgerPage({ at: at(clock)(nth), nonZero: true }),
      },
    ]),
  ];
}

/** What a worker does all the time: the sums of days and hours have every entry that there is. */
export async function foldAll(): Promise<void> {
  await foldEntries();
  while ((await foldEntries()) > 0);
}

/** What the page of a wallet reads. */
function walletPage(id: string) {
  return Promise.all([
    getWallet(OUTSIDER, id),
    listWithdrawals(OUTSIDER, {
      walletId: id,
      status: ['awaiting_approval', 'queued', 'submitting', 'pending'],
    }),
    timelineOf('wallet', id),
    listMovements(OUTSIDER, { walletId: id }),
  ]);
}

/** What the list of ledger accounts reads. */
function ledgerPage(filter: LedgerAccountFilter) {
  return Promise.all([listLedgerAccounts(filter), sumLedgerAccounts(filter)]);
}

/** Rows per second, as the export reads them. */
export async function exportRows(limit: number, pageSize: number): Promise<number> {
  let rows = 0;
  let cursor: string | undefined;
  do {
    const page = await listMovements(OUTSIDER, { cursor }, pageSize);
    rows += page.items.length;
    cursor = page.nextCursor ?? undefined;
  } while (cursor && rows < limit);
  return rows;
}

/** A batch of deposits that all meet the cash account. */
export function postBatch(size: number): Promise<number> {
  return transaction((tx) => postTransactions(tx, Array.from({ length: size }, hotPosting))).then(
    ({ length }) => length,
  );
}
