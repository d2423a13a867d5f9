import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import { partedText } from '~/components/ui/parted';

const pasted = (text: string) => partedText({ getData: () => text });

describe('what is pasted for one number', () => {
  it.each([
    ['15\t20', '15⇥20'],
    ['15\n200\n', '15↵200'],
    ['17\r\n05', '17↵05'],
    ['12\u202834', '12↵34'],
  ])('shows what parts %j', (cells, seen) => expect(pasted(cells)).toBe(seen));

  it.each(['15.20', ' 1 520.00 ', '15\n', '\t15', ''])('leaves %j to the browser', (text) =>
    expect(pasted(text)).toBeNull(),
  );
});

it('every box for a number is the one that looks at what is pasted', () => {
  const files = ['app', 'components'].flatMap((folder) =>
    fs
      .readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.tsx'))
      .map((name) => `${folder}/${name}`),
  );
  const own = files.filter((file) =>
    /<input\b[^>]*\binputMode=|type="number"/s.test(fs.readFileSync(file, 'utf8')),
  );
  expect(own).toEqual([]);
});
