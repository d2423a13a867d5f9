import { once } from 'node:events';
import fs from 'node:fs';
import http, { type IncomingHttpHeaders } from 'node:http';
import net, { type AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEntrance, drain, type EntranceOptions } from '~/lib/entrance/entrance';
import { KINDS } from '~/lib/entrance/kinds';

type Seen = { method: string; url: string; headers: IncomingHttpHeaders; body: string };
type Answer = { status: number; headers: IncomingHttpHeaders; text: string };

const HOST = 'monedero.example';
const ORIGIN = `https://${HOST}`;
const SESSION = 'next-auth.session-token=somebody';
let directory: string;
let app: http.Server;
let server: http.Server;
let seen: Seen[];
let told: string[];
/** While it is there, the app answers no page. */
let held: ((answer: () => void) => void) | null;

/** The app behind: it says what it was asked, and that somebody is signed in who has a cookie. */
const listener: http.RequestListener = async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { method = '', url = '', headers } = request;
  if (url === '/api/awake') return response.writeHead(headers.cookie === SESSION ? 204 : 401).end();
  seen.push({ method, url, headers, body: Buffer.concat(chunks).toString() });
  const answer = () => response.writeHead(200, { 'set-cookie': ['a=1', 'b=2'], 'x-app': 'yes' }).end('page');
  if (held && url !== '/api/alive') held(answer);
  else answer();
};

async function open(options: Partial<EntranceOptions> = {}): Promise<void> {
  server = createEntrance({
    socketPath: path.join(directory, 'app.sock'),
    hosts: [HOST],
    isHttps: true,
    deliver: async (_headers, body) => {
      told.push(body);
      return { status: 200 };
    },
    refuseDelivery: async (_headers, bytes) => void told.push(`too large: ${bytes}`),
    ...options,
  }).server;
  await once(server.listen(0, '127.0.0.1'), 'listening');
}

beforeEach(async () => {
  [seen, told, held] = [[], [], null];
  directory = fs.mkdtempSync(path.join(os.tmpdir(), 'entrance-'));
  app = http.createServer(listener);
  await once(app.listen(path.join(directory, 'app.sock')), 'listening');
  await open();
});

afterEach(() => {
  for (const each of [server, app]) {
    each.closeAllConnections();
    each.close();
  }
  fs.rmSync(directory, { recursive: true });
});

const port = () => (server.address() as AddressInfo).port;

function ask(url: string, options: http.RequestOptions & { body?: string | Buffer } = {}): Promise<Answer> {
  const { body, headers, ...rest } = options;
  return new Promise((resolve, reject) => {
    const request = http.request({
      ...{ host: '127.0.0.1', path: url, agent: false, ...rest, port: rest.port ?? port() },
      headers: { host: HOST, ...headers },
    });
    request.on('error', reject).on('response', (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part) => {
        text += part;
      });
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
      );
    });
    request.end(body);
  });
}

/** What is written by hand, to the end of the answer. */
async function raw(text: string): Promise<string> {
  const socket = net.connect(port(), '127.0.0.1');
  socket.write(text);
  let answer = '';
  for await (const part of socket.setEncoding('utf8')) answer += part;
  return answer;
}

const post = (url: string, headers: http.OutgoingHttpHeaders = {}, body = '') =>
  ask(url, { method: 'POST', headers, body });

