/**
 * A file on its way to a page that shows how far it is: pieces, each behind eight bytes that say how many rows left so
 * far and how many bytes follow. A piece of no bytes ends it, so what was cut off never looks whole: neither HTTP nor
 * CSV would tell on every way between.
 */
export const FRAMES = 'application/vnd.monedero.frames';

const HEAD = 8;

/** Puts a piece of the file behind its head; `end` is a piece of nothing. */
export function frameOf(rows: number, chunk: Uint8Array): Uint8Array {
  const frame = new Uint8Array(HEAD + chunk.length);
  const head = new DataView(frame.buffer);
  head.setUint32(0, rows);
  head.setUint32(4, chunk.length);
  frame.set(chunk, HEAD);
  return frame;
}

/** The pieces of a file, told on the way how many rows there were. Throws where it ends before its end. */
export async function readFrames(
  stream: AsyncIterable<Uint8Array>,
  onRows: (rows: number) => void,
): Promise<Uint8Array<ArrayBuffer>[]> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let rest = new Uint8Array();
  let ended = false;
  for await (const chunk of stream) {
    const bytes = joined(rest, chunk);
    let at = 0;
    while (bytes.length - at >= HEAD && !ended) {
      const head = new DataView(bytes.buffer, at);
      const length = head.getUint32(4);
      if (bytes.length - at < HEAD + length) break;
      onRows(head.getUint32(0));
      if (length === 0) ended = true;
      else pieces.push(bytes.slice(at + HEAD, at + HEAD + length));
      at += HEAD + length;
    }
    rest = bytes.slice(at);
  }
  if (!ended || rest.length > 0) throw new Error('The file was cut off.');
  return pieces;
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
