import { strFromU8, unzipSync, zipSync } from 'fflate';
import { expect, it } from 'vitest';
import { readHead } from '~/lib/batches/columns';
import { MOST_ROWS, readRows } from '~/lib/batches/file';
import { xlsxFile } from '~/lib/testing/batches';

const CLABE = '012969100000000110';
const bytes = (text: string) => new TextEncoder().encode(text);
const textsOf = async (file: Uint8Array) =>
  (await readRows(file)).rows.map(({ line, cells }) => [line, ...cells.map(({ text }) => text)]);
const unfit = (file: string) => expect.objectContaining({ fields: { file } });

it.each([
  ['commas', `CLABE,Monto\r\n${CLABE},"1,234.50"\r\n`],
  ['semicolons, as Excel writes where the comma is for decimals', `CLABE;Monto\r\n${CLABE};1,234.50\r\n`],
  ['tabs', `CLABE\tMonto\r\n${CLABE}\t1,234.50\r\n`],
  ['a mark of UTF-8 before it', `\uFEFFCLABE,Monto\n${CLABE},"1,234.50"`],
])('a CSV is read whatever parts its cells: %s', async (_, text) => {
  expect(await textsOf(bytes(text))).toEqual([[2, CLABE, '1,234.50']]);
});

it('lines are counted as the editor counts them, also behind empty ones', async () => {
  expect(await textsOf(bytes(`CLABE,Monto\n\n${CLABE},1\n,\n${CLABE},2\n`))).toEqual([
    [3, CLABE, '1'],
    [5, CLABE, '2'],
  ]);
});

it('a CSV that Excel saved in the alphabet of Windows keeps its accents', async () => {
  const ansi = Buffer.from(`CLABE,Monto,Nombre\n${CLABE},1,Muñoz Peña`, 'latin1');
  expect(await textsOf(new Uint8Array(ansi))).toEqual([[2, CLABE, '1', 'Muñoz Peña']]);
});

/** A workbook whose second column has numbers as Excel keeps them. */
function withNumbers(...raw: string[]): Uint8Array {
  const { bytes: file } = xlsxFile(
    [
      { header: 'CLABE', kind: 'text', width: 20 },
      { header: 'Monto', kind: 'count', width: 10 },
    ],
    raw.map((_, nth) => [CLABE, String(nth + 1)]),
  );
  const parts = unzipSync(file);
  const sheet = strFromU8(parts['xl/worksheets/sheet1.xml'] ?? new Uint8Array());
  const kept = raw.reduce(
    (text, number, nth) => text.replace(`<v>${nth + 1}</v>`, `<v>${number}</v>`),
    sheet,
  );
  return zipSync({ ...parts, 'xl/worksheets/sheet1.xml': bytes(kept) });
}

it('an XLSX gives the text of each cell, and of numbers what Excel shows', async () => {
  expect(await textsOf(withNumbers('1234.5599999999999', '0.10000000000000001', '1E3'))).toEqual([
    [2, CLABE, '1234.56'],
    [3, CLABE, '0.1'],
    [4, CLABE, '1000'],
  ]);
});

it('a CLABE that a spreadsheet took for a number is known to have lost its end', async () => {
  const [row] = (await readRows(withNumbers('1.2969100000000001E+16'))).rows;
  expect(row?.cells[1]).toMatchObject({ text: expect.stringMatching(/^129691000/), rounded: true });
  const [saved] = (await readRows(bytes('CLABE,Monto\n1.2969E+17,5'))).rows;
  expect(saved?.cells[0]?.rounded).toBe(true);
});

it('what is no such file is refused with why', async () => {
  await expect(readRows(bytes('CLABE,Monto\n'))).rejects.toEqual(unfit('file_empty'));
  await expect(readRows(bytes('CLABE\n'.repeat(MOST_ROWS + 2)))).rejects.toEqual(unfit('too_many_rows'));
  await expect(readRows(zipSync({ 'a.txt': bytes('no workbook') }))).rejects.toEqual(
    unfit('file_unreadable'),
  );
  const bomb = zipSync({ 'xl/worksheets/sheet1.xml': [new Uint8Array(80 * 1024 * 1024), { level: 1 }] });
  await expect(readRows(bomb)).rejects.toEqual(unfit('file_too_large'));
});

it('columns are known by the names that people give them', () => {
  expect(readHead(['Cuenta CLABE', 'IMPORTE', 'Nombre del beneficiario', 'RFC', 'Nota', ''])).toEqual({
    fields: ['destination', 'amount', 'name', 'taxId', null, null],
    ...{ unused: ['Nota'], missing: [], doubled: [] },
  });
  expect(readHead(['Monto', 'Importe'])).toMatchObject({ missing: ['destination'], doubled: ['amount'] });
});
