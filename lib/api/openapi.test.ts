import { createConfig, lintFromString } from '@redocly/openapi-core';
import { Validator } from '@seriousme/openapi-schema-validator';
import { expect, it } from 'vitest';
import { openApiDocument } from '~/lib/api/openapi';
import { OPERATIONS } from '~/lib/api/operations';

/** As readers get it: JSON. */
const document = JSON.parse(JSON.stringify(openApiDocument()));

it('is valid OpenAPI 3.1, and every reference in it stands', async () => {
  const validator = new Validator();
  expect(await validator.validate(structuredClone(document))).toEqual({ valid: true });
  expect(validator.version).toBe('3.1');
  expect(() => validator.resolveRefs()).not.toThrow();
});

it('passes the linter, whose warnings count as errors', async () => {
  const config = await createConfig({ extends: ['recommended-strict'] });
  const problems = await lintFromString({ source: JSON.stringify(document), config });
  expect(
    problems.map(({ ruleId, message, location: [at] }) => `${ruleId} ${at?.pointer}: ${message}`),
  ).toEqual([]);
});

it('names each tag once, and has no operation without one', () => {
  const named = document.tags.map(({ name }: { name: string }) => name);
  expect(named.sort()).toEqual([...new Set(OPERATIONS.map(({ tag }) => tag))].sort());
});

it('has every operation, under an id of its own, with a summary, a scope and its answers', () => {
  const described = Object.entries<Record<string, { operationId: string; summary: string }>>(
    document.paths,
  ).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId }]) => `${operationId} ${method} ${path}`),
  );
  expect(described.sort()).toEqual(
    OPERATIONS.map(({ id, method, path }) => `${id} ${method.toLowerCase()} ${path}`).sort(),
  );
  expect(new Set(OPERATIONS.map(({ id }) => id)).size).toBe(OPERATIONS.length);
  expect(OPERATIONS.filter(({ summary }) => !summary.endsWith('.'))).toEqual([]);
});

it('reads amounts as text and takes nothing that it doesn’t name', () => {
  const body = (path: string) => {
    const { schema } = document.paths[path].post.requestBody.content['application/json'];
    return schema.$ref ? document.components.schemas[schema.$ref.split('/').at(-1)] : schema;
  };
  expect(body('/withdrawals').properties.amount).toMatchObject({ type: 'string' });
  expect(body('/withdrawals').additionalProperties).toBe(false);
  const numbers = JSON.stringify(document.components.schemas).match(
    /"(\w*amount\w*)":\{"type":"(number|integer)"/,
  );
  expect(numbers).toBeNull();
});

it('asks for an Idempotency-Key on every POST, and on nothing else', () => {
  const asking = Object.entries<Record<string, { parameters?: { name: string; required?: boolean }[] }>>(
    document.paths,
  ).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, { parameters = [] }]) =>
        parameters.some(({ name, required }) => name === 'Idempotency-Key' && required),
      )
      .map(([method]) => `${method} ${path}`),
  );
  expect(asking.sort()).toEqual(
    OPERATIONS.filter(({ method }) => method === 'POST')
      .map(({ path }) => `post ${path}`)
      .sort(),
  );
});
