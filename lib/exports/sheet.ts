/** What a column of a file holds, told once for CSV and for Excel. */
export type SheetColumn = {
  header: string;
  /**
   * How its cells are read:
   * - `text`: as it is;
   * - `plain`: a text of letters, digits, dots and hyphens that another program reads as it stands: an account code;
   * - `moment`: `2026-11-26 12:04:05` in the reader's zone;
   * - `amount`: a decimal number with a dot (`toDecimal`), never a float;
   * - `count`: a whole number.
   */
  kind: 'text' | 'plain' | 'moment' | 'amount' | 'count';
  /** In characters. */
  width: number;
};

export type Cell = string | null;

/** A file that is being written: rows after rows, and an end. */
export type SheetWriter = {
  add(rows: readonly (readonly Cell[])[]): void;
  end(): void;
};
