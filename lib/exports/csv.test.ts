import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvText, csvWriter } from '~/lib/exports/csv';
import type { Cell, SheetColumn } from '~/lib/exports/sheet';

const START = '\uFEFF';

function written(rows: Cell[][], columns: SheetColumn[]): string {
  const chunks: Uint8Array[] = [];
  const writer = csvWriter({ columns, hour: 'hora (UTC)' }, (chunk) => chunks.push(chunk));
  writer.add(rows);
  writer.end();
  return Buffer.concat(chunks).toString('utf8');
}

/** One line of texts, without the head. */
function texts(...cells: string[]): string {
  const columns = cells.map((): SheetColumn => ({ header: 'a', kind: 'text', width: 10 }));
  return written([cells], columns).slice(`${START}${cells.map(() => 'a').join(',')}\r\n`.length);
}

const read = (csv: string): string[][] => parse(csv, { bom: true });

const SIGNS = [...'=+-@＝＋－＠'];
const SPLITS = [';', ',', '\t', '|', '\r', '\n', '\r\n'];

describe('a line of CSV', () => {
  it('keeps commas, quotes and line ends inside their cell', () => {
    expect(texts('a', 'b,c', 'd"e', 'f\ng')).toBe('a,"b,c","d""e","f\ng"\r\n');
  });

  it('has a moment as a day and an hour, and amounts as plain numbers', () => {
    const columns: SheetColumn[] = [
      { header: 'Fecha', kind: 'moment', width: 10 },
      { header: 'Monto', kind: 'amount', width: 10 },
      { header: 'Renglones', kind: 'count', width: 10 },
      { header: 'Nada', kind: 'moment', width: 10 },
    ];
    expect(written([['2026-11-26 12:04:05', '-1234.50', '7', null]], columns)).toBe(
      `${START}Fecha,Fecha: hora (UTC),Monto,Renglones,Nada,Nada: hora (UTC)\r\n2026-11-26,12:04:05,-1234.50,7,,\r\n`,
    );
  });

  it.each([
    '735969000000203297',
    '0012345',
    '20261126400140',
    '20261126E4',
    '1-2',
    '3/4',
    '12:30',
    '1,234.50',
    '50%',
    'enero 2026',
    '5 may',
    'MAR1',
    'true',
    'VERDADERO',
    '12:30 PM',
    '1:05 p. m.',
    '9 am',
    '#N/A',
    '#REF!',
    '#DIV/0!',
    '#¡VALOR!',
  ])('keeps %s a text for spreadsheets, and whole for everybody', (text) => {
    expect(csvText(text)).toBe(`\t${text}`);
    expect(read(START + texts(text))[0]?.map((cell) => cell.trim())).toEqual([text]);
  });

  it.each([
    'Ana López',
    'Renta, "mayo"',
    'MONEDERO20261126E1234567',
    '3f0f8a4e-1d0c-4c7c-9a55-0d2f3b1c2d3e',
    'tr_123',
    'Renta de mayo 2026',
    'Casa 12',
    '#12 de mayo y más',
    '#hogar',
    '12 pm de ayer',
  ])('leaves %s as it is', (text) => {
    expect(csvText(text)).toBe(text);
  });

  it.each([
    ['=1+1', "'=1+1"],
    ['+52 55', "'+52 55"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['-12.50', "'-12.50"],
    ['\t=1', "'\t'=1"],
    ['Ana;=cmd()', "Ana;'=cmd()"],
    ['a|@x', "a|'@x"],
    ['a\n＝1', "a\n'＝1"],
    ['a;"=1"', 'a;"\'=1"'],
  ])('makes no formula of %j', (text, safe) => {
    expect(csvText(text)).toBe(safe);
  });

  it('has a formula nowhere, at whatever a spreadsheet splits it', () => {
    const piece = fc.oneof(
      fc.constantFrom(...SIGNS, ...SPLITS, '"', "'", ' ', '\u200b', 'cmd', '1'),
      fc.string({ unit: 'binary', maxLength: 3 }),
    );
    const cell = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 4 }), (cells) => {
        const line = texts(...cells);
        // Where cells may begin for whatever splits it, with a sense for quotes or without.
        const fields = [...line.split(/[;,|\t\r\n]+/), ...read(line).flat()];
        for (const field of fields)
          expect(field.replace(/^[\s"\p{Cf}]+/u, '').charAt(0)).not.toMatch(/[=+\-@＝＋－＠]/);
      }),
      { numRuns: 500 },
    );
  });

  it('gives every text back to who trims it and takes the apostrophes away', () => {
    const bare = (text: string) => text.replaceAll("'", '').trim();
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1, maxLength: 4 }), (cells) => {
        const [row = []] = read(START + texts('x', ...cells));
        expect(row.slice(1).map(bare)).toEqual(cells.map(bare));
      }),
    );
  });
});
