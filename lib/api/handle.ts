import { createHash, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { authenticate, type Caller } from '~/lib/api/authenticate';
import { contentOf, fileOf, jsonOf } from '~/lib/api/body';
import { ownCursor, withCursor } from '~/lib/api/cursors';
import { expanded } from '~/lib/api/expand';
import { type Answered, idempotencyKeyOf, onceAnswered } from '~/lib/api/idempotency';
import { publicId } from '~/lib/api/ids';
import type { AnsweredFile, Operation } from '~/lib/api/operation';
import { Problem, problemBody } from '~/lib/api/problem';
import { problemOf, shapeProblem } from '~/lib/api/refusals';
import type { Scope } from '~/lib/api/scopes';
import type { Expandable } from '~/lib/api/shapes';
import { isVersion } from '~/lib/api/versions';
import { log } from '~/lib/log';
import { inScopeOf } from '~/lib/scope';

/** Next gives an address without an id no params at all. */
type Context = { params?: Promise<Record<string, string>> };

/** A route, and what it serves. */
export type Served = ((request: Request, context: Context) => Promise<Response>) & { operation: Operation };

/**
 * Serves an operation as a route: who asks, whether they may now, what they ask, once where it writes, and the answer or
 * a problem (RFC 9457). Every answer names its request.
 */
export function serve(operation: Operation): Served {
  const answer = async (request: Request, context: Context): Promise<Response> => {
    const requestId = publicId('request', randomUUID());
    const headers = new Headers({ 'request-id': requestId, 'cache-control': 'no-store' });
    try {
      const caller = await admit(operation, request.headers, headers);
      const params = read(operation.params, (await context.params) ?? {}, null);
      const query = read(operation.query, ownCursor(operation, queryOf(operation, request.url)), 'query');
      const ask = { ...operation, caller, params, query };
      if (operation.media) return file((await run(ask, undefined, requestId)) as AnsweredFile, headers);
      if (operation.method === 'GET')
        return shown(withCursor(operation, await run(ask, undefined, requestId)), request, headers);
      const body = await bodyOf(operation, request);
      for (const [field, scope] of Object.entries(operation.scopeOf ?? {}))
        if (body && field in body) requireScope(caller, scope);
      return operation.method === 'POST'
        ? await posted(ask, request, { body, headers, requestId })
        : plain(await answered(ask, body, requestId), headers);
    } catch (error) {
      return failed(error, headers, requestId);
    }
  };
  return Object.assign(answer, { operation });
}

/** For addresses that nothing stands at. */
export async function nothingHere(): Promise<Response> {
  const detail = 'There is nothing at this address. The API is described at /api/v1/openapi.json.';
  return refused(new Problem({ status: 404, code: 'not_found', title: 'Not found', detail }));
}

const METHODS = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'] as const;
type Routes = Record<(typeof METHODS)[number], Served | (() => Promise<Response>)>;

/** All that an address answers to: its verbs, and to every other method a 405 that names them. */
export function routes(...operations: Operation[]): Routes {
  const served = new Map<string, Served>(operations.map((each) => [each.method, serve(each)]));
  const allow = [...served.keys()].join(', ');
  const notAllowed = async () =>
    refused(
      new Problem({
        ...{ status: 405, code: 'method_not_allowed', title: 'Method not allowed', headers: { allow } },
        detail: `This address takes ${allow}.`,
      }),
    );
  const all = METHODS.map((method) => [method, served.get(method) ?? notAllowed]);
  return Object.fromEntries(all) as Routes;
}

function refused(problem: Problem): Response {
  const requestId = publicId('request', randomUUID());
  return failed(problem, new Headers({ 'request-id': requestId }), requestId);
}

/** Who may, how often, in which version. What it learns goes into the answer's headers, whatever becomes of it. */
async function admit(operation: Operation, from: Headers, to: Headers): Promise<Caller> {
  const caller = await authenticate(from);
  setAll(to, caller.turn.headers);
  if (!caller.turn.allowed)
    throw new Problem({
      ...{ status: 429, code: 'rate_limited', title: 'Too many requests' },
      detail: 'This key asks more often than it may. Wait as long as Retry-After says.',
    });
  const version = from.get('monedero-version') ?? caller.version;
  if (!isVersion(version)) {
    const detail = 'There is no such version. Leave the header out to use the key’s own.';
    throw new Problem({
      ...{ status: 400, code: 'version_unknown', title: 'Unknown version', detail },
      errors: [{ parameter: 'Monedero-Version', code: 'unknown', detail }],
    });
  }
  to.set('monedero-version', version);
  if (operation.scope !== null) requireScope(caller, operation.scope);
  return caller;
}

function requireScope({ scopes }: Caller, scope: Scope): void {
  if (scopes.includes(scope)) return;
  throw new Problem({
    ...{ status: 403, code: 'scope_missing', title: 'Not allowed', extra: { scope } },
    detail: `This takes a key with the scope ${scope}.`,
  });
}

type Ask = Pick<Operation, 'run' | 'status'> & {
  caller: Caller;
  params: Record<string, unknown>;
  query: Record<string, unknown>;
};

function run(
  { params, query, caller, ...operation }: Ask,
  body: unknown,
  requestId: string,
): Promise<unknown> {
  const { 'expand[]': names = [], ...asked } = query;
  const { actor, scopes } = caller;
  // Who asks and what they asked before is the house's; what a verb reads is within the key's scope.
  return inScopeOf(actor, () =>
    operation
      .run({ actor, scopes, params, query: asked, body, requestId })
      .then((answer) => expanded(answer, names as Expandable[], caller)),
  ).catch((error: unknown) => {
    throw problemOf(error, { params, query, body });
  });
}

async function answered(ask: Ask, body: unknown, requestId: string): Promise<Answered> {
  return { status: ask.status, body: JSON.stringify(await run(ask, body, requestId)) };
}

type Posting = { body: unknown; headers: Headers; requestId: string };

/** A refusal is kept as an answer too: the same key hears the same. Its request id is the first one's. */
async function posted(ask: Ask, request: Request, { body, headers, requestId }: Posting): Promise<Response> {
  const { pathname } = new URL(request.url);
  const idempotencyKey = idempotencyKeyOf(request.headers);
  const keyId = ask.caller.actor.id;
  const { replayed, ...answer } = await onceAnswered(
    { keyId, idempotencyKey, content: { pathname, body: await contentOf(body), query: ask.query } },
    (verbId) =>
      answered(ask, body, verbId).catch((error: unknown) => {
        if (!(error instanceof Problem)) throw error;
        const { status } = error.facts;
        setAll(headers, error.facts.headers);
        return { status, body: JSON.stringify(problemBody(error.facts, requestId)) };
      }),
  );
  if (replayed) headers.set('idempotent-replayed', 'true');
  return plain(answer, headers);
}

function setAll(headers: Headers, more: Readonly<Record<string, string>> = {}): void {
  for (const [name, value] of Object.entries(more)) headers.set(name, value);
}

function plain({ status, body }: Answered, headers: Headers): Response {
  headers.set('content-type', status < 400 ? 'application/json' : 'application/problem+json');
  return new Response(body, { status, headers });
}

function file({ name, type, bytes, body }: AnsweredFile, headers: Headers): Response {
  setAll(headers, {
    ...{ 'content-type': type, 'content-length': String(bytes) },
    'content-disposition': `attachment; filename="${name}"`,
  });
  return new Response(body, { status: 200, headers });
}

/** A read: where somebody has this very answer already, only that it is so. A list says where it goes on. */
function shown(answer: unknown, request: Request, headers: Headers): Response {
  const body = JSON.stringify(answer);
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;
  headers.set('etag', etag);
  const next = nextOf(answer, request.url);
  if (next) headers.set('link', `<${next}>; rel="next"`);
  const known = request.headers.get('if-none-match')?.split(',') ?? [];
  const isKnown = known.some((each) => ['*', etag].includes(each.trim().replace(/^W\//, '')));
  return isKnown ? new Response(null, { status: 304, headers }) : plain({ status: 200, body }, headers);
}

function nextOf(answer: unknown, url: string): string | null {
  const { object, next_cursor: cursor } = answer as { object?: string; next_cursor?: string | null };
  if (object !== 'list' || !cursor) return null;
  const next = new URL(url);
  next.searchParams.set('cursor', cursor);
  return `${next.pathname}${next.search}`;
}

function failed(error: unknown, headers: Headers, requestId: string): Response {
  const problem = problemOf(error, {});
  if (!(problem instanceof Problem)) {
    log.error({ err: error, requestId }, 'API request failed');
    return failed(
      new Problem({
        ...{ status: 500, code: 'internal', title: 'Something broke here' },
        detail:
          'It was written down under this request id. A POST may be sent again under its Idempotency-Key.',
      }),
      headers,
      requestId,
    );
  }
  const { facts } = problem;
  setAll(headers, facts.headers);
  return plain({ status: facts.status, body: JSON.stringify(problemBody(facts, requestId)) }, headers);
}

/** What stands in the address; a parameter that takes several may be written several times. */
function queryOf({ query }: Operation, url: string): Record<string, string | string[]> {
  const { searchParams } = new URL(url);
  return Object.fromEntries(
    [...new Set(searchParams.keys())].map((name) => {
      const values = searchParams.getAll(name);
      const [first = ''] = values;
      return [name, takesSeveral(query, name) || values.length > 1 ? values : first];
    }),
  );
}

function takesSeveral(query: z.ZodObject, name: string): boolean {
  const schema = Object.hasOwn(query.shape, name) ? query.shape[name] : undefined;
  return (schema instanceof z.ZodOptional ? schema.unwrap() : schema) instanceof z.ZodArray;
}

async function bodyOf(
  { body, upload }: Operation,
  request: Request,
): Promise<Record<string, unknown> | File | undefined> {
  if (upload) return fileOf(request, upload);
  return body ? read(body, await jsonOf(request), 'body') : undefined;
}

/** A path that is none of an id's is one that nothing stands at. */
function read(schema: z.ZodObject, given: unknown, where: 'query' | 'body' | null): Record<string, unknown> {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw shapeProblem(parsed.error, where, given);
}
