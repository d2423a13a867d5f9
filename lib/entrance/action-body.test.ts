import { expect, it } from 'vitest';
import { isActionBody } from '~/lib/entrance/action-body';

async function multipart(entries: [string, string | Blob][], isCalled = true): Promise<boolean> {
  const form = new FormData();
  for (const [name, value] of entries) form.append(name, value);
  const response = new Response(form);
  const contentType = response.headers.get('content-type') ?? '';
  return isActionBody(Buffer.from(await response.arrayBuffer()), { contentType, isCalled });
}
const plain = (text: string, contentType = 'text/plain;charset=UTF-8') =>
  isActionBody(Buffer.from(text), { contentType, isCalled: true });

it('of a form after its state is taken, whatever the form holds, files and strange names as well', async () => {
  const root =
    '[{"status":"look","look":{"amount":"$n-12","at":"$D2026-11-27T00:00:00.000Z","note":"$$5"}},"$K1"]';
  expect(
    await multipart([
      ['1_walletId', 'a'],
      ['1_$json', '{"not": "ours to read'],
      ['1___proto__', '\0'],
      ['1_file', new Blob(['%PDF'], { type: 'application/pdf' })],
      ['0', root],
    ]),
  ).toBe(true);
  expect(
    await multipart([
      ['1', '{"a":"$undefined"}'],
      ['0', '["$1","$1:a"]'],
    ]),
  ).toBe(true);
});

it('of plain values is taken', async () => {
  for (const text of ['[]', '["en"]', '["$NaN","$-0",null,{"a":[1]}]'])
    expect(await plain(text), text).toBe(true);
});

it.each([
  ...[
    '',
    '[',
    'null',
    '"x"',
    '{}',
    '["$F1"]',
    '["$h1"]',
    '["$Q1"]',
    '["$W1"]',
    '["$@1"]',
    '["$B1"]',
    '["$r1"]',
  ],
  ...[
    '["$nx"]',
    '["$n"]',
    '["$D-271821-04-21"]',
    '["$1"]',
    '["$0:constructor:constructor"]',
    '["$K"]',
    '["$Knope"]',
  ],
  ...[
    '[{"__proto__":{"a":1}}]',
    `${'['.repeat(5_000)}${']'.repeat(5_000)}`,
    `["$n${'9'.repeat(400)}"]`,
    '["$"]',
  ],
])('of values that React would choke on is none: %s', async (text) => {
  expect(await plain(text)).toBe(false);
  expect(await multipart([['0', text]])).toBe(false);
});

it('of another kind than React’s is none', async () => {
  for (const type of [
    '',
    'application/json',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    'multipart/form-data; boundary=x',
  ])
    expect(await plain('["en"]', type), type).toBe(false);
  expect(await multipart([['1_a', 'b']]), 'a form without its root').toBe(false);
  expect(
    await multipart([
      ['1_\0', 'b'],
      ['0', '[]'],
    ]),
    'a name that no browser writes',
  ).toBe(false);
  expect(await multipart([['0', new Blob(['[]'])]]), 'a file in place of the root').toBe(false);
});

it('of a form that a page without scripts sends is read as far as React reads it', async () => {
  expect(
    await multipart(
      [
        ['$ACTION_REF_1', ''],
        ['$ACTION_1:0', '{"id":"x"'],
        ['a', 'b'],
      ],
      false,
    ),
  ).toBe(false);
  expect(
    await multipart(
      [
        ['$ACTION_REF_1', ''],
        ['$ACTION_1:0', '{"id":"x","bound":"$@1"}'],
        ['a', 'b'],
      ],
      false,
    ),
  ).toBe(true);
  expect(
    await isActionBody(Buffer.from('a=1'), {
      contentType: 'application/x-www-form-urlencoded',
      isCalled: false,
    }),
  ).toBe(true);
});
