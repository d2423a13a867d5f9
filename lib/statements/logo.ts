import { createHash } from 'node:crypto';
import { type RenderedImage, Resvg, renderAsync } from '@resvg/resvg-js';
import { authorize, type OperatorActor } from '~/lib/actor';
import { transaction } from '~/lib/db';
import { DomainError } from '~/lib/errors';
import { writeSetting } from '~/lib/settings';

/** Of what is uploaded. */
export const MOST_LOGO_BYTES = 1024 * 1024;
const MOST_PIXELS = 4_096;
/** In pixels: enough for print at the size that a statement shows it in. */
const DRAWN_WIDTH = 900;

/** What reaches for other files, stands for far more than it says, or needs a font: a mark is shapes. */
const MORE_THAN_SHAPES =
  /<!DOCTYPE|<!ENTITY|<\?xml-stylesheet|<(?:[\w.-]+:)?(?:image|feImage|filter|use|pattern|script|foreignObject|text)\b|@import/i;

/**
 * Names the platform on what goes to its customers, and gives it a mark, or takes it off by null. Left out, the mark stays.
 * An SVG or PNG, told by its content, is drawn once and kept as a PNG of our own: nothing of the file that was uploaded
 * is ever served. Throws `logo_unreadable`.
 */
export async function changePlatform(
  actor: OperatorActor,
  { name, logo }: { name: string; logo?: Uint8Array | null | undefined },
): Promise<void> {
  authorize(actor, 'settings:write');
  const drawn = logo ? await drawLogo(logo) : null;
  await transaction(async (tx) => {
    if (drawn) await tx.logo.createMany({ data: [drawn], skipDuplicates: true });
    const before = await tx.setting.findUnique({ where: { key: 'platform' } });
    const kept = (before?.value as { logo?: string | null } | null)?.logo ?? null;
    const mark = logo === undefined ? kept : (drawn?.sha256 ?? null);
    await writeSetting(tx, actor, { key: 'platform', value: { name, logo: mark } });
  });
}

type Drawn = { sha256: string; png: Uint8Array<ArrayBuffer>; width: number; height: number };

/** Draws an uploaded mark anew. Throws `logo_unreadable` for what is no PNG or SVG, or one that holds more than shapes. */
export async function drawLogo(bytes: Uint8Array): Promise<Drawn> {
  if (bytes.length > MOST_LOGO_BYTES) throw unreadable('too_large');
  const svg = isPng(bytes) ? svgAround(bytes) : svgOf(bytes);
  const image = await render(svg).catch((error: unknown) => {
    throw error instanceof DomainError ? error : unreadable('not_drawn');
  });
  const { width, height } = image;
  // What couldn't be decoded inside is left out without a word.
  if (!image.pixels.some((value, nth) => nth % 4 === 3 && value > 0)) throw unreadable('empty');
  const png = new Uint8Array(image.asPng());
  return { sha256: createHash('sha256').update(png).digest('hex'), png, width, height };
}

async function render(svg: string): Promise<RenderedImage> {
  const font = { loadSystemFonts: false };
  const { width, height } = new Resvg(svg, { font });
  // Before anything is drawn: a strip that is a thousand times as high as wide would fill the memory.
  if (!(width > 0 && height > 0 && (height / width) * DRAWN_WIDTH <= MOST_PIXELS)) throw unreadable('size');
  return renderAsync(svg, { font, fitTo: { mode: 'width', value: DRAWN_WIDTH } });
}

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

function isPng(bytes: Uint8Array): boolean {
  return PNG.every((byte, nth) => bytes[nth] === byte);
}

/** Its size stands at a fixed place (PNG, 11.2.1): one that would fill the memory is refused before it is opened. */
function svgAround(bytes: Uint8Array): string {
  if (bytes.length < 33) throw unreadable('not_drawn');
  const head = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [width, height] = [head.getUint32(16), head.getUint32(20)];
  if (width < 1 || height < 1 || width > MOST_PIXELS || height > MOST_PIXELS) throw unreadable('size');
  const data = Buffer.from(bytes).toString('base64');
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><image width="${width}" height="${height}" href="data:image/png;base64,${data}"/></svg>`;
}

function svgOf(bytes: Uint8Array): string {
  const text = decoded(bytes);
  if (!/^\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--[\s\S]*?-->\s*)*<svg[\s>]/.test(text)) throw unreadable('kind');
  if (MORE_THAN_SHAPES.test(text.replace(/<!--[\s\S]*?-->/g, ''))) throw unreadable('more_than_shapes');
  return text;
}

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw unreadable('kind');
  }
}

function unreadable(why: string): DomainError {
  return new DomainError('logo_unreadable', 'The logo can’t be drawn.', { why });
}
