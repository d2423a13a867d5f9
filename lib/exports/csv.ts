import type { Cell, SheetColumn, SheetWriter } from '~/lib/exports/sheet';

/** For spreadsheets, which else take UTF-8 for the letters of their own country. */
const START = '\uFEFF';

type Options = {
  columns: readonly SheetColumn[] /** The word for the second cell of a moment. */;
  hour: string;
};

/** A file of CSV that is written row by row and leaves piece by piece through `emit`. */
export function csvWriter({ columns, hour }: Options, emit: (chunk: Uint8Array) => void): SheetWriter {
  const encoder = new TextEncoder();
  emit(encoder.encode(START + csvHead(columns, hour)));
  return {
    add: (rows) => emit(encoder.encode(rows.map((cells) => csvLine(cells, columns)).join(''))),
    end: () => undefined,
  };
}

/**
 * One line, as RFC 4180 has it. A moment takes two cells, its day and its hour: LibreOffice takes a day with an hour
 * for a date only with a T between them, and Excel only without one.
 */
function csvLine(cells: readonly Cell[], columns: readonly Pick<SheetColumn, 'kind'>[]): string {
  let line = '';
  for (let index = 0; index < cells.length; index += 1) {
    const [cell, kind] = [cells[index] ?? '', columns[index]?.kind];
    if (index > 0) line += ',';
    if (kind === 'moment') line += cell === '' ? ',' : cell.replace(' ', ',');
    else line += kind === 'text' ? quoted(csvText(cell)) : kind === 'plain' ? quoted(cell) : cell;
  }
  return `${line}\r\n`;
}

function csvHead(columns: readonly SheetColumn[], hour: string): string {
  const heads = columns.flatMap(({ header, kind }) =>
    kind === 'moment' ? [header, `${header}: ${hour}`] : [header],
  );
  return `${heads.map((head) => quoted(csvText(head))).join(',')}\r\n`;
}

/**
 * A text that stays one in whatever opens the file:
 *
 * - what a spreadsheet would take for a formula gets an apostrophe before its sign, at the start and also after
 *   everything at which a spreadsheet of another country may split a cell (OWASP, "CSV Injection");
 * - what it would take for a number, a date or a yes, a CLABE above all, gets a tab before it. Excel keeps 15 digits of
 *   a number and LibreOffice about as many; behind a tab both keep a text whole, and show no more of it than of a blank.
 *   Any other reader has the value without it by trimming, which `="…"` would not give it.
 */
export function csvText(text: string): string {
  const safe = SIGN.test(text) ? text.replace(SIGN_AT_A_START, "$1$2'$3") : text;
  // Where a sign stands after a break, it is more than a number.
  if (safe === text && LOOKS_LIKE_ANOTHER_KIND.test(text)) return `\t${text.trim()}`;
  return /^[\t\r\n\v\f]/.test(safe) ? `'${safe}` : safe;
}

const SIGN = /[=+\-@＝＋－＠﹦﹢﹣﹫]/;
const SIGN_AT_A_START = /(^|[;,|\t\r\n\v\f\u0085\u2028\u2029])([\s\p{Cf}"']*)([=+\-@＝＋－＠﹦﹢﹣﹫])/gu;

const MONTH = '(?:ene|jan|feb|mar|abr|apr|may|jun|jul|ago|aug|sep|set|oct|nov|dic|dec)[a-záéíóú]{0,8}\\.?';
/** Digits with what stands in numbers, dates and hours; a month beside digits; the words for yes and no, and for a fault. */
const LOOKS_LIKE_ANOTHER_KIND = new RegExp(
  `^\\s*(?:(?=\\D*\\d)[\\d\\s.,:/$€%()'’+\\-]+(?:e[-+]?\\d+)?%?(?:[ap]\\.?\\s?m\\.?)?|(?=\\D*\\d)[\\d\\s.,:/\\-]*(?:de )?${MONTH}[\\d\\s.,:/\\-]*(?:de(?:l)? \\d+)?|true|false|verdadero|falso|#(?:n/[ad]|[¡¿]?\\p{L}[\\p{L}\\d/]*[!?]))\\s*$`,
  'iu',
);

function quoted(text: string): string {
  return /[",;|\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
