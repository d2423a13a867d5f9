import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Json, startTestSandbox, type TestSandbox } from '~/sandbox/testing/harness';

let sandbox: TestSandbox;
let root: Json;

beforeAll(async () => {
  sandbox = await startTestSandbox();
  root = await sandbox.rootAccount();
  await sandbox.control('POST', '/inbound-transfers', {
    account_number_id: root.root_account_number_id,
    amount: 500,
    count: 75,
    settle: true,
  });
});
afterAll(() => sandbox.stop());

const get = (path: string) => sandbox.api('GET', path);
const ids = (body: Json) => body.map(({ id }: Json) => id);
const nextOf = (headers: Headers) => /^<([^>]+)>; rel="next"$/.exec(headers.get('link') ?? '')?.[1];

describe('a v2 list', () => {
  test('gives thirty, newest first, and a Link on its own host that keeps the filters', async () => {
    const { body, headers } = await get('/v2/transfers?direction=inbound&status=succeeded');
    expect(body).toHaveLength(30);
    const next = new URL(nextOf(headers) ?? '');
    expect(next.origin).toBe(sandbox.url);
    expect(next.searchParams.get('direction')).toBe('inbound');
    expect(next.searchParams.get('starting_after')).toBe(body[29].id);
  });

  test('is followed to its end without a gap or a repeat, and ends with an empty Link', async () => {
    const seen: string[] = [];
    let path: string | undefined = '/v2/transfers?limit=20&direction=inbound';
    let last: Headers | undefined;
    while (path) {
      const { body, headers } = await get(path.replace(sandbox.url, ''));
      seen.push(...ids(body));
      last = headers;
      path = nextOf(headers);
    }
    expect(seen).toHaveLength(75);
    expect(new Set(seen).size).toBe(75);
    expect(last?.get('link')).toBe('');
  });

  test('the SDK follows the links, also when a filter has a comma', async () => {
    let count = 0;
    for await (const _ of await sandbox.fintoc.v2.transfers.list({
      limit: 10,
      account_id: root.id,
      junk: 'a,b',
    }))
      count++;
    expect(count).toBe(75);
  });

  test('ending_before pages towards the newer', async () => {
    const { body: all } = await get('/v2/transfers?limit=300');
    const { body, headers } = await get(`/v2/transfers?limit=10&ending_before=${all[40].id}`);
    expect(ids(body)).toEqual(ids(all.slice(30, 40)));
    const following = await get((nextOf(headers) ?? '').replace(sandbox.url, ''));
    expect(ids(following.body)).toEqual(ids(all.slice(20, 30)));
    expect(nextOf((await get(`/v2/transfers?ending_before=${all[0].id}`)).headers)).toBeUndefined();
  });

  test('a cursor that names nothing, and a limit that is no number, are refused', async () => {
    expect((await get('/v2/transfers?starting_after=tr_none')).body.error.code).toBe('missing_cursor');
    expect((await get('/v2/transfers?limit=0')).status).toBe(400);
    expect((await get('/v2/transfers?limit=x')).status).toBe(400);
    expect((await get('/v2/transfers?since=yesterday')).body.error.code).toBe('invalid_date');
  });

  test('ids sort by time within one process', async () => {
    const { body } = await get('/v2/transfers?limit=300');
    expect([...ids(body)].sort().reverse()).toEqual(ids(body));
  });
});

test('the v1 list pages by number, with all four links', async () => {
  for (let n = 0; n < 5; n++)
    await sandbox.api('POST', '/v1/webhook_endpoints', { body: { url: `https://example.com/${n}` } });
  const { body, headers } = await get('/v1/webhook_endpoints?per_page=2&page=2');
  expect(body).toHaveLength(2);
  expect([...(headers.get('link') ?? '').matchAll(/rel="(\w+)"/g)].map(([, rel]) => rel)).toEqual([
    'first',
    'prev',
    'next',
    'last',
  ]);
  let count = 0;
  for await (const _ of await sandbox.fintoc.webhookEndpoints.list({ per_page: 2 })) count++;
  expect(count).toBe(5);
});
