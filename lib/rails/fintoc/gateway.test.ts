import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Unreadable } from '~/lib/rails/failures';
import {
  awaitTurn,
  createTransfer,
  getTransfer,
  listTransfers,
  movementPage,
} from '~/lib/rails/fintoc/gateway';
import { withTestDatabase } from '~/lib/testing/database';
import { fintocTransfer } from '~/lib/testing/deliveries';

withTestDatabase();

/** A Fintoc that answers what a test wants, and remembers when it was asked. */
const PER_SECOND = 40;
let asked: { at: number; what: string }[] = [];
let answer: (url: URL) => { status?: number; body: unknown; next?: string; location?: string };
const server = http.createServer((request, response) => {
  const url = new URL(request.url ?? '/', base());
  asked.push({ at: performance.now(), what: `${request.method} ${url.pathname}` });
  const { status = 200, body, next, location } = answer(url);
  const headers = {
    'content-type': 'application/json',
    ...(next && { link: `<${new URL(next, base())}>; rel="next"` }),
    ...(location && { location }),
  };
  response.writeHead(status, headers).end(JSON.stringify(body));
});
const base = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  Object.assign(process.env, {
    FINTOC_BASE_URL: base(),
    FINTOC_TRANSFERS_PER_SECOND: String(PER_SECOND),
  });
});
afterAll(() => server.close());
beforeEach(() => {
  asked = [];
});

const ours = { withdrawal_id: 'w_1' };
const payout = (facts: { id?: string; metadata?: object } = {}) =>
  fintocTransfer({ accountId: 'acc_1', direction: 'outbound', ...facts });
const unreadable = (facts: { metadata?: unknown }) => ({ ...payout(), amount: 'a lot', ...facts });
const all = async <Item>(items: AsyncIterable<Item>) => {
  const found: Item[] = [];
  for await (const item of items) found.push(item);
  return found;
};

describe('a list', () => {
  it('is read page by page, and one object that can’t be read keeps no other from being', async () => {
    const [first, last] = [payout(), payout()];
    const bad = unreadable({});
    answer = ({ searchParams }) =>
      searchParams.get('page') === '2'
        ? { body: [last] }
        : { body: [first, bad], next: '/v2/transfers?page=2' };
    const aside: Unreadable[] = [];
    const read = await all(listTransfers({}, (item) => aside.push(item)));
    expect(read.map(({ id }) => id)).toEqual([first.id, last.id]);
    expect(aside).toMatchObject([{ id: bad.id, raw: bad, message: expect.stringContaining('amount') }]);
  });

  it('ends with an error when nobody minds what can’t be read: it may be what was sought', async () => {
    const sought = payout();
    answer = () => ({ body: [unreadable({}), sought] });
    const items = listTransfers();
    expect((await items.next()).value).toMatchObject({ id: sought.id });
    await expect(items.next()).rejects.toBeInstanceOf(Unreadable);
  });

  it.each([
    ['a page of a proxy', 'Under maintenance'],
    ['an object without an id', { status: 'ok' }],
    ['another transfer', payout({ id: 'tr_other' })],
  ])('nor does the answer for one transfer count that is %s', async (_what, body) => {
    answer = () => ({ body });
    await expect(getTransfer('tr_wanted')).rejects.toMatchObject({
      code: 'not_the_object',
      verdict: 'unknown',
    });
  });

  it('that is a page of a proxy is no list', async () => {
    answer = () => ({ body: 'Under maintenance' });
    await expect(all(listTransfers())).rejects.toMatchObject({ code: 'not_a_list', verdict: 'unknown' });
    await expect(movementPage('acc_1', {})).rejects.toMatchObject({ code: 'not_a_list' });
  });
});

describe('the key', () => {
  const elsewhere = ['http://localhost:', 'https://fintoc.example', 'http://fintoc@127.0.0.2:'];

  it.each(elsewhere)('goes to no host that a page’s link names: %s', async (host) => {
    const to = host.endsWith(':') ? `${host}${new URL(base()).port}` : host;
    answer = () => ({ body: [payout()], next: `${to}/v2/transfers?page=2` });
    await expect(all(listTransfers())).rejects.toMatchObject({ code: 'foreign_address', verdict: 'unknown' });
    expect(asked).toHaveLength(1);
  });

  it('follows no redirect', async () => {
    answer = () => ({ status: 307, body: null, location: `${base()}/elsewhere` });
    await expect(getTransfer('tr_1')).rejects.toMatchObject({ code: 'http_307', verdict: 'unknown' });
    await expect(createTransfer({ amount: 1 }, 'key')).rejects.toMatchObject({ code: 'http_307' });
    expect(asked.map(({ what }) => what)).not.toContain('GET /elsewhere');
  });
});

