import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ask } from './http.mjs';

let url: string;
let server: http.Server;

beforeAll(async () => {
  server = http.createServer((request, response) => {
    if (request.url === '/whole') response.writeHead(201, { link: 'next' }).end(`${request.method} ñ`);
    if (request.url === '/half') {
      response.writeHead(200, { 'content-length': '100' }).write('half');
      setTimeout(() => response.destroy(), 20);
    }
    if (request.url === '/stalled') response.writeHead(200).write('stalled');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

it('an answer comes whole, or not at all', async () => {
  expect(await ask(`${url}/whole`, { method: 'POST', body: '{}' })).toEqual({
    status: 201,
    text: 'POST ñ',
    link: 'next',
  });
  await expect(ask(`${url}/half`)).rejects.toThrow();
  await expect(ask('http://127.0.0.1:9/')).rejects.toThrow('ECONNREFUSED');
});

it('one that never comes, or stops in the middle, is given up in time', async () => {
  await expect(ask(`${url}/never`, { timeoutMs: 50 })).rejects.toThrow('in time');
  await expect(ask(`${url}/stalled`, { timeoutMs: 50 })).rejects.toThrow('in time');
});
