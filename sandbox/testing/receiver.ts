import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Json } from '~/sandbox/testing/harness';

export interface Received {
  body: string;
  signature: string;
  event: Json;
  at: number;
}

export interface Receiver {
  url: string;
  received: Received[];
  /** Status of the next answers, in order; then 200. `hang` never answers. */
  answers: (number | 'hang')[];
  stop(): Promise<void>;
}

/** A webhook endpoint that remembers what it was sent. */
export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  const answers: (number | 'hang')[] = [];
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      const signature = String(request.headers['fintoc-signature'] ?? '');
      received.push({ body, signature, event: JSON.parse(body), at: performance.now() });
      const status = answers.shift() ?? 200;
      if (status === 'hang') return;
      response.writeHead(status).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    answers,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
