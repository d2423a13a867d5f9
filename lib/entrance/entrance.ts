import { createHash, timingSafeEqual } from 'node:crypto';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { addressOf } from '~/lib/address';
import { isActionBody } from '~/lib/entrance/action-body';
import { Admission } from '~/lib/entrance/admission';
import { type BodyFault, readBody } from '~/lib/entrance/body';
import { forward, isKey, isSignedIn, type Upstream } from '~/lib/entrance/forward';
import {
  ANONYMOUS_BYTES,
  isFromHere,
  isKnownHost,
  isText,
  KINDS,
  type Kind,
  kindOf,
  mostOfOne,
} from '~/lib/entrance/kinds';
import { Metrics } from '~/lib/entrance/metrics';
import { type Refusal, refuse } from '~/lib/entrance/refuse';
import { log } from '~/lib/log';

export type EntranceOptions = {
  /** Where the app listens. */
  socketPath: string;
  /** The hosts, with ports, under which we are reached. */
  hosts: readonly string[];
  /** Whether people come by https, whose browsers then shall never come without. */
  isHttps: boolean;
  /** How many proxies of our own stand before us. */
  proxyHops: number;
  /** Takes what Fintoc tells. */
  deliver: (headers: Headers, body: string) => Promise<{ status: number }>;
  /** A body that was too large for it. */
  refuseDelivery: (headers: Headers, bytes: number) => Promise<void>;
  /** Opens /metrics. Without it there is no such address. */
  metricsToken?: string | undefined;
};

export type Entrance = { server: http.Server; metrics: Metrics | null };

const HSTS = { 'strict-transport-security': 'max-age=31536000; includeSubDomains' };
const HEADERS_MS = 10_000;
const SILENT_MS = 120_000;
const MOST_CONNECTIONS = 4_000;
/** A kind in one byte and a hash in twenty, as Next writes them. */
const ACTION_ID = /^[0-9a-f]{40,42}$/;
/** An office has one address, and people in it. */
const OF_ONE_PLACE = 3;

/**
 * What stands before the app: of every request it asks whether it is for us, from whom, and whether there is room, and
 * takes what Fintoc tells by itself. So a page that computes for long keeps no delivery waiting.
 */
export function createEntrance(options: EntranceOptions): Entrance {
  const { socketPath } = options;
  const upstream = { socketPath, agent: new http.Agent({ keepAlive: true, maxSockets: 512 }) };
  const admission = new Admission();
  const metrics = options.metricsToken ? new Metrics(admission) : null;
  const always: Record<string, string> = options.isHttps ? HSTS : {};
  const server = http.createServer((request, response) => {
    const call = new Call({ request, response, options, upstream, admission, metrics, always });
    call.answer().catch((error: unknown) => {
      if (!response.destroyed)
        log.warn(
          { reason: error instanceof Error ? error.message : String(error) },
          'the app gave no answer',
        );
      refuse(request, response, 'starting', always);
    });
  });
  // Longer than balancers keep theirs, so that none sends into a connection that we close.
  server.keepAliveTimeout = 75_000;
  server.headersTimeout = HEADERS_MS;
  // Bodies have deadlines of their own (body.ts).
  server.requestTimeout = 0;
  server.timeout = SILENT_MS;
  server.maxConnections = MOST_CONNECTIONS;
  server.on('upgrade', (_request, socket) => socket.destroy());
  server.on('connect', (_request, socket) => socket.destroy());
  return { server, metrics };
}

/** Takes nobody new, and lets what is under way finish; what has not by then is cut. */
export async function drain(server: http.Server, withinMs: number): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  // Whose answer ends now would keep its connection for the next request.
  const hangUp = setInterval(() => server.closeIdleConnections(), 50);
  await Promise.race([closed, sleep(withinMs, undefined, { ref: false })]);
  clearInterval(hangUp);
  server.closeAllConnections();
}

type Facts = {
  request: IncomingMessage;
  response: ServerResponse;
  options: EntranceOptions;
  upstream: Upstream;
  admission: Admission;
  metrics: Metrics | null;
  always: Record<string, string>;
};

/** One request on its way through. */
class Call {
  readonly #facts: Facts;
  readonly #kind: Kind;
  readonly #gone = new AbortController();

