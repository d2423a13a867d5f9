import http, {
  type IncomingHttpHeaders,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type ServerResponse,
} from 'node:http';

/** Of one connection, or what nobody but a proxy of ours may say (RFC 9110, 7.6.1). */
const NOT_PASSED = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'expect',
]);
/** Told anew with the body; and a host that only whoever asks says. */
const NOT_BELIEVED = new Set(['content-length', 'x-forwarded-host']);

export type Upstream = { socketPath: string; agent: http.Agent };

type Outgoing = {
  upstream: Upstream;
  request: IncomingMessage;
  response: ServerResponse;
  body: Buffer;
  /** What every answer carries. */
  headers: Record<string, string>;
};

/** Hands a request on and its answer back, as it comes. Rejects when there is none. */
export function forward({ upstream, request, response, body, headers }: Outgoing): Promise<void> {
  return new Promise((resolve, reject) => {
    const onward = http.request({
      ...upstream,
      method: request.method,
      path: request.url,
      headers: { ...passedOn(request), ...(hasBody(request, body) && { 'content-length': body.length }) },
    });
    onward.on('error', reject);
    onward.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, { ...withoutHops(answer.headers), ...headers });
      answer.pipe(response);
      answer.on('error', () => response.destroy());
      response.on('close', resolve);
    });
    // Nobody is left to hear it: what works on the answer may stop.
    response.on('close', () => onward.destroy());
    onward.end(body);
  });
}

/** Whether somebody is signed in, as the app itself says. */
export async function isSignedIn(upstream: Upstream, { headers }: IncomingMessage): Promise<boolean> {
  const { host, cookie, 'user-agent': userAgent = '' } = headers;
  return !!cookie && (await asked(upstream, '/api/awake', { host, cookie, 'user-agent': userAgent })) === 204;
}

/** Whether it comes with a key that the API answers to now: by what any key may read. */
export async function isKey(upstream: Upstream, request: IncomingMessage): Promise<boolean> {
  const { host, authorization, 'x-forwarded-for': hops } = passedOn(request);
  const headers = { host, authorization, 'x-forwarded-for': hops };
  return !!authorization && (await asked(upstream, '/api/v1/assets', headers)) === 200;
}

function asked(upstream: Upstream, path: string, headers: OutgoingHttpHeaders): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    http
      .get({ ...upstream, path, headers }, (answer) => {
        answer.resume().on('end', () => resolve(answer.statusCode));
      })
      .on('error', reject);
  });
}

function hasBody({ method }: IncomingMessage, body: Buffer): boolean {
  return body.length > 0 || !['GET', 'HEAD', 'OPTIONS'].includes(method ?? 'GET');
}

function passedOn({ headers, socket }: IncomingMessage): IncomingHttpHeaders {
  const passed = without(NOT_BELIEVED, withoutHops(headers));
  // Where nobody before us says, it is who connected.
  passed['x-forwarded-for'] ??= socket.remoteAddress ?? '';
  return passed;
}

function withoutHops(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const named = String(headers.connection ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim());
  return without(new Set([...NOT_PASSED, ...named]), headers);
}

function without(names: ReadonlySet<string>, headers: IncomingHttpHeaders): IncomingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !names.has(name)));
}
