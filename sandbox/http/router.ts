import type { Fields, Input } from '~/sandbox/http/input';
import type { Db, Sandbox } from '~/sandbox/state';

/** One request, as a handler sees it. */
export interface Call {
  sandbox: Sandbox;
  /** In a transaction for every method but GET: what it did is undone when the handler throws. */
  db: Db;
  params: Record<string, string>;
  query: URLSearchParams;
  input: Input;
  fields: Fields;
  raw: Buffer;
  contentType: string;
  /** The address and path that were asked for, without the query. */
  url: URL;
  /** Something to do once the answer's effects are committed. */
  afterCommit(work: () => Promise<void> | void): void;
}

export interface Reply {
  status: number;
  /** JSON; undefined is an empty body. */
  body?: unknown;
  /** Instead of JSON: a web page unless it is called something else. */
  text?: string;
  contentType?: string;
  link?: string;
}

export interface Route {
  method: string;
  path: string;
  handle: (call: Call) => Promise<Reply>;
  /** Moves money: signed by JWS, and counted by the limit of transfers per second. */
  movesMoney?: boolean;
  /** Answers without a key, for links that people open. */
  open?: boolean;
}

export type Match = { route: Route; params: Record<string, string> } | { methods: string[] };

/** Finds the route of a request, or the methods that its path would take. */
export function matchRoute(routes: readonly Route[], method: string, path: string): Match {
  const segments = path.split('/');
  const methods: string[] = [];
  for (const route of routes) {
    const params = matchSegments(route.path.split('/'), segments);
    if (!params) continue;
    if (route.method === method) return { route, params };
    methods.push(route.method);
  }
  return { methods };
}

function matchSegments(pattern: string[], segments: string[]): Record<string, string> | null {
  if (pattern.length !== segments.length) return null;
  const params: Record<string, string> = {};
  for (const [i, part] of pattern.entries()) {
    const segment = segments[i] ?? '';
    if (part.startsWith(':') && segment !== '') params[part.slice(1)] = segment;
    else if (part !== segment) return null;
  }
  return params;
}
