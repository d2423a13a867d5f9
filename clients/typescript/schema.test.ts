import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { generatedSchema, SCHEMA } from '~/clients/typescript/generate';

it('the client’s types are those of the API (else: npm run generate:client)', async () => {
  expect(readFileSync(SCHEMA, 'utf8')).toBe(await generatedSchema());
});
