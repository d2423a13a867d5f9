import type { IncomingMessage } from 'node:http';
import { FintocError } from '~/sandbox/http/errors';
import { type Fields, isFields } from '~/sandbox/http/input';

// Documents may have 20 MB, and their form some more around them.
const LARGEST_BODY = 21 * 1024 * 1024;

const read = new WeakMap<IncomingMessage, Promise<Buffer>>();

/** The body's bytes, as sent: the signature is over them. May be asked for again. */
export function readBody(request: IncomingMessage): Promise<Buffer> {
  let body = read.get(request);
  if (!body) {
    body = collect(request);
    read.set(request, body);
  }
  return body;
}

async function collect(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST_BODY) throw new FintocError(400, 'invalid_request', 'The request body is too large.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The fields of a JSON or form body. A multipart body has none here: its route reads the bytes. */
export function parseBody(raw: Buffer, contentType: string): Fields {
  if (raw.length === 0 || contentType.startsWith('multipart/')) return {};
  if (contentType.startsWith('application/x-www-form-urlencoded')) return parseForm(raw.toString('utf8'));
  let parsed: unknown;
  try {
    parsed = JSON.parse(raw.toString('utf8'));
  } catch {
    throw new FintocError(400, 'invalid_json', 'The request body is not valid JSON.');
  }
  if (!isFields(parsed)) throw new FintocError(400, 'invalid_json', 'The request body is not a JSON object.');
  return parsed;
}

/** `a=1&b[c]=2`, as the examples with curl -d in Fintoc's pages send it. */
function parseForm(text: string): Fields {
  const fields: Fields = {};
  for (const [name, value] of new URLSearchParams(text)) {
    const [, outer, inner] = /^([^[]+)\[([^\]]+)\]$/.exec(name) ?? [];
    if (!outer || !inner) fields[name] = value;
    else {
      const nested = fields[outer];
      fields[outer] = { ...(isFields(nested) ? nested : {}), [inner]: value };
    }
  }
  return fields;
}

/** The file of a multipart form's `file` field. */
export async function readFile(raw: Buffer, contentType: string): Promise<{ name: string; bytes: Buffer }> {
  const form = await new Response(new Uint8Array(raw), { headers: { 'content-type': contentType } })
    .formData()
    .catch(() => undefined);
  const file = form?.get('file');
  if (!file || typeof file === 'string')
    throw new FintocError(
      400,
      'missing_parameter',
      'A multipart form with the field file is required.',
      'file',
    );
  return { name: file.name, bytes: Buffer.from(await file.arrayBuffer()) };
}
