import { describe, expect, it } from 'vitest';
import { KINDS } from '~/lib/entrance/kinds';
import {
  ask,
  HOST,
  KEY,
  ORIGIN,
  open,
  post,
  raw,
  SESSION,
  withEntrance,
  world,
} from '~/lib/testing/entrance';

withEntrance();

describe('what is handed on', () => {
  it('comes back as the app said it, cookies one by one', async () => {
    const answer = await ask('/wallets?q=ñ'.replace('ñ', '%C3%B1'), { headers: { cookie: SESSION } });
    expect(answer).toMatchObject({ status: 200, text: 'page' });
    expect(answer.headers).toMatchObject({ 'set-cookie': ['a=1', 'b=2'], 'x-app': 'yes' });
    expect(world.seen).toMatchObject([{ method: 'GET', url: '/wallets?q=%C3%B1' }]);
    expect(world.seen[0]?.headers).toMatchObject({
      host: HOST,
      cookie: SESSION,
      'x-forwarded-for': '127.0.0.1',
    });
  });

  it('says nothing of a host that only the sender says, and keeps whence a proxy of ours had it', async () => {
    await ask('/', { headers: { 'x-forwarded-host': 'evil.example', 'x-forwarded-for': '198.51.100.7' } });
    expect(world.seen[0]?.headers['x-forwarded-host']).toBeUndefined();
    expect(world.seen[0]?.headers['x-forwarded-for']).toBe('198.51.100.7');
  });

  it('is told to browsers as of https alone, where people come by https', async () => {
    expect((await ask('/login')).headers['strict-transport-security']).toMatch(
      /max-age=31536000; includeSubDomains/,
    );
    expect((await ask('/', { headers: { host: 'evil.example' } })).headers).toHaveProperty(
      'strict-transport-security',
    );
    world.server.close();
    await open({ isHttps: false });
    expect((await ask('/login')).headers).not.toHaveProperty('strict-transport-security');
  });
});

describe('the host', () => {
  it.each(['evil.example', `${HOST}.evil.example`, `${HOST}:8443`, '127.0.0.1', ''])(
    'is one of ours, not %j',
    async (host) => {
      const answer = await ask('/', { headers: { host } });
      expect(answer.status).toBe(421);
      expect(answer.text).toContain('Monedero no está en esta dirección.');
      expect(world.seen).toEqual([]);
    },
  );

  it('may be any for who asks whether we live', async () => {
    expect((await ask('/api/alive', { headers: { host: '10.1.2.3:3000' } })).status).toBe(200);
  });
});

