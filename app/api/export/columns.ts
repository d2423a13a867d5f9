import type { Words } from '~/app/api/export/words';
import type { StatusKind } from '~/components/words/status-looks';
import type { Cell, SheetColumn } from '~/lib/exports/sheet';
import { toDecimal } from '~/lib/money';
import { type Personal, textOf } from '~/lib/people/masking';

type Key = Parameters<Words['column']>[0];

/** A column of a file, and what a row has in it. */
export type ExportColumn<Row> = {
  key: Key;
  kind: SheetColumn['kind'];
  width: number;
  of: (row: Row) => Cell;
};

/** The columns of rows of one kind, in the reader's words. */
export function columnsOf<Row>(words: Words) {
  const column =
    (kind: SheetColumn['kind']) =>
    (key: Key, width: number, of: (row: Row) => string | null | undefined): ExportColumn<Row> => ({
      key,
      kind,
      width,
      of: (row) => of(row) ?? null,
    });
  const text = column('text');
  return {
    text,
    plain: column('plain'),
    /** An id, or a code of a closed set, for whatever reads the file next. */
    code: (key: Key, of: (row: Row) => string | null | undefined) => text(key, 22, of),
    /** Something personal, as its reader sees it. */
    personal: (key: Key, width: number, of: (row: Row) => Personal | null) =>
      text(key, width, (row) => {
        const value = of(row);
        return value && textOf(value);
      }),
    id: (key: Key, of: (row: Row) => string | null | undefined) => text(key, 38, of),
    moment: (key: Key, of: (row: Row) => Date | null) =>
      column('moment')(key, 19, (row) => {
        const at = of(row);
        return at && words.moment(at);
      }),
    amount: (key: Key, of: (row: Row) => bigint | null, asset: (row: Row) => string) =>
      column('amount')(key, 16, (row) => {
        const amount = of(row);
        return amount === null ? null : toDecimal(amount, asset(row));
      }),
    count: (key: Key, of: (row: Row) => bigint | number | null) =>
      column('count')(key, 10, (row) => of(row)?.toString()),
    /** A state in the reader's words, and its code in a column of its own. */
    status: (kind: StatusKind, of: (row: Row) => string | null | undefined) => {
      const word = (row: Row) => {
        const code = of(row);
        return code && words.status(kind, code);
      };
      return [text('status', 18, word), text('statusCode', 18, of)];
    },
  };
}

/** The columns as the writers of files take them. */
export function sheetColumns<Row>(columns: readonly ExportColumn<Row>[], words: Words): SheetColumn[] {
  return columns.map(({ key, kind, width }) => ({ header: words.column(key), kind, width }));
}
