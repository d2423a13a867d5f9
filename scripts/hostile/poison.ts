/** What nobody means to send, and somebody will. */
import type { Dice } from '../chaos/dice.ts';

const LONE = '\ud800';
const WORDS: readonly string[] = [
  ...[
    '',
    ' ',
    '\0',
    'a\0b',
    LONE,
    `x${LONE}`,
    '\u202e',
    '\r\nSet-Cookie: a=1',
    '%00',
    '%',
    '../../etc/passwd',
  ],
  ...[
    "' OR 1=1--",
    '"; DROP TABLE wallets',
    '{{7*7}}',
    '<script>alert(1)</script>',
    '=1+1',
    '$json',
    '__proto__',
  ],
  ...['constructor', 'toString', 'undefined', 'null', 'NaN', 'Infinity', '-0', '1e400', '9'.repeat(40)],
  ...['-9223372036854775809', '9223372036854775808', '0x10', '1_000', '１００', '1.005', '-271821-04-20'],
  ...['-271821-04-19T23:59:59Z', '+275760-09-14', '0000-00-00', '2026-02-30', '2026-13-01T25:61:61Z', '1e9'],
  ...['00000000-0000-0000-0000-000000000000', 'wal_', 'wal_zzzz', `tr_${'a'.repeat(300)}`, 'ñ'.repeat(500)],
  ...['x'.repeat(9_000), '[]', '{}', '[[[[', 'eyJhIjoxfQ', 'bnVsbA==', '🙂'.repeat(100), '\ufeff', '\ufffe'],
];

export const word = (dice: Dice): string => dice.pick(WORDS);

/** A segment of an address; what is no UTF-8 among them. */
export function segment(dice: Dice): string {
  if (dice.chance(0.1))
    return dice.pick(['%', '%ff', '%c0%80', '%ed%a0%80', '%00', '..%2f', '%2e%2e', '%5c']);
  return encoded(word(dice)) || '%20';
}

/** As encodeURIComponent, which throws at half a character: its bytes then. */
export function encoded(text: string): string {
  return encodeURIComponent(Buffer.from(text).toString()).slice(0, 2_000);
}

const FLAT = ['word', 'word', 'word', 'number', 'plain'] as const;
const NESTING = [...FLAT, 'list', 'object'] as const;

/** A value of JSON, or what only looks like one to a program. */
export function value(dice: Dice, depth = 0): unknown {
  const kind = dice.pick(depth < 3 ? NESTING : FLAT);
  if (kind === 'number') return dice.pick([0, -1, 1.5, 1e308, Number.MAX_SAFE_INTEGER + 2, -1e-9]);
  if (kind === 'plain') return dice.pick([null, true, false]);
  if (kind === 'list') return Array.from({ length: dice.int(0, 4) }, () => value(dice, depth + 1));
  if (kind === 'object')
    return Object.fromEntries(
      Array.from({ length: dice.int(0, 3) }, () => [word(dice).slice(0, 50), value(dice, depth + 1)]),
    );
  return word(dice);
}

/** Bodies that are none of what they say. */
export function broken(dice: Dice): { type: string; body: Buffer } {
  const type = dice.pick([
    ...['application/json', 'text/plain', 'application/xml', 'application/x-www-form-urlencoded', ''],
    ...[
      'multipart/form-data',
      'multipart/form-data; boundary=',
      'multipart/form-data; boundary=x',
      'a/b; charset=utf-7',
    ],
  ]);
  const body = dice.pick([
    ...[
      '',
      '{',
      '[',
      'null',
      '"x"',
      '1e999',
      '{"__proto__":{"isAdmin":true}}',
      '{"a":1,"a":2}',
      '\0',
      '--x',
      '--x--',
    ],
    ...['['.repeat(20_000), '{"a":'.repeat(5_000), `{"a":"${'x'.repeat(70_000)}"}`, 'a=1&'.repeat(3_000)],
    ...[
      '--x\r\nContent-Disposition: form-data\r\n\r\nx\r\n--x--',
      '--x\r\n\r\n\r\n',
      `"${'\\u0000'.repeat(10)}"`,
    ],
    ...['{"constructor":{"prototype":{"a":1}}}', '"\\ud800"', '[1,2', '{"a":1}}', 'true'],
  ]);
  return { type, body: dice.chance(0.1) ? Buffer.from([0xff, 0xfe, 0x00, 0xc3, 0x28]) : Buffer.from(body) };
}
