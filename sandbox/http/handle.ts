import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { apiRoutes } from '~/sandbox/api/routes';
import { controlRoutes } from '~/sandbox/control/routes';
import { authenticate, requireSignature } from '~/sandbox/http/auth';
import { parseBody, readBody } from '~/sandbox/http/body';
import { errorBody, FintocError } from '~/sandbox/http/errors';
import type { Fault } from '~/sandbox/http/faults';
import { once } from '~/sandbox/http/idempotency';
import { Input } from '~/sandbox/http/input';
import { type Call, matchRoute, type Reply, type Route } from '~/sandbox/http/router';
import { type Db, type Sandbox, transaction } from '~/sandbox/state';

const JSON_TYPE = 'application/json; charset=utf-8';
const HTML_TYPE = 'text/html; charset=utf-8';
const PROXY_PAGE = '<html><body>Not here</body></html>';

/** A connection that is to be cut instead of answered. */
const RESET = Symbol('reset');

/** Answers every request of the sandbox: the API of Fintoc, and under /_control what Fintoc can't be asked for. */
export function createHandler(sandbox: Sandbox): RequestListener {
  return (request, response) => {
    answer(sandbox, request)
      .catch((error: unknown) => refusalReply(request, error))
      .then((reply) => send(response, reply))
      .catch(() => response.destroy());
  };
}

async function answer(sandbox: Sandbox, request: IncomingMessage): Promise<Reply | typeof RESET> {
  const url = new URL(request.url ?? '/', `http://${request.headers.host ?? 'localhost'}`);
  if (url.pathname === '/_control' || url.pathname.startsWith('/_control/')) {
    if (!isLoopback(request.socket.remoteAddress))
      throw new FintocError(403, 'forbidden_request', 'The control API answers this machine only.');
    assertNoPage(sandbox, request);
    return dispatch(sandbox, request, url, controlRoutes);
  }
  const fault = sandbox.faults.take(request.method ?? 'GET', url.pathname);
  if (!fault) return dispatch(sandbox, request, url, apiRoutes);
  if (fault.kind === 'api_error') return dispatch(sandbox, request, url, apiRoutes, fault);
  if (fault.when === 'before_commit') {
    await readBody(request);
    await sleep(fault.delayMs);
    return fault.kind === 'slow' ? dispatch(sandbox, request, url, apiRoutes) : faultReply(fault);
  }
  // A refusal is stored under its key like any other answer, and may be lost on its way like any other.
  const reply = await dispatch(sandbox, request, url, apiRoutes).catch((error) =>
    refusalReply(request, error),
  );
  await sleep(fault.delayMs);
  return fault.kind === 'slow' ? reply : faultReply(fault);
}

/**
 * A web page that somebody here has open may send to this machine too: by a form, whose content type it can't choose, or
 * by a name of its own that it points at us.
 */
function assertNoPage({ config }: Sandbox, { headers, method = 'GET' }: IncomingMessage): void {
  const host = URL.parse(`http://${headers.host}`)?.hostname ?? '';
  if (!['127.0.0.1', 'localhost', '[::1]', config.host].includes(host))
    throw new FintocError(403, 'forbidden_request', 'The control API is asked by the name of this machine.');
  const isJson = /^application\/json\b/i.test(headers['content-type'] ?? '');
  if (['POST', 'PUT', 'PATCH'].includes(method) && !isJson)
    throw new FintocError(415, 'invalid_content_type', 'The control API takes application/json.');
}

function refusalReply(request: IncomingMessage, error: unknown): Reply {
  if (error instanceof FintocError) return { status: error.status, body: errorBody(error) };
  // Whoever hung up in the middle of a request is no defect of ours.
  if (!request.errored)
    process.stderr.write(`sandbox: ${request.method} ${request.url}: ${errorText(error)}\n`);
  const hidden = new FintocError(500, 'internal_server_error', 'Something went wrong on our side.');
  return { status: 500, body: errorBody(hidden) };
}

