import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'vitest';
import { db } from '~/lib/db';
import { standsAt } from '~/lib/outbox/reader';
import { fanOut } from '~/lib/webhooks/fan-out';

export type Received = {
  headers: http.IncomingHttpHeaders;
  text: string;
  json: ReturnType<typeof JSON.parse>;
};

export type Receiver = {
  url: string;
  /** Everything that came, in order. */
  received: Received[];
  /** How it answers from now on; `hang` never does. */
  answers: (status: number | 'hang', headers?: Record<string, string>) => void;
  close: () => Promise<void>;
};

/** Until all that happened is queued: what is under way elsewhere on the server holds it back for a while. */
export async function queued(): Promise<void> {
  const { _max } = await db().outboxEvent.aggregate({ _max: { id: true } });
  do await fanOut();
  while ((await standsAt('webhooks')).read < (_max.id ?? 0n));
}

/** A receiver of our messages, over HTTP on this machine. */
export async function startReceiver(): Promise<Receiver> {
  let answer: { status: number | 'hang'; headers: Record<string, string> } = { status: 204, headers: {} };
  const received: Received[] = [];
  const server = http.createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString('utf8');
    received.push({ headers: request.headers, text, json: JSON.parse(text) });
    if (answer.status !== 'hang') response.writeHead(answer.status, answer.headers).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/alarms`,
    received,
    answers: (status, headers = {}) => {
      answer = { status, headers };
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** As a receiver checks an alarm: by the secret that was shown, the header and the raw body. */
export function expectSigned(message: Received | undefined, key: string): void {
  const [, t, v1] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(message?.headers['monedero-signature'])) ?? [];
  expect(v1).toBe(createHmac('sha256', key).update(`${t}.${message?.text}`).digest('hex'));
  expect(Math.abs(Number(t) - Date.now() / 1_000)).toBeLessThan(30);
}
