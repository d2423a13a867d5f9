import { createHash } from 'node:crypto';
import type { Upload } from '~/lib/api/operation';
import { Problem } from '~/lib/api/problem';
import { storable } from '~/lib/storable';

const MAX_BODY = 64 * 1024;
const MB = 1024 * 1024;

/** What a request says, as JSON. Throws where it is none, or says a thing twice. */
export async function jsonOf(request: Request): Promise<unknown> {
  const text = await request.text();
  if (Buffer.byteLength(text) > MAX_BODY) throw tooLarge('64 KB');
  const body = parsed(text === '' ? '{}' : text);
  if (body === NO_JSON) throw malformed('The body is no JSON. Send one object, in UTF-8.');
  const twice = namedTwice(text);
  if (twice !== null) throw malformed(`${twice} stands twice in one object: which of the two is meant?`);
  return body;
}

const NO_JSON = Symbol('no JSON');

function parsed(text: string): unknown {
  try {
    // What PostgreSQL can't keep is nobody's text: U+0000, and half of a character.
    return storable(JSON.parse(text));
  } catch {
    return NO_JSON;
  }
}

/**
 * A name that an object of this JSON has twice. Parsers differ in which they take, so that a proxy or a log may have seen
 * another amount than we would.
 */
function namedTwice(json: string): string | null {
  const open: Set<string>[] = [];
  // Of what is JSON, only a name is followed by a colon.
  for (const [token] of json.matchAll(/"(?:[^"\\]|\\.)*"(?:\s*:)?|[{}]/g)) {
    if (token === '{') open.push(new Set());
    else if (token === '}') open.pop();
    else if (token.endsWith(':')) {
      const name: string = JSON.parse(token.slice(0, token.lastIndexOf('"') + 1));
      const names = open.at(-1);
      if (names?.has(name)) return name;
      names?.add(name);
    }
  }
  return null;
}

/** The file that a request is. Throws where it is too large, or of another type. */
export async function fileOf(request: Request, { types, mostBytes }: Upload): Promise<File> {
  const type = request.headers.get('content-type') ?? '';
  if (!types.includes(type)) {
    const detail = `Send one file, and as its Content-Type one of ${types.join(', ')}.`;
    throw new Problem({
      ...{ status: 400, code: 'body_malformed', title: 'Malformed body', detail },
      errors: [{ parameter: 'Content-Type', code: 'invalid', detail }],
    });
  }
  const most = `${mostBytes / MB} MB`;
  if (Number(request.headers.get('content-length') ?? 0) > mostBytes) throw tooLarge(most);
  const bytes = await request.arrayBuffer();
  if (bytes.byteLength > mostBytes) throw tooLarge(most);
  return new File([bytes], 'file', { type });
}

/** What makes a request this and no other: of a file its hash. */
export async function contentOf(body: unknown): Promise<unknown> {
  if (!(body instanceof File)) return body;
  const bytes = new Uint8Array(await body.arrayBuffer());
  return { type: body.type, sha256: createHash('sha256').update(bytes).digest('hex') };
}

function malformed(detail: string): Problem {
  return new Problem({ status: 400, code: 'body_malformed', title: 'Malformed body', detail });
}

function tooLarge(most: string): Problem {
  return new Problem({
    ...{ status: 413, code: 'body_too_large', title: 'Body too large' },
    detail: `A request’s body has at most ${most}.`,
  });
}
