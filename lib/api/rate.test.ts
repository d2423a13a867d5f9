import { expect, it } from 'vitest';
import { ask, someKey } from '~/lib/testing/api';
import { withTestDatabase } from '~/lib/testing/database';

process.env.API_REQUESTS_PER_SECOND = '3';
withTestDatabase();

it('a key that asks more often than it may is told when it may again; another one isn’t kept waiting', async () => {
  const [busy, calm] = [await someKey(['wallets:read']), await someKey(['wallets:read'])];
  const answers = await Promise.all(Array.from({ length: 12 }, () => ask(busy.secret, 'listAssets')));
  const refused = answers.filter(({ status }) => status === 429);
  expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(3);
  expect(refused.length).toBeGreaterThan(0);
  for (const { headers, body } of refused) {
    expect(body.code).toBe('rate_limited');
    expect(Number(headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    expect(headers.get('ratelimit-policy')).toBe('"key";q=3;w=1');
    expect(headers.get('ratelimit')).toMatch(/^"key";r=0;t=\d+$/);
  }
  const { status, headers } = await ask(calm.secret, 'listAssets');
  expect([status, headers.get('ratelimit')]).toEqual([200, '"key";r=2;t=1']);
  await expect.poll(async () => (await ask(busy.secret, 'listAssets')).status).toBe(200);
});
