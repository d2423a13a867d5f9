import { once } from 'node:events';
import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Body, readBody } from '~/lib/entrance/body';

const read: Body[] = [];
const server = http.createServer(async (request, response) => {
  read.push(await readBody(request, 1_000, { wholeMs: 900, idleMs: 300 }));
  response.writeHead(200, { connection: 'close' }).end();
});

beforeAll(async () => void (await once(server.listen(0, '127.0.0.1'), 'listening')));
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

function send(head: string): net.Socket {
  const socket = net.connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.on('error', () => undefined).write(`POST / HTTP/1.1\r\nHost: x\r\n${head}\r\n\r\n`);
  return socket;
}

const next = async () => {
  await expect.poll(() => read.length).toBeGreaterThan(0);
  return read.shift();
};

it('whose sender falls silent is given up', async () => {
  const socket = send('Content-Length: 100');
  socket.write('begun');
  expect(await next()).toEqual({ fault: 'too_slow' });
  socket.destroy();
});

it('that comes byte by byte for ever is given up too', async () => {
  const socket = send('Content-Length: 900');
  const drip = setInterval(() => socket.write('x'), 50);
  expect(await next()).toEqual({ fault: 'too_slow' });
  clearInterval(drip);
  socket.destroy();
});

it('that grows over the limit without having said so is cut', async () => {
  const socket = send('Transfer-Encoding: chunked');
  for (let nth = 0; nth < 20; nth += 1) socket.write(`64\r\n${'x'.repeat(100)}\r\n`);
  expect(await next()).toEqual({ fault: 'too_large' });
  socket.destroy();
});

it('that breaks off is no body', async () => {
  send('Content-Length: 100').end('half');
  expect(await next()).toEqual({ fault: 'broken_off' });
});

it('that comes whole is there, an empty one too', async () => {
  send('Content-Length: 4').write('here');
  expect(await next()).toEqual({ bytes: Buffer.from('here') });
  send('Content-Length: 0');
  expect(await next()).toEqual({ bytes: Buffer.alloc(0) });
});
