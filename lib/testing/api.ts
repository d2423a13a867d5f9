import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import { serve } from '~/lib/api/handle';
import { makeKey, type NewKey } from '~/lib/api/keys';
import type { Operation } from '~/lib/api/operation';
import { OPERATIONS } from '~/lib/api/operations';
import { ProblemDocument, refusalsOf } from '~/lib/api/responses';
import { movesMoney, SCOPE_NAMES, type Scope } from '~/lib/api/scopes';
import { approveWaiting } from '~/lib/testing/approvals';
import { someOperator } from '~/lib/testing/factories';

export type TestKey = { id: string; secret: string; maker: OperatorActor; approver: OperatorActor };

/** A key in use, with who made it and who let it in. */
export async function someKey(
  scopes: readonly Scope[] = SCOPE_NAMES,
  facts: Partial<NewKey> = {},
): Promise<TestKey> {
  const [maker, approver] = [await someOperator('admin'), await someOperator('approver')];
  const { id, secret = '' } = await makeKey(maker, { name: 'Backend', scopes, ...facts });
  if (movesMoney(scopes)) await approveWaiting(approver, { action: 'key.make', subjectId: id });
  return { id, secret, maker, approver };
}

/** What JSON.parse gives: a test asserts it instead of typing it. */
type Json = ReturnType<typeof JSON.parse>;

export type Asked = {
  params?: Record<string, string>;
  query?: Record<string, string | string[]>;
  body?: unknown;
  headers?: Record<string, string>;
};

export type Answer = { status: number; headers: Headers; body: Json };

/** Asks the API as its route would, and holds every answer to its schema. A POST has an Idempotency-Key of its own. */
export async function ask(secret: string, id: string, asked: Asked = {}): Promise<Answer> {
  const operation = OPERATIONS.find((each) => each.id === id);
  if (!operation) throw new Error(`There is no operation ${id}.`);
  const { params = {}, query = {}, body, headers = {} } = asked;
  const path = operation.path.replace(/\{(\w+)\}/g, (_all, name: string) => params[name] ?? '');
  const url = new URL(`http://127.0.0.1/api/v1${path}`);
  for (const [name, value] of Object.entries(query))
    for (const each of [value].flat()) url.searchParams.append(name, each);
  const isAsItIs = typeof body === 'string' || body instanceof Blob;
  const sent = operation.method === 'GET' ? undefined : isAsItIs ? body : JSON.stringify(body ?? {});
  const request = new Request(url, {
    method: operation.method,
    headers: {
      authorization: `Bearer ${secret}`,
      ...(operation.method === 'POST' && { 'idempotency-key': randomUUID() }),
      ...headers,
    },
    ...(sent !== undefined && { body: sent }),
  });
  // As Next does: an address without an id has none.
  const context = Object.keys(params).length > 0 ? { params: Promise.resolve(params) } : {};
  return answerOf(operation, await serve(operation)(request, context));
}

/** What was answered, held to its schema. */
export async function answerOf(operation: Operation, response: Response): Promise<Answer> {
  const { status, headers } = response;
  expect(headers.get('request-id')).toMatch(/^req_/);
  if (operation.media && response.ok) {
    expect(operation.media).toContain(headers.get('content-type'));
    return { status, headers, body: new Uint8Array(await response.arrayBuffer()) };
  }
  const text = await response.text();
  const answer = { status, headers, body: text === '' ? null : JSON.parse(text) };
  if (status === 304) return answer;
  const isDone = status === operation.status;
  if (!isDone) expect(refusalsOf(operation), `${operation.id} says what it answers`).toContain(status);
  const shape = isDone ? operation.answer : ProblemDocument;
  const parsed = shape.safeParse(answer.body);
  if (!parsed.success) throw new Error(`${operation.id} answered ${text}: ${parsed.error.message}`);
  expect(text.replace(YOURS, ''), `${operation.id} tells ids as the API spells them`).not.toMatch(UUID);
  return answer;
}

const UUID = /[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/i;
/** What callers wrote comes back as they wrote it, and a line of the journal says what the ledger does. */
const YOURS = /"(external_id|name|reason|comment|file_name|reference)":"[^"]*"/g;