  constructor(facts: Facts) {
    this.#facts = facts;
    this.#kind = kindOf((facts.request.url ?? '').split('?', 1)[0] ?? '');
    const from = performance.now();
    facts.response.on('close', () => {
      this.#gone.abort();
      facts.metrics?.answered(this.#kind, facts.response.statusCode, (performance.now() - from) / 1_000);
    });
  }

  async answer(): Promise<void> {
    const { request, response, admission } = this.#facts;
    const wrong = this.#fault();
    if (wrong) return this.#refuse(wrong);
    for (const [name, most] of this.#callers()) {
      const arrived = admission.arrive(`${this.#lane()} ${name}`, most);
      if (!arrived) return this.#turnAway('one_caller');
      response.on('close', () => arrived.leave());
    }
    if (this.#kind === 'upload' || this.#kind === 'api_upload') return this.#answerUpload();
    const body = await this.#body();
    if (body === null) return;
    if (this.#kind === 'page' && request.method === 'POST' && !(await this.#isAction(body)))
      return this.#refuse('no_action');
    await this.#inTurn(() => this.#handOn(body));
  }

  /** Pages and what they load are one person's; health and Fintoc are counted by themselves. */
  #lane(): string {
    return ['webhook', 'health', 'api', 'api_upload'].includes(this.#kind) ? this.#kind : 'person';
  }

  /** Whose session or key it is, and where it comes from: sessions can be made up, addresses less so. */
  #callers(): [name: string, most: number][] {
    const { request, options } = this.#facts;
    const place = placeOf(request, options.proxyHops);
    const most = mostOfOne(this.#kind);
    const named = this.#kind === 'webhook' ? null : nameOf(request);
    return named
      ? [
          [named, most],
          [place, most * OF_ONE_PLACE],
        ]
      : [[place, most]];
  }

  /** A place first: of these, few are held in memory. */
  async #answerUpload(): Promise<void> {
    const { request, upstream } = this.#facts;
    if (this.#kind === 'upload' && !(await isSignedIn(upstream, request))) return this.#refuse('signed_out');
    // The API says what is wrong with a key, and needs no file for it.
    if (this.#kind === 'api_upload' && !(await isKey(upstream, request)))
      return this.#handOn(Buffer.alloc(0));
    await this.#inTurn(async () => {
      const body = await this.#read(KINDS[this.#kind].bodyBytes);
      if (body) await this.#handOn(body);
    });
  }

  async #inTurn(work: () => Promise<void>): Promise<void> {
    const place = await this.#facts.admission.enter(this.#kind, this.#gone.signal);
    if (!place) return this.#turnAway('full');
    await work().finally(() => place.leave());
  }

  /** What is wrong with a request whatever the hour; null when nothing is. */
  #fault(): Refusal | null {
    const { request, options } = this.#facts;
    const { method = '', url = '', headers } = request;
    if (!url.startsWith('/') || this.#isLost()) return 'not_an_address';
    if (!/^(GET|HEAD|OPTIONS|POST|PUT|PATCH|DELETE)$/.test(method)) return 'method';
    // A balancer may ask for health by number.
    if (this.#kind !== 'health' && !isKnownHost(headers.host, options.hosts)) return 'foreign_host';
    const site = headers['sec-fetch-site'];
    const from = {
      ...{ method, kind: this.#kind },
      ...(headers.origin !== undefined && { origin: headers.origin }),
      ...(site !== undefined && { site: String(site) }),
    };
    return isFromHere(from, options.hosts) ? null : 'foreign_origin';
  }

  /**
   * Where there can be no page, one that says so is shown to people. What scripts ask there is refused: Next would send
   * it on to itself, under another name.
   */
  #isLost(): boolean {
    const { method, url = '', headers } = this.#facts.request;
    const isShown = (method === 'GET' || method === 'HEAD') && headers.rsc === undefined;
    return this.#kind === 'page' && !isShown && !isText(url.split('?', 1)[0] ?? '');
  }

  /** The body, or null when it was refused: a large one from who is signed in alone. */
  async #body(): Promise<Buffer | null> {
    const { request, upstream } = this.#facts;
    const { bodyBytes } = KINDS[this.#kind];
    const told = Number(request.headers['content-length'] ?? 0);
    const isLarge = this.#kind === 'page' && told > ANONYMOUS_BYTES;
    if (!isLarge) return this.#read(this.#kind === 'page' ? ANONYMOUS_BYTES : bodyBytes);
    if (told > bodyBytes) return this.#refuse('too_large') ?? null;
    if (!(await isSignedIn(upstream, request))) return this.#refuse('signed_out') ?? null;
    return this.#read(bodyBytes);
  }

  #isAction(body: Buffer): Promise<boolean> {
    const { headers, url = '' } = this.#facts.request;
    const contentType = headers['content-type'] ?? '';
    const id = headers['next-action'];
    const isCalled = id !== undefined;
    if (isCalled && !ACTION_ID.test(String(id))) return Promise.resolve(false);
    return url.startsWith('/api/') ? Promise.resolve(true) : isActionBody(body, { contentType, isCalled });
  }

  async #read(most: number): Promise<Buffer | null> {
    const { request } = this.#facts;
    const body = await readBody(request, most);
    if ('bytes' in body) return body.bytes;
    if (this.#kind === 'webhook') await this.#keepLarge(body.fault);
    if (body.fault === 'broken_off') this.#facts.response.destroy();
    else this.#refuse(body.fault);
    return null;
  }

  async #keepLarge(fault: BodyFault): Promise<void> {
    const { request, options } = this.#facts;
    if (fault !== 'too_large') return;
    await options.refuseDelivery(headersOf(request), Number(request.headers['content-length'] ?? 0));
  }

