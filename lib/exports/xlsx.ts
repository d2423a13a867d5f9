import { strToU8, Zip, ZipDeflate } from 'fflate';
import type { Cell, SheetColumn, SheetWriter } from '~/lib/exports/sheet';
import { ASSETS } from '~/lib/money';

/** The most rows that a sheet of Excel's has; more go on in a next sheet. */
const SHEET_ROWS = 1_048_576;
/** The most characters that a cell of Excel's has. */
const CELL_CHARACTERS = 32_767;
/** The most digits that Excel keeps of a number. One with more is written as text, to stay whole. */
const NUMBER_DIGITS = 15;

/** The formats of cells, in the order of `cellXfs`: plain, head, text, moment, then amounts by their decimals. */
const STYLE = { head: 1, text: 2, moment: 3, amounts: 4 } as const;
const DECIMALS: number[] = [...new Set(Object.values(ASSETS).map(({ exponent }) => exponent))];

type Options = {
  title: string;
  columns: readonly SheetColumn[];
  sheetRows?: number;
  /** A sheet of its own behind the rows: few, and known before. */
  beside?: { title: string; columns: readonly SheetColumn[]; rows: readonly (readonly Cell[])[] };
};

/**
 * A workbook (ECMA-376, transitional) that is written row by row and leaves piece by piece through `emit`: it takes
 * the same little memory whatever its length. The head stands fast while the rows scroll, and filters.
 */
export function xlsxWriter(
  { title, columns, sheetRows = SHEET_ROWS, beside }: Options,
  emit: (chunk: Uint8Array) => void,
): SheetWriter {
  const names = namesOf(columns);
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    emit(chunk);
  });
  let sheets = 0;
  let row = sheetRows;
  let sheet: ZipDeflate | null = null;

  const open = (name: string) => {
    const file = new ZipDeflate(name, { level: 4 });
    zip.add(file);
    return file;
  };
  const nextSheet = () => {
    closeSheet();
    sheets += 1;
    row = 1;
    sheet = open(`xl/worksheets/sheet${sheets}.xml`);
    sheet.push(strToU8(sheetStart(columns, names)));
  };
  const closeSheet = () => sheet?.push(strToU8(sheetEnd(`A1:${names.at(-1)}${row}`)), true);

  return {
    add(rows) {
      let text = '';
      for (const cells of rows) {
        if (row >= sheetRows) {
          sheet?.push(strToU8(text));
          text = '';
          nextSheet();
        }
        row += 1;
        text += rowOf(row, cells, columns, names);
      }
      sheet?.push(strToU8(text));
    },
    end() {
      if (sheets === 0) nextSheet();
      closeSheet();
      const tabs = Array.from({ length: sheets }, (_, nth) => tabOf(title, nth));
      if (beside) {
        tabs.push(tabOf(beside.title, 0));
        open(`xl/worksheets/sheet${tabs.length}.xml`).push(strToU8(wholeSheet(beside)), true);
      }
      for (const [name, content] of frame(tabs)) open(name).push(strToU8(content), true);
      zip.end();
    },
  };
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

function sheetStart(columns: readonly SheetColumn[], names: readonly string[]): string {
  // Also what somebody types below the last row stays text.
  const style = ({ kind }: SheetColumn) => (isText(kind) ? ` style="${STYLE.text}"` : '');
  const widths = columns.map(
    (column, index) =>
      `<col min="${index + 1}" max="${index + 1}" width="${column.width}"${style(column)} customWidth="1"/>`,
  );
  const head = columns.map(({ header }, index) => textCell(`${names[index]}1`, header, STYLE.head));
  return `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${widths.join('')}</cols><sheetData><row r="1">${head.join('')}</row>`;
}

function sheetEnd(all: string): string {
  // A CLABE is meant to be text: without this Excel would mark every one.
  return `</sheetData><autoFilter ref="${all}"/><ignoredErrors><ignoredError sqref="${all}" numberStoredAsText="1"/></ignoredErrors></worksheet>`;
}

function wholeSheet({ columns, rows }: NonNullable<Options['beside']>): string {
  const names = namesOf(columns);
  const body = rows.map((cells, index) => rowOf(index + 2, cells, columns, names));
  return sheetStart(columns, names) + body.join('') + sheetEnd(`A1:${names.at(-1)}${rows.length + 1}`);
}

function rowOf(
  number: number,
  cells: readonly Cell[],
  columns: readonly SheetColumn[],
  names: readonly string[],
): string {
  let row = `<row r="${number}">`;
  for (let index = 0; index < cells.length; index += 1) {
    const cell = cells[index];
    if (cell) row += cellOf(`${names[index]}${number}`, cell, columns[index]?.kind ?? 'text');
  }
  return `${row}</row>`;
}

