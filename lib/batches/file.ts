import { CsvError, parse } from 'csv-parse/sync';
import { unzipSync } from 'fflate';
import { readSheet } from 'read-excel-file/node';
import { readHead } from '~/lib/batches/columns';
import { MOST_BYTES } from '~/lib/batches/file-size';
import { InvalidInputError } from '~/lib/errors';

export const MOST_ROWS = 5_000;
/** Into so many payments they may be cut. */
export const MOST_PAYMENTS = 10_000;
/** What an XLSX may hold unpacked: far more than so many rows take. */
const MOST_UNPACKED = 64 * 1024 * 1024;
/** The digits that Excel keeps of a number; of one with more it makes up the rest. */
const NUMBER_DIGITS = 15;

/** A cell as text; `rounded`: a number that was too long for a spreadsheet, whose last digits are lost. */
export type FileCell = { text: string; rounded: boolean };
/** `line` as the spreadsheet or the editor counts it. */
export type FileRow = { line: number; cells: FileCell[] };

/** All rows of a CSV or XLSX with the first one, the head. Throws `invalid` on `file`, with what is wrong with it. */
export async function readRows(bytes: Uint8Array): Promise<{ head: FileRow; rows: FileRow[] }> {
  if (bytes.length > MOST_BYTES) throw unfit('file_too_large');
  const all = isZip(bytes) ? await readXlsx(bytes) : readCsv(bytes);
  const [head, ...rows] = all.filter(({ cells }) => cells.some(({ text }) => text.trim() !== ''));
  if (!head || rows.length === 0) throw unfit('file_empty');
  if (rows.length > MOST_ROWS) throw unfit('too_many_rows');
  return { head, rows };
}

export function unfit(why: string): InvalidInputError {
  return new InvalidInputError({ file: why });
}

const isZip = ([first, second]: Uint8Array) => first === 0x50 && second === 0x4b;

/** The first sheet, each cell as its text: of numbers what Excel shows of them, not what floats make of it. */
async function readXlsx(bytes: Uint8Array): Promise<FileRow[]> {
  refuseBomb(bytes);
  try {
    const rows = await readSheet(Buffer.from(bytes), { trim: false, parseNumber: (raw) => ({ raw }) });
    return rows.map((cells, nth) => ({ line: nth + 1, cells: cells.map(cellOf) }));
  } catch {
    throw unfit('file_unreadable');
  }
}

/** Few bytes may unpack to more than there is memory. */
function refuseBomb(bytes: Uint8Array): void {
  let unpacked = 0;
  try {
    unzipSync(bytes, {
      filter: ({ originalSize }) => {
        unpacked += originalSize;
        return false;
      },
    });
  } catch {
    throw unfit('file_unreadable');
  }
  if (unpacked > MOST_UNPACKED) throw unfit('file_too_large');
}

function cellOf(value: unknown): FileCell {
  if (value === null || value === undefined) return { text: '', rounded: false };
  if (value instanceof Date) return { text: value.toISOString().slice(0, 10), rounded: false };
  if (typeof value === 'object' && 'raw' in value) return numberCell(String(value.raw));
  return { text: String(value), rounded: false };
}

/** `1234.5599999999999` is what Excel keeps of 1234.56. */
function numberCell(raw: string): FileCell {
  const number = Number(raw);
  if (!Number.isFinite(number)) return { text: raw, rounded: false };
  const rounded = Math.abs(number) >= 10 ** NUMBER_DIGITS;
  const shown = Number(number.toPrecision(NUMBER_DIGITS));
  return { text: rounded ? number.toLocaleString('en', { useGrouping: false }) : String(shown), rounded };
}

/** Separated by whatever makes most of the head; in UTF-8, in UTF-16, or as Excel writes in Mexico. */
function readCsv(bytes: Uint8Array): FileRow[] {
  const text = decode(bytes);
  try {
    const records = parse(text, {
      delimiter: delimiterOf(text),
      bom: true,
      relax_column_count: true,
      relax_quotes: true,
      info: true,
      max_record_size: 64 * 1024,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    return records.map(({ record, info }) => ({
      line: info.lines,
      cells: record.map((cell) => ({ text: cell, rounded: /^\s*\d(?:\.\d+)?E\+1[5-9]\s*$/i.test(cell) })),
    }));
  } catch (error) {
    if (error instanceof CsvError) throw unfit('file_unreadable');
    throw error;
  }
}

function decode(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

function delimiterOf(text: string): string {
  const [head = ''] = text
    .replace(/^\uFEFF/, '')
    .trimStart()
    .split(/\r?\n/, 1);
  const known = (by: string) =>
    readHead(head.split(by).map((cell) => cell.replaceAll('"', ''))).fields.filter((field) => field !== null)
      .length;
  const [best = ','] = [',', ';', '\t', '|'].toSorted((one, other) => known(other) - known(one));
  return best;
}
