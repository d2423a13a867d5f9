/** What one line of a CSV file holds. */
export type CsvCell = string | bigint | null | undefined;

/** For spreadsheets, which else take UTF-8 for the letters of their own country. */
export const CSV_START = '\uFEFF';

/** One line, as RFC 4180 has it. A text that a spreadsheet would run as a formula gets an apostrophe before it. */
export function csvLine(cells: readonly CsvCell[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(cell: CsvCell): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'bigint') return cell.toString();
  const isNumber = /^-?\d+(\.\d+)?$/.test(cell);
  const text = !isNumber && /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