function cellOf(at: string, cell: string, kind: SheetColumn['kind']): string {
  if (kind === 'moment') return `<c r="${at}" s="${STYLE.moment}"><v>${serialOf(cell)}</v></c>`;
  if (isText(kind) || cell.replace(/\D/g, '').length > NUMBER_DIGITS) return textCell(at, cell, STYLE.text);
  if (kind === 'count') return `<c r="${at}"><v>${cell}</v></c>`;
  const decimals = cell.split('.')[1]?.length ?? 0;
  return `<c r="${at}" s="${STYLE.amounts + DECIMALS.indexOf(decimals)}"><v>${cell}</v></c>`;
}

const isText = (kind: SheetColumn['kind']) => kind === 'text' || kind === 'plain';

function textCell(at: string, text: string, style: number): string {
  const content = escaped(text.slice(0, CELL_CHARACTERS));
  return `<c r="${at}" t="inlineStr" s="${style}"><is><t xml:space="preserve">${content}</t></is></c>`;
}

/** Days since Excel's day zero of a moment on the reader's clock, `2026-11-26 12:04:05`. */
function serialOf(local: string): number {
  return Date.parse(`${local.replace(' ', 'T')}Z`) / 86_400_000 + 25_569;
}

const UNSAFE = /[<>&\p{Cc}\p{Cs}\uFFFE\uFFFF]|_(?=x[\da-f]{4}_)/iu;
const UNSAFE_ALL = new RegExp(UNSAFE.source, 'giu');
const ENTITIES: Record<string, string> = { '<': '&lt;', '>': '&gt;', '&': '&amp;' };

/** XML has no control characters: Excel writes them, and what looks like so written, as `_x0007_` (ST_Xstring). */
function escaped(text: string): string {
  if (!UNSAFE.test(text)) return text;
  return text.replace(UNSAFE_ALL, (character) => {
    if (character === '\t' || character === '\n') return character;
    if (/\p{Cs}/u.test(character)) return '\uFFFD';
    return ENTITIES[character] ?? `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`;
  });
}

const namesOf = (columns: readonly SheetColumn[]) => columns.map((_column, index) => letters(index + 1));

/** `1` → `A`, `27` → `AA`. */
function letters(column: number): string {
  const rest = Math.floor((column - 1) / 26);
  return (rest > 0 ? letters(rest) : '') + String.fromCharCode(65 + ((column - 1) % 26));
}

/** A tab's name, of the first sheet of a title or one that goes on: at most 31 characters, and none of these. */
function tabOf(title: string, nth: number): string {
  const tab = title
    .replace(/[[\]:*?/\\']/g, ' ')
    .slice(0, 25)
    .trim();
  return nth === 0 ? tab : `${tab} ${nth + 1}`;
}

/** The files around the sheets. */
function frame(names: readonly string[]): [name: string, content: string][] {
  const numbers = names.map((_name, index) => index + 1);
  const tabs = names.map(
    (name, index) =>
      `<sheet name="${escaped(name).replaceAll('"', '&quot;')}" sheetId="${index + 1}" r:id="s${index + 1}"/>`,
  );
  const relations = numbers.map(
    (n) => `<Relationship Id="s${n}" Type="${RELATIONS}/worksheet" Target="worksheets/sheet${n}.xml"/>`,
  );
  const parts = numbers.map(
    (n) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${TYPE}.worksheet+xml"/>`,
  );
  return [
    [
      'xl/workbook.xml',
      `${XML}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${tabs.join('')}</sheets></workbook>`,
    ],
    ['xl/styles.xml', styles()],
    [
      'xl/_rels/workbook.xml.rels',
      `${XML}<Relationships xmlns="${PACKAGE}/relationships">${relations.join('')}<Relationship Id="styles" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`,
    ],
    [
      '_rels/.rels',
      `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="workbook" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ],
    [
      '[Content_Types].xml',
      `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/>${parts.join('')}</Types>`,
    ],
  ];
}

function styles(): string {
  const formats = DECIMALS.map((decimals) => (decimals === 0 ? '#,##0' : `#,##0.${'0'.repeat(decimals)}`));
  const custom = ['yyyy\\-mm\\-dd\\ hh:mm:ss', ...formats].map(
    (code, index) => `<numFmt numFmtId="${164 + index}" formatCode="${code}"/>`,
  );
  const format = (id: number, rest = '') =>
    `<xf numFmtId="${id}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"${rest}/>`;
  const cells = [
    format(0),
    format(49, ' applyFont="1"').replace('fontId="0"', 'fontId="1"'),
    format(49),
    format(164),
    ...formats.map((_code, index) => format(165 + index)),
  ];
  const font = '<sz val="11"/><name val="Calibri"/><family val="2"/>';
  return `${XML}<styleSheet xmlns="${MAIN}"><numFmts count="${custom.length}">${custom.join('')}</numFmts><fonts count="2"><font>${font}</font><font><b/>${font}</font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="${cells.length}">${cells.join('')}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;
}
