import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { publicId } from '~/lib/api/ids';
import { OPERATIONS } from '~/lib/api/operations';
import { db } from '~/lib/db';
import { ask, someKey } from '~/lib/testing/api';
import { expectSoundBooks } from '~/lib/testing/books';
import { withTestDatabase } from '~/lib/testing/database';
import { fundWallet, someClabe, someWallet } from '~/lib/testing/factories';
import { withLocalFintoc } from '~/lib/testing/sandbox';

process.env.API_REQUESTS_PER_SECOND = '100000';
withTestDatabase();
withLocalFintoc();

const REQUESTS = 300;

/** What nobody means. */
const junk = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.double(),
  fc.boolean(),
  fc.constantFrom(
    null,
    '',
    ' ',
    '\0',
    '\ud800',
    'x'.repeat(30_000),
    '9'.repeat(40),
    '-1',
    '1e3',
    '0x10',
    "' OR 1=1--",
  ),
  fc.array(fc.string(), { maxLength: 3 }),
  fc.dictionary(fc.string(), fc.string(), { maxKeys: 2 }),
);

it('no request breaks it, and none that it refuses touches the books', async () => {
  const { secret } = await someKey();
  const [one, other] = [await someWallet(), await someWallet()];
  await fundWallet(one, 100_000_000n);
  const { customerId, accountNumberId, termsId } = one;
  const known = fc.constantFrom<unknown>(
    publicId('wallet', one.id),
    publicId('wallet', other.id),
    publicId('customer', customerId ?? ''),
    publicId('terms', termsId),
    publicId('withdrawal', randomUUID()),
    ...[
      accountNumberId,
      'evt_0000000000001',
      'MXN',
      'CLP',
      'A',
      'C',
      'open',
      'individual',
      'mx',
      'MUAD800101AB1',
    ],
    ...[
      someClabe('012'),
      '1',
      '10000',
      '9007199254740991',
      '9007199254740992',
      '2026-01-01T00:00:00Z',
      'refuse',
    ],
    ...['Because it has to be', 'platform', 'queued', 'true', '100'],
  );
  const value = fc.oneof({ weight: 3, arbitrary: known }, { weight: 1, arbitrary: junk });
  const fields = (shape: object) =>
    fc.record(Object.fromEntries(Object.keys(shape).map((name) => [name, value])), { requiredKeys: [] });
  const request = fc.constantFrom(...OPERATIONS).chain((operation) =>
    fc.record({
      id: fc.constant(operation.id),
      params: fields(operation.params.shape),
      query: fields(operation.query.shape),
      body: fc.oneof(
        { weight: 9, arbitrary: fields(operation.body?.shape ?? {}) },
        { weight: 1, arbitrary: junk },
      ),
      // An unknown parameter is refused before anything else is looked at.
      extra: fc.oneof(
        { weight: 5, arbitrary: fc.constant(undefined) },
        { weight: 1, arbitrary: fc.string() },
      ),
    }),
  );
  const statuses = new Set<number>();
  await fc.assert(
    fc.asyncProperty(request, async ({ id, params, query, body, extra }) => {
      const before = await db().ledgerEntry.count();
      const text = (fields: object): Record<string, string> =>
        Object.fromEntries(
          Object.entries(fields).map(([name, each]) => [
            name,
            typeof each === 'string' ? each : (JSON.stringify(each) ?? ''),
          ]),
        );
      const { status } = await ask(secret, id, {
        params: text(params),
        query: { ...text(query), ...(extra !== undefined && { [extra]: 'x' }) },
        body,
      });
      statuses.add(status);
      expect(status).toBeLessThan(500);
      if (status >= 400) expect(await db().ledgerEntry.count()).toBe(before);
    }),
    { numRuns: REQUESTS },
  );
  expect([...statuses]).toEqual(expect.arrayContaining([200, 400, 404]));
  await expectSoundBooks();
});
