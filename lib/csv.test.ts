import { describe, expect, it } from 'vitest';
import { csvLine } from '~/lib/csv';

describe('a line of CSV', () => {
  it('keeps commas, quotes and line ends inside their cell', () => {
    expect(csvLine(['a', 'b,c', 'd"e', 'f\ng', null, 7n])).toBe('a,"b,c","d""e","f\ng",,7\r\n');
  });

  it('is never a formula that a spreadsheet would run, and a negative amount stays a number', () => {
    expect(csvLine(['=1+1', '+52', '@SUM(A1)', '-2+3', '-12.50'])).toBe(
      "'=1+1,'+52,'@SUM(A1),'-2+3,-12.50\r\n",
    );
  });
});