describe('a search by a mark', () => {
  async function search() {
    const unsure: Unreadable[] = [];
    const aside = (item: Unreadable) => item.mayBeOf('w_1') && unsure.push(item);
    return { found: await all(listTransfers({}, aside)), unsure };
  }

  it('passes by what can’t be read and bears another’s mark, or surely none', async () => {
    answer = () => ({
      body: [unreadable({ metadata: { withdrawal_id: 'w_2' } }), unreadable({ metadata: {} })],
    });
    expect(await search()).toEqual({ found: [], unsure: [] });
  });

  it.each([
    ['ours', ours],
    ['one that can’t be read', { withdrawal_id: { id: 'w_1' } }],
    ['metadata of another shape', 'withdrawal_id=w_1'],
    ['no metadata', null],
  ])('takes nothing for absent when what can’t be read bears %s', async (_what, metadata) => {
    answer = () => ({ body: [unreadable({ metadata })] });
    expect((await search()).unsure).toHaveLength(1);
  });

  it('finds what can be read behind what can’t', async () => {
    answer = () => ({
      body: [unreadable({ metadata: { withdrawal_id: 'w_2' } }), payout({ metadata: ours })],
    });
    expect(await search()).toMatchObject({ found: [{ marks: { withdrawalId: 'w_1' } }], unsure: [] });
  });
});

describe('Fintoc’s limit', () => {
  it('is kept by all calls together, of which reading takes at most half', async () => {
    answer = ({ searchParams }) => {
      const page = Number(searchParams.get('page') ?? 1);
      return { body: [], ...(page < 12 && { next: `/v2/transfers?page=${page + 1}` }) };
    };
    const reading = Promise.all([all(listTransfers()), all(listTransfers()), movementPage('acc_1', {})]);
    await reading;
    const reads = asked.splice(0);
    expect(reads).toHaveLength(25);
    expect(spanOf(reads)).toBeGreaterThan((24 / (PER_SECOND / 2)) * 1_000 - 60);

    answer = ({ pathname }) => ({ body: pathname.endsWith('/movements') ? [] : payout() });
    await Promise.all([
      ...Array.from({ length: 25 }, (_, nth) => awaitTurn().then(() => createTransfer({}, `key_${nth}`))),
      ...Array.from({ length: 5 }, () => movementPage('acc_1', {})),
    ]);
    expect(asked).toHaveLength(30);
    expect(spanOf(asked)).toBeGreaterThan((29 / PER_SECOND) * 1_000 - 60);
  });

  it('when it is met nevertheless, is waited for by what reads, in the middle of a list too', async () => {
    let refusals = 2;
    const limit = { status: 429, body: { error: { code: 'rate_limit_exceeded', message: 'Slow down.' } } };
    answer = ({ searchParams }) => {
      const isSecond = searchParams.get('page') === '2';
      if (isSecond && refusals > 0) {
        refusals -= 1;
        return limit;
      }
      return isSecond ? { body: [payout()] } : { body: [payout()], next: '/v2/transfers?page=2' };
    };
    expect(await all(listTransfers())).toHaveLength(2);
    expect(asked).toHaveLength(4);
    const [, second, third, fourth] = asked.map(({ at }) => at);
    expect((third ?? 0) - (second ?? 0)).toBeGreaterThan(700);
    expect((fourth ?? 0) - (third ?? 0)).toBeGreaterThan(1_400);
    answer = () => limit;
    asked = [];
    await expect(createTransfer({}, 'key'), 'a payout has its own way of trying again').rejects.toMatchObject(
      {
        status: 429,
      },
    );
    expect(asked).toHaveLength(1);
  });

  it('keeps nobody waiting for what is no limit', async () => {
    answer = () => ({ status: 404, body: { error: { code: 'missing_resource', message: 'None.' } } });
    await expect(getTransfer('tr_none')).rejects.toMatchObject({ status: 404 });
    expect(asked).toHaveLength(1);
  });
});

function spanOf(calls: { at: number }[]): number {
  return (calls.at(-1)?.at ?? 0) - (calls[0]?.at ?? 0);
}
