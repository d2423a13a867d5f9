import createClient, { type Middleware } from 'openapi-fetch';
import type { components, paths } from './schema.ts';

/** What the API answers with, by the names of its description: `Schemas['Wallet']`. */
export type Schemas = components['schemas'];

export type Options = {
  /** Where Monedero is: `https://monedero.example.com`. */
  url: string;
  /** The secret of a key: `mk_test_…`, `mk_live_…`. */
  key: string;
  /** How often what got no answer, or was told to wait, is sent again. A POST goes under the same Idempotency-Key. */
  retries?: number;
};

/** An answer that is no success, with what it says (RFC 9457). `problem.code` is stable: what programs look at. */
export class MonederoError extends Error {
  readonly status: number;
  readonly problem: Schemas['Problem'];

  constructor(problem: Schemas['Problem']) {
    super(`${problem.code}: ${problem.detail}`);
    this.name = 'MonederoError';
    this.status = problem.status;
    this.problem = problem;
  }
}

/**
 * Every verb of the API, by its path: `api.GET('/wallets/{id}', { params: { path: { id } } })`. A POST that names no
 * `Idempotency-Key` gets one of its own, which guards what is sent again here; name yours to be safe from sending it
 * again yourself. A file is a Blob, with its type as the header `content-type`. Throws MonederoError where the API refuses.
 */
export function monedero({ url, key, retries = 3 }: Options) {
  const api = createClient<paths>({
    baseUrl: `${url.replace(/\/$/, '')}/api/v1`,
    headers: { authorization: `Bearer ${key}` },
    bodySerializer: (body: unknown) => (body instanceof Blob ? body : JSON.stringify(body)),
    fetch: (request) => persistent(request, retries),
  });
  api.use(once, throwing);
  return api;
}

export type Monedero = ReturnType<typeof monedero>;

/** What a call answered: `const wallet = await answer(api.GET(…))`. */
export async function answer<Body>(call: Promise<{ data?: Body }>): Promise<NonNullable<Body>> {
  const { data } = await call;
  if (data === undefined || data === null) throw new Error('Nothing was answered.');
  return data;
}

const once: Middleware = {
  onRequest({ request }) {
    if (request.method === 'POST' && !request.headers.has('idempotency-key'))
      request.headers.set('idempotency-key', crypto.randomUUID());
    return request;
  },
};

const throwing: Middleware = {
  async onResponse({ response }) {
    if (response.ok || response.status === 304) return;
    throw new MonederoError(await problemOf(response));
  },
};

/** A proxy on the way may say no in words of its own. */
async function problemOf(response: Response): Promise<Schemas['Problem']> {
  const { status, headers } = response;
  if (headers.get('content-type') === 'application/problem+json') return response.json();
  const detail = `${status} ${response.statusText}`.trim();
  return { type: 'about:blank', title: detail, status, detail, code: 'no_problem', request_id: '' };
}

/** Said to pass by itself, so that the same is worth sending again. */
const PASSING: ReadonlySet<number> = new Set([429, 502, 503, 504]);
const LONGEST_WAIT_MS = 30_000;

async function persistent(request: Request, retries: number): Promise<Response> {
  for (let tries = 0; ; tries += 1) {
    const isLast = tries >= retries || !isRepeatable(request);
    const response = await fetch(request.clone()).catch((error: unknown) => {
      if (isLast || request.signal.aborted) throw error;
      return null;
    });
    if (response && (isLast || !(await isPassing(response)))) return response;
    const told = Number(response?.headers.get('retry-after') ?? Number.NaN) * 1_000;
    const wait = Math.min(Number.isFinite(told) ? told : 250 * 2 ** tries, LONGEST_WAIT_MS);
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
}

/** Also that the same request, sent a moment ago, is still at work. */
async function isPassing(response: Response): Promise<boolean> {
  if (response.status !== 409) return PASSING.has(response.status);
  return (await problemOf(response.clone())).code === 'idempotency_key_in_use';
}

function isRepeatable({ method, headers }: Request): boolean {
  return method === 'GET' || headers.has('idempotency-key');
}