describe('the origin', () => {
  const action = { 'next-action': '0'.repeat(40), cookie: SESSION };

  it('of a server action is required, and ours', async () => {
    expect((await post('/wallets/new', action)).status).toBe(403);
    for (const origin of ['https://evil.example', 'null', `${ORIGIN}.evil.example`])
      expect((await post('/wallets/new', { ...action, origin })).status, origin).toBe(403);
    expect((await post('/wallets/new', { cookie: SESSION })).status, 'a form without scripts').toBe(403);
    expect(world.seen).toEqual([]);
    const ours = { ...action, origin: ORIGIN, 'content-type': 'text/plain;charset=UTF-8' };
    expect((await post('/wallets/new', ours, '["$F1"]')).status, 'no body of an action').toBe(400);
    expect(world.seen).toEqual([]);
    const unnamed = { ...ours, 'next-action': '__proto__' };
    expect((await post('/wallets/new', unnamed, '[]')).status, 'no id of an action').toBe(400);
    expect(world.seen).toEqual([]);
    expect((await post('/wallets/new', ours, '[]')).status).toBe(200);
  });

  it('of what else is sent in a person’s name is ours where it is said', async () => {
    for (const url of ['/api/entities/ent_1/documents', '/api/auth/callback/credentials']) {
      expect((await post(url, { cookie: SESSION, origin: 'https://evil.example' })).status).toBe(403);
      expect((await post(url, { cookie: SESSION, 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    }
    expect((await post('/api/auth/callback/credentials', { cookie: SESSION })).status).toBe(200);
  });

  it('of programs, which have a key, is nobody’s matter', async () => {
    expect((await post('/api/v1/wallets', { authorization: 'Bearer mk_x' }, '{}')).status).toBe(200);
  });
});

describe('an address that is no text', () => {
  it('has a page that says so for people, and a refusal for scripts', async () => {
    for (const path of [
      '/wallets/%00',
      '/wallets/%ff',
      '/wallets/%ed%a0%80',
      '/wallets/%',
      '/wallets/%0D%0Ax/y',
    ]) {
      expect((await ask(path)).status, path).toBe(200);
      expect((await ask(path, { headers: { rsc: '1' } })).status, path).toBe(400);
      const action = { 'next-action': '0'.repeat(40), cookie: SESSION, origin: ORIGIN };
      expect((await post(path, { ...action, 'content-type': 'text/plain' }, '[]')).status, path).toBe(400);
    }
    expect(world.seen.every(({ method }) => method === 'GET')).toBe(true);
    expect(world.seen).toHaveLength(5);
  });
});

describe('a body', () => {
  const origin = ORIGIN;

  it('over the limit of its kind is not read', async () => {
    const large = 'x'.repeat(KINDS.api.bodyBytes + 1);
    const answer = await post('/api/v1/wallets', {}, large);
    expect([answer.status, JSON.parse(answer.text).code]).toEqual([413, 'body_too_large']);
    const chunked = await ask('/api/v1/wallets', {
      ...{ method: 'POST', headers: { 'transfer-encoding': 'chunked' }, body: large },
    }).catch(() => ({ status: 413 }));
    expect(chunked.status).toBe(413);
    expect(world.seen).toEqual([]);
  });

  it('of megabytes is taken from who is signed in alone, before any of it is read', async () => {
    const body = 'x'.repeat(1024 * 1024);
    const head = (url: string) =>
      `POST ${url} HTTP/1.1\r\nHost: ${HOST}\r\nOrigin: ${ORIGIN}\r\nContent-Length: 5000000\r\n\r\n`;
    expect(await raw(head('/api/entities/ent_1/documents'))).toMatch(/^HTTP\/1.1 401 /);
    expect(await raw(head('/withdrawals/batches/new'))).toMatch(/^HTTP\/1.1 401 /);
    const known = { origin, cookie: SESSION };
    expect((await post('/api/entities/ent_1/documents', known, body)).status).toBe(200);
    expect((await post('/withdrawals/batches/new', known, body)).status).toBe(200);
    expect(world.seen.map((each) => each.body.length)).toEqual([body.length, body.length]);
  });

  it('with a document by the API is read of who has a key alone; the API itself says what is wrong with others', async () => {
    const url = '/api/v1/onboardings/onbprc_1/documents?slot=documents%2Fid';
    const body = 'x'.repeat(1024 * 1024);
    expect((await post(url, { authorization: KEY }, body)).status).toBe(200);
    expect((await post(url, { authorization: 'Bearer mk_test_nobody' }, body)).status).toBe(200);
    const told = world.seen.filter((each) => each.method === 'POST');
    expect(told.map((each) => [each.url, each.body.length])).toEqual([
      ...[
        [url, body.length],
        [url, 0],
      ],
    ]);
    const large = { authorization: KEY, 'content-length': KINDS.api_upload.bodyBytes + 1 };
    expect((await post(url, large).catch(() => ({ status: 413 }))).status).toBe(413);
  });

  it('of 20 MB is the upload of a document alone', async () => {
    const large = { origin, cookie: SESSION, 'content-length': 20_000_000 };
    for (const url of ['/wallets/new', '/api/v1/wallets', '/api/auth/callback/credentials'])
      expect((await post(url, large).catch(() => ({ status: 413 }))).status, url).toBe(413);
  });
});

describe('a webhook', () => {
  it('is taken without the app, byte for byte', async () => {
    world.app.close();
    world.app.closeAllConnections();
    expect((await post('/api/webhooks/fintoc', {}, '{"a":"Ñandú"}')).status).toBe(200);
    expect(world.told).toEqual(['{"a":"Ñandú"}']);
  });

  it('that is too large is refused, and kept as such', async () => {
    const answer = await post('/api/webhooks/fintoc', {}, 'x'.repeat(KINDS.webhook.bodyBytes + 1));
    expect(answer.status).toBe(413);
    expect(world.told).toEqual([`too large: ${KINDS.webhook.bodyBytes + 1}`]);
  });

  it('finds its place while pages fill every other', async () => {
    world.held = () => undefined;
    const pages = Array.from({ length: 40 }, () => ask('/wallets?q=x').catch(() => null));
    await expect.poll(() => world.seen.length).toBe(KINDS.page.atOnce);
    expect((await post('/api/webhooks/fintoc', {}, '{}')).status).toBe(200);
    expect((await ask('/api/alive')).status).toBe(200);
    world.server.closeAllConnections();
    await Promise.all(pages);
  });
});

describe('what makes no sense', () => {
  it.each([
    ['an address of another server', `GET http://evil.example/ HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`, 400],
    ['another method', `TRACE / HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`, 405],
    ['no HTTP', 'hello\r\n\r\n', 400],
    ['a head that is no head', `GET / HTTP/1.1\r\nHost: ${HOST}\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
    [
      'two lengths',
      `POST / HTTP/1.1\r\nHost: ${HOST}\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n`,
      400,
    ],
  ])('%s is refused', async (_what, text, status) => {
    expect(await raw(text.replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n'))).toMatch(
      new RegExp(`^HTTP/1.1 ${status} `),
    );
    expect(world.seen).toEqual([]);
  });

  it('an app that is away is said to be starting', async () => {
    world.app.close();
    world.app.closeAllConnections();
    const answer = await ask('/wallets');
    expect([answer.status, answer.headers['retry-after']]).toEqual([503, '5']);
    expect(answer.text).toContain('arrancando');
  });
});
