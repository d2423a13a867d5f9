import { readFileSync } from 'node:fs';
import { afterEach, expect, it } from 'vitest';
import { answer, MonederoError, monedero } from '~/clients/typescript/client';
import { type Receiver, startReceiver } from '~/lib/testing/receiver';

let server: Receiver;

afterEach(() => server?.close());

it('is published by itself: it reaches nothing of ours', () => {
  const text = readFileSync(new URL('client.ts', import.meta.url), 'utf8');
  const from = [...text.matchAll(/ from '([^']+)'/g)].map(([, module]) => module);
  expect(from).toEqual(['openapi-fetch', './schema.ts']);
});

it('sends what got no answer again, under one Idempotency-Key, and throws a refusal', async () => {
  server = await startReceiver();
  server.answers(503, { 'retry-after': '0' });
  const api = monedero({ url: server.url.replace('/alarms', ''), key: 'mk_test_x', retries: 2 });
  const call = answer(api.POST('/test/time', { body: { seconds: 1 } }));
  await expect(call).rejects.toBeInstanceOf(MonederoError);
  const keys = server.received.map(({ headers }) => headers['idempotency-key']);
  expect(keys).toHaveLength(3);
  expect(new Set(keys).size).toBe(1);
  expect(server.received[0]?.headers.authorization).toBe('Bearer mk_test_x');
});
