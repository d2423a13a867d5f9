import { strFromU8, unzipSync } from 'fflate';
import readSheets from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import type { Cell, SheetColumn } from '~/lib/exports/sheet';
import { xlsxWriter } from '~/lib/exports/xlsx';

const COLUMNS: SheetColumn[] = [
  { header: 'CLABE', kind: 'text', width: 20 },
  { header: 'Fecha', kind: 'moment', width: 18 },
  { header: 'Monto', kind: 'amount', width: 14 },
  { header: 'Renglones', kind: 'count', width: 8 },
];

function written(pages: Cell[][][], sheetRows?: number): Buffer {
  const chunks: Uint8Array[] = [];
  const writer = xlsxWriter(
    { title: 'Movimientos: [todos]', columns: COLUMNS, ...(sheetRows && { sheetRows }) },
    (chunk) => chunks.push(chunk),
  );
  for (const page of pages) writer.add(page);
  writer.end();
  return Buffer.concat(chunks);
}

describe('a workbook', () => {
  it('holds texts whole, moments as moments and amounts as numbers', async () => {
    const rows: Cell[][] = [
      ['735969000000203297', '2026-11-26 12:04:05', '-1234567.50', '7'],
      ['0012', null, '1000', null],
      ['=1+1', '2024-02-29 23:59:59', '0.000001', '0'],
    ];
    const [sheet] = await readSheets(written([rows.slice(0, 1), rows.slice(1)]));
    expect(sheet?.sheet).toBe('Movimientos   todos');
    expect(sheet?.data).toEqual([
      ['CLABE', 'Fecha', 'Monto', 'Renglones'],
      ['735969000000203297', new Date('2026-11-26T12:04:05Z'), -1234567.5, 7],
      ['0012', null, 1000, null],
      ['=1+1', new Date('2024-02-29T23:59:59Z'), 0.000001, 0],
    ]);
  });

  it('keeps an amount whole that is longer than a number of Excel', async () => {
    const [sheet] = await readSheets(written([[['a', null, '9223372036.854775807', null]]]));
    expect(sheet?.data[1]?.[2]).toBe('9223372036.854775807');
  });

  it('holds what XML has no letters for, and nothing of it is markup', () => {
    const hostile = '<a>&\u0007\r_x0041_\ud800"';
    const xml = strFromU8(
      unzipSync(written([[[hostile, null, null, null]]]))['xl/worksheets/sheet1.xml'] ?? new Uint8Array(),
    );
    expect(xml).toContain('&lt;a&gt;&amp;_x0007__x000D__x005F_x0041_\uFFFD"</t>');
  });

  it('goes on in a next sheet where one is full, each with its head standing fast', async () => {
    const rows = Array.from({ length: 5 }, (_, index): Cell[] => [`fila ${index}`, null, null, null]);
    const book = written([rows], 3);
    const sheets = await readSheets(book);
    expect(sheets.map(({ data }) => data.map(([first]) => first))).toEqual([
      ['CLABE', 'fila 0', 'fila 1'],
      ['CLABE', 'fila 2', 'fila 3'],
      ['CLABE', 'fila 4'],
    ]);
    for (const number of [1, 2, 3])
      expect(strFromU8(unzipSync(book)[`xl/worksheets/sheet${number}.xml`] ?? new Uint8Array())).toMatch(
        /<pane ySplit="1" [^>]*state="frozen"\/>.*<autoFilter ref="A1:D\d"\/>/s,
      );
  });

  it('of no rows is a workbook too', async () => {
    const [sheet] = await readSheets(written([]));
    expect(sheet?.data).toEqual([COLUMNS.map(({ header }) => header)]);
  });
});
