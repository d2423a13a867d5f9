import { MAX_BODY_BYTES, receiveDelivery } from '~/lib/inbox/receive';
import { keepRefusal } from '~/lib/inbox/refused';
import type { Rail } from '~/lib/rails/rail';
import { mainRail, railNamed } from '~/lib/rails/registry';

/** What takes the deliveries of a rail over HTTP. 200 means stored; the rail repeats anything else. */
export function deliveriesOf(name: string): (request: Request) => Promise<Response> {
  return (request) => answerDelivery(railNamed(name), request);
}

async function answerDelivery(rail: Rail, request: Request): Promise<Response> {
  const body = await readLimited(request);
  if (body === null) {
    await keepLarge(request.headers, Number(request.headers.get('content-length') ?? 0), rail);
    return new Response(null, { status: 413 });
  }
  const { status } = await receiveDelivery(request.headers, body, rail);
  return new Response(null, { status });
}

/** Keeps that a delivery was too large; `bytes`: what it said of its length. */
export async function keepLarge(headers: Headers, bytes: number, rail = mainRail()): Promise<void> {
  const bodyBytes = Math.min(Math.max(bytes || 0, MAX_BODY_BYTES), 2 ** 31 - 1);
  await keepRefusal({ rail, reason: 'too_large', secrets: [], headers, body: '', bodyBytes });
}

/** The raw text, byte for byte as it was signed; null when it is over the limit, which a header alone can't be trusted on. */
async function readLimited(request: Request): Promise<string | null> {
  if (Number(request.headers.get('content-length') ?? 0) > MAX_BODY_BYTES) return null;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > MAX_BODY_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
