import { once } from 'node:events';
import fs from 'node:fs';
import http, { type IncomingHttpHeaders } from 'node:http';
import net, { type AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { createEntrance, type EntranceOptions } from '~/lib/entrance/entrance';

export type Seen = { method: string; url: string; headers: IncomingHttpHeaders; body: string };
export type Answer = { status: number; headers: IncomingHttpHeaders; text: string };

export const HOST = 'monedero.example';
export const ORIGIN = `https://${HOST}`;
export const KEY = 'Bearer mk_test_somebody';
export const SESSION = 'next-auth.session-token=somebody';

type World = {
  directory: string;
  app: http.Server;
  server: http.Server;
  /** What the app behind was asked. */
  seen: Seen[];
  /** What was taken as Fintoc's. */
  told: string[];
  /** While it is there, the app answers no page but through this. */
  held: ((answer: () => void) => void) | null;
};

/** The entrance of a test, and the app behind it. */
export const world = {} as World;

/** The app behind: it says what it was asked, and that somebody is signed in who has a cookie or a key. */
const listener: http.RequestListener = async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { method = '', url = '', headers } = request;
  if (url === '/api/v1/assets' && headers.authorization !== KEY) return response.writeHead(401).end();
  if (url === '/api/awake') return response.writeHead(headers.cookie === SESSION ? 204 : 401).end();
  world.seen.push({ method, url, headers, body: Buffer.concat(chunks).toString() });
  const answer = () => response.writeHead(200, { 'set-cookie': ['a=1', 'b=2'], 'x-app': 'yes' }).end('page');
  if (world.held && url !== '/api/alive') world.held(answer);
  else answer();
};

/** Opens another, with other options. */
export async function open(options: Partial<EntranceOptions> = {}): Promise<void> {
  world.server = createEntrance({
    socketPath: path.join(world.directory, 'app.sock'),
    hosts: [HOST],
    isHttps: true,
    proxyHops: 1,
    deliver: async (_headers, body) => {
      world.told.push(body);
      return { status: 200 };
    },
    refuseDelivery: async (_headers, bytes) => void world.told.push(`too large: ${bytes}`),
    ...options,
  }).server;
  await once(world.server.listen(0, '127.0.0.1'), 'listening');
}

/** Opens one before each test of this file. */
export function withEntrance(): void {
  beforeEach(async () => {
    const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'entrance-'));
    Object.assign(world, { directory, app: http.createServer(listener), seen: [], told: [], held: null });
    await once(world.app.listen(path.join(directory, 'app.sock')), 'listening');
    await open();
  });
  afterEach(() => {
    for (const each of [world.server, world.app]) {
      each.closeAllConnections();
      each.close();
    }
    fs.rmSync(world.directory, { recursive: true });
  });
}

export const port = () => (world.server.address() as AddressInfo).port;

/** One request over a connection of its own. */
export function ask(
  url: string,
  options: http.RequestOptions & { body?: string | Buffer } = {},
): Promise<Answer> {
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
export async function raw(text: string): Promise<string> {
  const socket = net.connect(port(), '127.0.0.1');
  socket.write(text);
  let answer = '';
  for await (const part of socket.setEncoding('utf8')) answer += part;
  return answer;
}

export const post = (url: string, headers: http.OutgoingHttpHeaders = {}, body = '') =>
  ask(url, { method: 'POST', headers, body });
