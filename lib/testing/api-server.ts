import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { nothingHere, type Served, serve } from '~/lib/api/handle';
import { OPERATIONS } from '~/lib/api/operations';
import { answerOf } from '~/lib/testing/api';

type Route = { method: string; pattern: RegExp; serve: Served };

const ROUTES: readonly Route[] = OPERATIONS.map((operation) => ({
  method: operation.method,
  pattern: new RegExp(`^/api/v1${operation.path.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`),
  serve: serve(operation),
}));

/**
 * The API over HTTP for the tests of this file: what app/api/v1 serves, without Next around it. Every answer is held to its
 * schema. Answers where it is.
 */
export function withApiServer(): { readonly url: string } {
  const faults: unknown[] = [];
  const server = http.createServer((request, response) => {
    respond(request, response).catch((error: unknown) => {
      faults.push(error);
      response.destroy(error as Error);
    });
  });
  let url = '';
  beforeAll(async () => {
    await once(server.listen(0, '127.0.0.1'), 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(() => {
    expect(faults.splice(0)).toEqual([]);
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    get url() {
      return url;
    },
  };
}

async function respond(from: http.IncomingMessage, to: http.ServerResponse): Promise<void> {
  const { method = 'GET', url = '/', headers } = from;
  const chunks: Buffer[] = [];
  for await (const chunk of from) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const request = new Request(new URL(url, 'http://127.0.0.1'), {
    method,
    headers: Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]),
    ...(body.length > 0 && method !== 'GET' && { body }),
  });
  const answer = await answerTo(request);
  to.writeHead(answer.status, Object.fromEntries(answer.headers));
  to.end(Buffer.from(await answer.arrayBuffer()));
}

async function answerTo(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  for (const { method, pattern, serve: answer } of ROUTES) {
    const found = method === request.method ? pattern.exec(pathname) : null;
    if (!found) continue;
    const context = found.groups ? { params: Promise.resolve({ ...found.groups }) } : {};
    const answered = await answer(request, context);
    await answerOf(answer.operation, answered.clone());
    return answered;
  }
  return nothingHere();
}
