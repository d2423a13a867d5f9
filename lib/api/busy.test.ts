import { afterAll, beforeAll, expect, it } from 'vitest';
import { Problem } from '~/lib/api/problem';
import { problemOf } from '~/lib/api/refusals';
import { db, disconnect } from '~/lib/db';
import { withTestDatabase } from '~/lib/testing/database';

withTestDatabase();

beforeAll(async () => {
  process.env.STATEMENT_TIMEOUT_MS = '300';
  await disconnect();
});
afterAll(async () => {
  delete process.env.STATEMENT_TIMEOUT_MS;
  await disconnect();
});

it('a statement that takes longer than it may is given up, and the API says when to come back', async () => {
  const error: unknown = await db().$queryRaw`SELECT pg_sleep(60)::text`.catch((thrown: unknown) => thrown);
  const problem = problemOf(error, {});
  expect(problem).toBeInstanceOf(Problem);
  expect((problem as Problem).facts).toMatchObject({
    status: 503,
    code: 'busy',
    headers: { 'retry-after': '5' },
  });
});
