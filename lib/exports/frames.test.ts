import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frameOf, readFrames } from '~/lib/exports/frames';

const piece = fc.uint8Array({ minLength: 1, maxLength: 20 });
const framed = (pieces: Uint8Array[]) =>
  Buffer.concat([...pieces, new Uint8Array()].map((each, index) => frameOf(index * 1_000, each)));

/** The bytes in chunks of some length, as a network hands them over. */
async function* inChunks(bytes: Uint8Array, length: number) {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}

describe('a file in frames', () => {
  it('comes out as it went in, however the network cuts it up, with its rows told', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(piece), fc.integer({ min: 1, max: 50 }), async (pieces, length) => {
        const told: number[] = [];
        const read = await readFrames(inChunks(framed(pieces), length), (rows) => told.push(rows));
        expect(Buffer.concat(read).equals(Buffer.concat(pieces))).toBe(true);
        expect(told).toEqual([...pieces, null].map((_piece, index) => index * 1_000));
      }),
    );
  });

  it('is never taken for whole when anything of its end is missing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(piece), fc.nat(), async (pieces, cut) => {
        const whole = framed(pieces);
        const some = whole.subarray(0, cut % whole.length);
        await expect(readFrames(inChunks(some, 16), () => undefined)).rejects.toThrow('cut off');
      }),
    );
  });
});
