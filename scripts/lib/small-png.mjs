/** Screenshots have few colours: as a palette they are a fraction of what browsers write. */
import zlib from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const COLOURS = 256;

/**
 * The same picture in 256 colours: those that it has most of, and of all others the nearest.
 *
 * @param {Buffer} png  of 8 bits a channel, not interlaced, as browsers write them
 */
export function inFewColours(png) {
  const { width, height, pixels } = decoded(png);
  const counts = new Map();
  for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
  const palette = chosen(counts);
  const place = new Map(palette.map((colour, at) => [colour, at]));
  const rows = Buffer.alloc(height * (width + 1));
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const pixel = pixels[y * width + x];
      let at = place.get(pixel);
      if (at === undefined) {
        at = nearest(palette, pixel);
        place.set(pixel, at);
      }
      rows[y * (width + 1) + 1 + x] = at;
    }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  // Eight bits, by palette.
  head.set([8, 3, 0, 0, 0], 8);
  const colours = Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]));
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', head),
    chunk('PLTE', colours),
    chunk('IDAT', zlib.deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** The most frequent, and none that can't be told from one that is more so. */
function chosen(counts) {
  const sorted = [...counts].sort(([, one], [, other]) => other - one).map(([colour]) => colour);
  const palette = [];
  for (const apart of [24, 0])
    for (const colour of sorted) {
      if (palette.length === COLOURS) return palette;
      if (palette.includes(colour)) continue;
      if (palette.every((other) => distance(other, colour) > apart)) palette.push(colour);
    }
  return palette;
}

function nearest(palette, pixel) {
  let [best, least] = [0, Number.POSITIVE_INFINITY];
  for (const [at, colour] of palette.entries()) {
    const far = distance(colour, pixel);
    if (far < least) [best, least] = [at, far];
  }
  return best;
}

function distance(one, other) {
  const red = (one >> 16) - (other >> 16);
  const green = ((one >> 8) & 255) - ((other >> 8) & 255);
  const blue = (one & 255) - (other & 255);
  return red * red + green * green + blue * blue;
}

/** @returns {{ width: number, height: number, pixels: Uint32Array }} each pixel as 0xRRGGBB */
function decoded(png) {
  const width = png.readUInt32BE(16);
  const height = png.readUInt32BE(20);
  const [depth, kind, , , interlaced] = png.subarray(24, 29);
  const bytes = { 2: 3, 6: 4 }[kind];
  if (depth !== 8 || interlaced || !bytes) throw new Error('Not a PNG as browsers write them.');
  const raw = zlib.inflateSync(Buffer.concat([...dataOf(png)]));
  const stride = width * bytes;
  const pixels = new Uint32Array(width * height);
  let before = Buffer.alloc(stride);
  for (let y = 0; y < height; y += 1) {
    const from = y * (stride + 1);
    const row = unfiltered(raw[from], raw.subarray(from + 1, from + 1 + stride), before, bytes);
    for (let x = 0; x < width; x += 1)
      pixels[y * width + x] = (row[x * bytes] << 16) | (row[x * bytes + 1] << 8) | row[x * bytes + 2];
    before = row;
  }
  return { width, height, pixels };
}

function* dataOf(png) {
  for (let at = SIGNATURE.length; at < png.length; ) {
    const length = png.readUInt32BE(at);
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') yield png.subarray(at + 8, at + 8 + length);
    at += length + 12;
  }
}

/** PNG's five ways to write a row by its neighbours. */
function unfiltered(filter, row, above, bytes) {
  const plain = Buffer.alloc(row.length);
  for (let at = 0; at < row.length; at += 1) {
    const left = at < bytes ? 0 : plain[at - bytes];
    const corner = at < bytes ? 0 : above[at - bytes];
    const by = [0, left, above[at], (left + above[at]) >> 1, paeth(left, above[at], corner)][filter];
    plain[at] = row[at] + by;
  }
  return plain;
}

function paeth(left, above, corner) {
  const guess = left + above - corner;
  const [a, b, c] = [left, above, corner].map((value) => Math.abs(guess - value));
  if (a <= b && a <= c) return left;
  return b <= c ? above : corner;
}

function chunk(name, data) {
  const whole = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const framed = Buffer.alloc(whole.length + 8);
  framed.writeUInt32BE(data.length, 0);
  whole.copy(framed, 4);
  framed.writeUInt32BE(crc(whole), whole.length + 4);
  return framed;
}

function crc(bytes) {
  let value = 0xffffffff;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  }
  return (value ^ 0xffffffff) >>> 0;
}
