import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '~/lib/testing/database';
import { sqlToSchema } from '~/scripts/lib/schema-diff.mjs';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});

afterAll(() => database.drop());

describe('schema.prisma', () => {
  it('equals what the migrations make', async () => {
    expect(await sqlToSchema(database.ownerUrl)).toBe('');
  });
});
