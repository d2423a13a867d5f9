import { type ExportColumn, sheetColumns } from '~/app/api/export/columns';
import { type Reader, type Words, wordsFor } from '~/app/api/export/words';
import type { ReadAddress } from '~/components/list/read-address';
import type { SearchParams } from '~/components/list/search-params';
import type { ReadPage } from '~/lib/exports/exports';
import type { ExportListName } from '~/lib/exports/lists';
import type { Cell, SheetColumn } from '~/lib/exports/sheet';
import type { Page } from '~/lib/pagination';
import { lookAlong } from '~/lib/people/looks';
import { seesAll } from '~/lib/people/sight';
import type { Permission } from '~/lib/roles';
import type { ListTotals } from '~/lib/search/totals';

/** A list as its page shows it with this address, ready to be taken away. */
export type OpenedList = {
  /** What nobody can read of the address: then there is nothing to take. */
  unreadable: string[];
  /** Of the names in the address, those that the list doesn't know. */
  unknown: string[];
  columns: SheetColumn[];
  read: ReadPage<Cell[]>;
  /** Whose list it is, where it is one wallet's or one customer's. */
  of: { name: string; walletId?: string } | undefined;
  /** What its rows come to, where they are money. */
  totals?: () => Promise<ListTotals>;
};

export type ExportList = {
  permission: Permission;
  open: (params: SearchParams, reader: Reader) => OpenedList | Promise<OpenedList>;
};

/** A list that is read page by page as its reader sees it. */
export function paged<Filter, Row>(
  reader: Reader,
  list: (reader: Reader, filter: Filter & { cursor: string | undefined }, size: number) => Promise<Page<Row>>,
  filter: Filter,
): ReadPage<Row> {
  return (cursor, size) => list(reader, { ...filter, cursor }, size);
}

/** A list with personal data: of who sees it whole it is written down whose it is, before any of it leaves. */
export function noted<Row>(
  reader: Reader,
  list: ExportListName,
  read: ReadPage<Row>,
  whoseIs: (row: Row) => string | null | undefined,
): ReadPage<Row> {
  if (!seesAll(reader)) return read;
  const look = lookAlong(reader, { way: 'export', about: list });
  return async (cursor, size) => {
    const page = await read(cursor, size);
    await look(page.items.flatMap((row) => whoseIs(row) ?? []));
    return page;
  };
}

/** What of it is taken away, in the columns of the reader’s language. */
export function opened<Row>(
  { unreadable, unknown }: ReadAddress<unknown>,
  reader: Reader,
  columnsFor: (words: Words) => ExportColumn<Row>[],
  readRows: ReadPage<Row>,
  of?: OpenedList['of'],
  totals?: OpenedList['totals'],
): OpenedList {
  const words = wordsFor(reader);
  const columns = columnsFor(words);
  return {
    unreadable,
    unknown,
    columns: sheetColumns(columns, words),
    of,
    ...(totals && { totals }),
    read: async (cursor, size) => {
      const { items, nextCursor } = await readRows(cursor, size);
      return { items: items.map((row) => columns.map((column) => column.of(row))), nextCursor };
    },
  };
}