  async #handOn(body: Buffer): Promise<void> {
    const { request, response, upstream, options, metrics, always } = this.#facts;
    if (metrics && request.url === '/metrics') return this.#tell(metrics);
    if (this.#kind !== 'webhook' || request.method !== 'POST')
      return forward({ upstream, request, response, body, headers: always });
    const { status } = await options.deliver(headersOf(request), body.toString('utf8'));
    response.writeHead(status, { ...always, 'cache-control': 'no-store' }).end();
  }

  async #tell(metrics: Metrics): Promise<void> {
    const { request, response, options, always } = this.#facts;
    if (!isSame(request.headers.authorization ?? '', `Bearer ${options.metricsToken}`))
      return this.#refuse('no_token');
    const { type, text } = await metrics.text();
    response.writeHead(200, { ...always, 'content-type': type, 'cache-control': 'no-store' }).end(text);
  }

  /** Of a rail and of who asks whether we live there are no floods that a wait would slow. */
  async #turnAway(code: 'one_caller' | 'full'): Promise<void> {
    const isAwaited = this.#kind === 'webhook' || this.#kind === 'health';
    if (!isAwaited) await this.#facts.admission.hold(this.#gone.signal);
    if (!this.#gone.signal.aborted) this.#refuse(code);
  }

  #refuse(code: Refusal): undefined {
    const { request, response, always } = this.#facts;
    refuse(request, response, code, always);
  }
}

/** A session or a key, wherever it comes from; null without. Kept as a hash alone. */
function nameOf({ headers }: IncomingMessage): string | null {
  const session = /(?:^|; )(?:__Host-)?next-auth\.session-token=([^;]+)/.exec(headers.cookie ?? '')?.[1];
  const name = headers.authorization ?? session;
  return name ? createHash('sha256').update(name).digest('base64url') : null;
}

function placeOf(request: IncomingMessage, proxyHops: number): string {
  const address = request.headers['x-forwarded-for'] ? addressOf(headersOf(request), proxyHops) : '';
  return address || (request.socket.remoteAddress ?? '');
}

/** Whether two texts are one, told in a time that says nothing of where they differ. */
function isSame(one: string, other: string): boolean {
  const [first, second] = [one, other].map((text) => createHash('sha256').update(text).digest());
  return first !== undefined && second !== undefined && timingSafeEqual(first, second);
}

function headersOf({ rawHeaders }: IncomingMessage): Headers {
  const headers = new Headers();
  for (let at = 0; at + 1 < rawHeaders.length; at += 2)
    headers.append(rawHeaders[at] ?? '', rawHeaders[at + 1] ?? '');
  return headers;
}
