import http from 'node:http';
import type { Hostile } from './requests.ts';
import type { Target } from './targets.ts';

export type Finding = { nth: number; what: string; why: string };
type Answer = { status: number; type: string; text: string } | { error: string };

const DEADLINE_MS = 120_000;

/** One request over a connection of its own: what is broken on one must not reach the next. */
export function send(origin: string, { method, path, headers, body }: Hostile): Promise<Answer> {
  const { hostname, port, host } = new URL(origin);
  return new Promise((resolve) => {
    const request = http.request({
      ...{ hostname, port, method, path, agent: false },
      headers: { host, ...headers, ...(body && { 'content-length': body.length }) },
    });
    const deadline = setTimeout(() => end({ error: 'no answer in time' }), DEADLINE_MS);
    const end = (answer: Answer) => {
      clearTimeout(deadline);
      request.destroy();
      resolve(answer);
    };
    request.on('error', (error) => end({ error: error.message }));
    request.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part) => {
        text += part;
      });
      const { statusCode: status = 0 } = response;
      const type = response.headers['content-type'] ?? '';
      response.on('end', () => end({ status, type, text }));
      response.on('error', (error) => end({ error: `broke off after ${status}: ${error.message}` }));
    });
    request.end(body);
  });
}

/** What an answer failed in; null when it is as it should be. */
export function judge(nth: number, target: Target, asked: Hostile, answer: Answer): Finding | null {
  const name = target.kind === 'action' ? `action ${target.id} of ${target.path}` : target.path;
  const body = asked.body?.toString('latin1').slice(0, 400) ?? '';
  const what = `${asked.method} ${name} as ${asked.path.slice(0, 300)} ${asked.headers['content-type'] ?? ''} ${body}`;
  const why = 'error' in answer ? answer.error : fault(target, answer);
  return why === null ? null : { nth, what, why };
}

function fault(target: Target, { status, type, text }: Exclude<Answer, { error: string }>): string | null {
  // Without a worker nobody says that all is well.
  if (status === 503 && target.path.startsWith('/api/health')) return null;
  if (status >= 500) return `${status}: ${text.slice(0, 300)}`;
  if (target.kind === 'verb')
    return status >= 400 ? problemFault({ status, type, text }) : answerFault(target, status, text);
  // A page that stands can still hold the failure of a part.
  if (target.kind === 'page' && /"digest":"\d+"|data-dgst="\d+"/.test(text))
    return `${status} with a failure inside`;
  return null;
}

function problemFault({ status, type, text }: Exclude<Answer, { error: string }>): string | null {
  return isProblem(type, text) ? null : `${status} without words: ${text.slice(0, 200)}`;
}

/** What it answers is what its description says. */
function answerFault({ answer }: Target & { kind: 'verb' }, status: number, text: string): string | null {
  // An id of dots makes another address, and who asks is sent there.
  if (answer === null || status === 308) return null;
  if (status !== answer.status) return `${status}, where it says ${answer.status}`;
  const { error } = answer.shape.safeParse(JSON.parse(text));
  return error ? `breaks its schema: ${error.message.slice(0, 300)} in ${text.slice(0, 300)}` : null;
}

function isProblem(type: string, text: string): boolean {
  if (!type.startsWith('application/problem+json')) return false;
  const { title, detail, code } = JSON.parse(text);
  return [title, detail, code].every((each) => typeof each === 'string' && each !== '');
}
