import type { IncomingMessage } from 'node:http';

/** Why a body is not taken. */
export type BodyFault = 'too_large' | 'too_slow' | 'broken_off';
export type Body = { bytes: Buffer } | { fault: BodyFault };

/** From the first byte to the last, and between two of them. */
const WHOLE_MS = 20_000;
const IDLE_MS = 10_000;
/** One of 20 MB over a telephone. */
const LARGE_WHOLE_MS = 180_000;
const LARGE_BYTES = 1024 * 1024;

/** A body up to so many bytes, within a time: who sends a byte now and then would hold a place for ever. */
export async function readBody(
  request: IncomingMessage,
  most: number,
  { wholeMs = most > LARGE_BYTES ? LARGE_WHOLE_MS : WHOLE_MS, idleMs = IDLE_MS } = {},
): Promise<Body> {
  if (Number(request.headers['content-length'] ?? 0) > most) return { fault: 'too_large' };
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const end = (body: Body) => {
      clearTimeout(whole);
      clearTimeout(idle);
      request.off('data', take).off('end', finish).off('error', breakOff).off('close', breakOff);
      request.pause();
      resolve(body);
    };
    const slow = () => end({ fault: 'too_slow' });
    const whole = setTimeout(slow, wholeMs);
    const idle = setTimeout(slow, idleMs);
    const finish = () => end({ bytes: Buffer.concat(chunks) });
    const breakOff = () => end({ fault: 'broken_off' });
    const take = (chunk: Buffer) => {
      idle.refresh();
      size += chunk.length;
      chunks.push(chunk);
      if (size > most) end({ fault: 'too_large' });
    };
    request.on('data', take).on('end', finish).on('error', breakOff).on('close', breakOff);
    if (request.complete && request.readableEnded) finish();
  });
}