async function dispatch(
  sandbox: Sandbox,
  request: IncomingMessage,
  url: URL,
  routes: readonly Route[],
  fault?: Fault,
): Promise<Reply> {
  const raw = await readBody(request);
  const match = matchRoute(routes, request.method ?? 'GET', url.pathname);
  if (!('route' in match)) throw unknownRoute(match.methods, url.pathname);
  const { route, params } = match;
  const isControl = routes === controlRoutes;
  if (!isControl && !route.open) authenticate(sandbox, request.headers.authorization);
  if (route.movesMoney) {
    takeTurn(sandbox);
    await requireSignature(sandbox, request.headers, raw);
  }
  const contentType = request.headers['content-type'] ?? '';
  const fields = parseBody(raw, contentType);
  const afterwards: (() => Promise<void> | void)[] = [];
  const run = async (db: Db) => {
    if (fault) throw new FintocError(500, 'internal_server_error', 'A fault was asked for.');
    const call: Call = {
      ...{
        sandbox,
        db,
        params,
        query: url.searchParams,
        input: new Input(fields),
        fields,
        raw,
        contentType,
        url,
      },
      afterCommit: (work) => afterwards.push(work),
    };
    return route.handle(call);
  };
  const reply = await (request.method === 'GET'
    ? run(sandbox.pool)
    : request.method === 'POST' && !isControl
      ? once(sandbox, { key: header(request, 'idempotency-key'), path: url.pathname, fields }, run)
      : transaction(sandbox, run));
  for (const work of afterwards) await work();
  if (request.method !== 'GET') sandbox.wake();
  return reply;
}

function takeTurn(sandbox: Sandbox): void {
  if (!sandbox.rateLimit.take(sandbox.config.secretKey, sandbox.settings.transfersPerSecond)) throw tooMany();
}

function tooMany(): FintocError {
  return new FintocError(429, 'rate_limit_exceeded', 'Too many requests: wait and try again.');
}

function faultReply(fault: Fault): Reply | typeof RESET {
  switch (fault.kind) {
    case 'rate_limit':
      return { status: 429, body: errorBody(tooMany()) };
    case 'refusal':
      if (fault.code === null) return strangersAnswer(fault);
      return {
        status: fault.status,
        body: errorBody(new FintocError(fault.status, fault.code, 'A fault was asked for.')),
      };
    case 'html_500':
      return { status: 500, text: '<html><body><h1>500 Internal Server Error</h1></body></html>' };
    case 'empty_503':
      return { status: 503 };
    default:
      return RESET;
  }
}

/** The answer of something between us and Fintoc: it may have any status, and says nothing of what Fintoc did. */
function strangersAnswer({ status, page, contentType }: Fault): Reply {
  const text = page === undefined ? PROXY_PAGE : page;
  return typeof text === 'string' ? { status, text, contentType } : { status, body: text };
}

function unknownRoute(methods: string[], path: string): FintocError {
  if (methods.length > 0)
    return new FintocError(405, 'operation_not_allowed', `${path} takes ${methods.join(', ')}.`);
  return new FintocError(404, 'invalid_url', `There is nothing at ${path}.`);
}

function send(response: ServerResponse, reply: Reply | typeof RESET): void {
  if (reply === RESET) {
    response.socket?.resetAndDestroy();
    return;
  }
  const body = reply.text ?? (reply.body === undefined ? '' : JSON.stringify(reply.body));
  const type = reply.contentType ?? (reply.text === undefined ? JSON_TYPE : HTML_TYPE);
  response.writeHead(reply.status, {
    'x-request-id': randomUUID(),
    ...(body === '' ? {} : { 'content-type': type }),
    ...(reply.link === undefined ? {} : { link: reply.link }),
  });
  response.end(body);
}

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

function isLoopback(address: string | undefined): boolean {
  return address !== undefined && /^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/.test(address);
}

function errorText(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
