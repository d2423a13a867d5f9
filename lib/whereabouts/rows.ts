import { type Fact, labelAtStart } from '~/lib/whereabouts/labels';

const CELLS = /\t+|\s*[|;]\s*|\s{3,}/;
/** A table has as many columns that are named. */
const LEAST_COLUMNS = 3;

/** The payments of a table: a head of labels, and a row for each. Null where the text is none. */
export function rowsOf(lines: string[]): Fact[][] | null {
  const cells = lines.map((line) => line.split(CELLS).map((cell) => cell.trim()));
  const head = cells.findIndex((row) => row.length >= LEAST_COLUMNS && row.every(isHead));
  const columns = (cells[head] ?? []).map((cell) => labelAtStart(cell));
  const rows = cells.slice(head + 1).filter((row) => row.length === columns.length);
  if (head < 0 || rows.length === 0) return null;
  return rows.map((row) =>
    columns.flatMap((column, index) =>
      column ? [{ field: sided(column.field), label: column.label, raw: row[index] ?? '' }] : [],
    ),
  );
}

function isHead(cell: string): boolean {
  const label = labelAtStart(cell);
  return label !== null && /^[\s:.]*$/.test(cell.slice(label.end));
}

/** In a table of what was sent, a name or an account alone is whose it was sent to. */
function sided(field: Fact['field']): Fact['field'] {
  if (field === 'name') return 'toName';
  if (field === 'bank') return 'toBank';
  return field === 'account' ? 'toAccount' : field;
}
