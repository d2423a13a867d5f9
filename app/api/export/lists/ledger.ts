import { columnsOf, type ExportColumn } from '~/app/api/export/columns';
import type { Reader, Words } from '~/app/api/export/words';
import type { PolizaLine } from '~/lib/accounting/polizas';
import { type Owner, ownersOf } from '~/lib/books/books';
import { searchLedgerAccounts, searchLedgerTransactions } from '~/lib/books/named';
import type { ReadPage } from '~/lib/exports/exports';
import { saysCause } from '~/lib/ledger/cause';
import type {
  LedgerAccountFilter,
  LedgerAccountRow,
  LedgerTransactionFilter,
  LedgerTransactionRow,
} from '~/lib/ledger/read';

type Account = LedgerAccountRow & { owner: Owner | undefined };

/** Accounts with whose they are. */
export function readAccounts(filter: LedgerAccountFilter): ReadPage<Account> {
  return async (cursor, size) => {
    const { items, nextCursor } = await searchLedgerAccounts({ ...filter, cursor }, size);
    const owners = await ownersOf(items);
    return { items: items.map((item) => ({ ...item, owner: owners.get(item.ownerId ?? '') })), nextCursor };
  };
}

export function accountColumns(words: Words): ExportColumn<Account>[] {
  const { text, code, amount, count } = columnsOf<Account>(words);
  return [
    text('account', 28, (row) => words.ledgerGroup(row.group)),
    code('accountCode', (row) => row.group),
    text('owner', 32, (row) => row.owner && words.nameOf(row.owner)),
    text('code', 46, (row) => row.code),
    text('side', 12, (row) => words.ledgerSide(row.side)),
    code('sideCode', (row) => row.side),
    count('entries', (row) => row.sequence),
    amount(
      'balance',
      (row) => row.balance,
      (row) => row.asset,
    ),
    text('asset', 8, (row) => row.asset),
    text('ownerId', 38, (row) => row.ownerId),
    count('id', (row) => row.id),
  ];
}

type Line = {
  transaction: LedgerTransactionRow;
  entry: LedgerTransactionRow['entries'][number];
  owner: Owner | undefined;
};

/** The journal: each transaction's entries in their order, a row each. */
export function readJournal(reader: Reader, filter: LedgerTransactionFilter): ReadPage<Line> {
  return async (cursor, size) => {
    const { items, nextCursor } = await searchLedgerTransactions(reader, { ...filter, cursor }, size);
    const lines = items.flatMap((transaction) =>
      transaction.entries.map((entry) => ({ transaction, entry, ownerId: entry.account.ownerId })),
    );
    const owners = await ownersOf(lines);
    return {
      items: lines.map(({ ownerId, ...line }) => ({ ...line, owner: owners.get(ownerId ?? '') })),
      nextCursor,
    };
  };
}

export function journalColumns(words: Words): ExportColumn<Line>[] {
  const { text, code, id, moment, amount, count } = columnsOf<Line>(words);
  const asset = ({ entry }: Line) => entry.asset;
  return [
    count('transactionId', ({ transaction }) => transaction.id),
    moment('effectiveAt', ({ transaction }) => transaction.effectiveAt),
    moment('postedAt', ({ transaction }) => transaction.postedAt),
    text('kind', 28, ({ transaction }) => words.transaction(transaction.kind)),
    code('kindCode', ({ transaction }) => transaction.kind),
    text('code', 46, ({ entry }) => entry.account.code),
    text('owner', 32, ({ owner }) => owner && words.nameOf(owner)),
    amount('debit', ({ entry }) => (entry.amount > 0n ? entry.amount : null), asset),
    amount('credit', ({ entry }) => (entry.amount < 0n ? -entry.amount : null), asset),
    amount('balance', ({ entry }) => entry.balanceAfter, asset),
    text('asset', 8, asset),
    text('note', 36, ({ transaction }) => transaction.note),
    text('source', 46, ({ transaction }) => saysCause(transaction)),
    id('transferId', ({ transaction }) => transaction.transferId),
    id('withdrawalId', ({ transaction }) => transaction.withdrawalId),
    id('eventId', ({ transaction }) => transaction.eventId),
    count('accountId', ({ entry }) => entry.accountId),
    count('id', ({ entry }) => entry.id),
  ];
}

/** As programs of accounting take them in: the lines of one number and asset are one póliza. */
export function polizaColumns(words: Words): ExportColumn<PolizaLine>[] {
  const { text, plain, amount } = columnsOf<PolizaLine>(words);
  const asset = (row: PolizaLine) => row.asset;
  return [
    plain('polizaType', 12, (row) => words.polizaType(row.type)),
    plain('polizaNumber', 16, (row) => row.number),
    plain('polizaDate', 12, (row) => row.day),
    text('concept', 36, (row) => words.transaction(row.kind)),
    plain('polizaAccount', 18, (row) => row.account),
    amount('debit', (row) => row.debit, asset),
    amount('credit', (row) => row.credit, asset),
    text('reference', 46, (row) => row.reference),
    plain('uuid', 38, (row) => row.uuid),
    plain('asset', 8, asset),
    plain('id', 22, (row) => row.id),
  ];
}