describe('what is handed on', () => {
  it('comes back as the app said it, cookies one by one', async () => {
    const answer = await ask('/wallets?q=ñ'.replace('ñ', '%C3%B1'), { headers: { cookie: SESSION } });
    expect(answer).toMatchObject({ status: 200, text: 'page' });
    expect(answer.headers).toMatchObject({ 'set-cookie': ['a=1', 'b=2'], 'x-app': 'yes' });
    expect(seen).toMatchObject([{ method: 'GET', url: '/wallets?q=%C3%B1' }]);
    expect(seen[0]?.headers).toMatchObject({ host: HOST, cookie: SESSION, 'x-forwarded-for': '127.0.0.1' });
  });

  it('says nothing of a host that only the sender says, and keeps whence a proxy of ours had it', async () => {
    await ask('/', { headers: { 'x-forwarded-host': 'evil.example', 'x-forwarded-for': '198.51.100.7' } });
    expect(seen[0]?.headers['x-forwarded-host']).toBeUndefined();
    expect(seen[0]?.headers['x-forwarded-for']).toBe('198.51.100.7');
  });

  it('is told to browsers as of https alone, where people come by https', async () => {
    expect((await ask('/login')).headers['strict-transport-security']).toMatch(
      /max-age=31536000; includeSubDomains/,
    );
    expect((await ask('/', { headers: { host: 'evil.example' } })).headers).toHaveProperty(
      'strict-transport-security',
    );
    server.close();
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
      expect(seen).toEqual([]);
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
    expect(seen).toEqual([]);
    expect((await post('/wallets/new', { ...action, origin: ORIGIN })).status).toBe(200);
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

describe('a body', () => {
  const origin = ORIGIN;

  it('over the limit of its kind is not read', async () => {
    const large = 'x'.repeat(KINDS.api.bodyBytes + 1);
    const answer = await post('/api/v1/wallets', {}, large);
    expect([answer.status, JSON.parse(answer.text).code]).toEqual([413, 'too_large']);
    const chunked = await ask('/api/v1/wallets', {
      ...{ method: 'POST', headers: { 'transfer-encoding': 'chunked' }, body: large },
    }).catch(() => ({ status: 413 }));
    expect(chunked.status).toBe(413);
    expect(seen).toEqual([]);
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
    expect(seen.map((each) => each.body.length)).toEqual([body.length, body.length]);
  });

  it('of 20 MB is the upload of a document alone', async () => {
    const told = { origin, cookie: SESSION, 'content-length': 20_000_000 };
    for (const url of ['/wallets/new', '/api/v1/wallets', '/api/auth/callback/credentials'])
      expect((await post(url, told).catch(() => ({ status: 413 }))).status, url).toBe(413);
  });
});

describe('a webhook', () => {
  it('is taken without the app, byte for byte', async () => {
    app.close();
    app.closeAllConnections();
    expect((await post('/api/webhooks/fintoc', {}, '{"a":"Ñandú"}')).status).toBe(200);
    expect(told).toEqual(['{"a":"Ñandú"}']);
  });

  it('that is too large is refused, and kept as such', async () => {
    const answer = await post('/api/webhooks/fintoc', {}, 'x'.repeat(KINDS.webhook.bodyBytes + 1));
    expect(answer.status).toBe(413);
    expect(told).toEqual([`too large: ${KINDS.webhook.bodyBytes + 1}`]);
  });

  it('finds its place while pages fill every other', async () => {
    held = () => undefined;
    const pages = Array.from({ length: 40 }, () => ask('/wallets?q=x').catch(() => null));
    await expect.poll(() => seen.length).toBe(KINDS.page.atOnce);
    expect((await post('/api/webhooks/fintoc', {}, '{}')).status).toBe(200);
    expect((await ask('/api/alive')).status).toBe(200);
    server.closeAllConnections();
    await Promise.all(pages);
  });
});

describe('room', () => {
  it('is for so many at a time, in the order in which they came, and of one caller for so many in all', async () => {
    const answers: (() => void)[] = [];
    held = (answer) => void answers.push(answer);
    const statuses: number[] = [];
    const all = Array.from({ length: 60 }, () =>
      ask('/wallets', { headers: { cookie: SESSION } }).then((answer) => {
        statuses.push(answer.status);
        if (answer.status === 429) expect(answer.headers['retry-after']).toMatch(/^\d+$/);
      }),
    );
    await expect.poll(() => statuses.filter((status) => status === 429).length).toBe(12);
    expect(seen).toHaveLength(KINDS.page.atOnce);
    // Another person is not one of these.
    const other = ask('/wallets', { headers: { cookie: 'next-auth.session-token=other' } });
    while (seen.length < 49 || answers.length > 0) {
      answers.shift()?.();
      await new Promise((resolve) => setImmediate(resolve));
    }
    await Promise.all(all);
    expect((await other).status).toBe(200);
    expect(statuses.filter((status) => status === 200)).toHaveLength(48);
  });

  it('that nobody has is said with when to come back', async () => {
    held = () => undefined;
    const each = (nth: number) => ({ headers: { cookie: `next-auth.session-token=${nth}` } });
    const most = KINDS.file.atOnce + KINDS.file.waiting;
    const waiting = Array.from({ length: most }, (_, nth) =>
      ask('/api/export/wallets', each(nth)).catch(() => null),
    );
    await expect.poll(() => seen.length).toBe(KINDS.file.atOnce);
    // Those who wait have no mark outside: of one too many, the answer says that they are there.
    await expect
      .poll(async () => {
        const answer = await Promise.race([ask('/api/export/wallets', each(most)), soon()]);
        return answer && [answer.status, answer.headers['retry-after']];
      })
      .toEqual([503, '5']);
    server.closeAllConnections();
    await Promise.all(waiting);
  });
});

const soon = () => new Promise<null>((resolve) => setTimeout(() => resolve(null), 500));

describe('the end', () => {
  it('lets what is under way finish, on connections that would be kept, and takes nobody new', async () => {
    let answer: () => void = () => undefined;
    held = (each) => {
      answer = each;
    };
    const agent = new http.Agent({ keepAlive: true });
    const page = ask('/wallets', { agent });
    await expect.poll(() => seen.length).toBe(1);
    const at = port();
    const drained = drain(server, 60_000);
    await expect(ask('/api/alive', { port: at })).rejects.toThrow('ECONNREFUSED');
    answer();
    expect((await page).text).toBe('page');
    await drained;
    agent.destroy();
  });

  it('comes after so long in any case', async () => {
    held = () => undefined;
    const page = ask('/wallets').catch(() => 'cut');
    await expect.poll(() => seen.length).toBe(1);
    await drain(server, 200);
    expect(await page).toBe('cut');
  });
});

describe('the figures', () => {
  it('are told to who has their token, and are not there where none was given', async () => {
    expect((await ask('/metrics')).text).toBe('page');
    server.close();
    await open({ metricsToken: 'a token of sixteen' });
    expect((await ask('/metrics')).status).toBe(401);
    expect((await ask('/metrics', { headers: { authorization: 'Bearer another token' } })).status).toBe(401);
    const { status, text } = await ask('/metrics', {
      headers: { authorization: 'Bearer a token of sixteen', host: '10.0.0.7:3000' },
    });
    expect(status).toBe(200);
    expect(text).toMatch(/^monedero_requests_total\{kind="health",status="401"\} 2$/m);
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
    expect(seen).toEqual([]);
  });

  it('an app that is away is said to be starting', async () => {
    app.close();
    app.closeAllConnections();
    const answer = await ask('/wallets');
    expect([answer.status, answer.headers['retry-after']]).toEqual([503, '5']);
    expect(answer.text).toContain('arrancando');
  });
});
