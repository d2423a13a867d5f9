import { describe, expect, it } from 'vitest';
import { drawLogo } from '~/lib/statements/logo';

const bytes = (text: string) => new TextEncoder().encode(text);
const svg = (inside: string, size = 'viewBox="0 0 10 4"') =>
  bytes(`<svg xmlns="http://www.w3.org/2000/svg" ${size}>${inside}</svg>`);
const shape = '<rect class="a" width="10" height="4"/>';

describe('a logo', () => {
  it('is told by its content, drawn once, and the same drawing again', async () => {
    const drawn = await drawLogo(svg(`<!-- from a drawing program --><style>.a{fill:#f00}</style>${shape}`));
    expect([drawn.width, drawn.height]).toEqual([900, 360]);
    expect([...drawn.png.slice(1, 4)]).toEqual([...bytes('PNG')]);
    const again = await drawLogo(drawn.png);
    expect([again.width, again.height]).toEqual([900, 360]);
  });

  it.each([
    ['a script', svg(`<script>alert(1)</script>${shape}`), 'more_than_shapes'],
    ['another file', svg('<image href="/etc/logo.png"/>'), 'more_than_shapes'],
    [
      'another file under a prefix',
      bytes('<svg xmlns:s="http://www.w3.org/2000/svg"><s:image/></svg>'),
      'more_than_shapes',
    ],
    [
      'a style from elsewhere',
      svg(`<style>@import "http://example.com/a.css"</style>${shape}`),
      'more_than_shapes',
    ],
    ['text, which needs a font', svg('<text>Nopal</text>'), 'more_than_shapes'],
    ['what grows when it is read', bytes('<!DOCTYPE svg [<!ENTITY a "b">]><svg/>'), 'kind'],
    ['another kind of file', bytes('<html></html>'), 'kind'],
    ['nothing', bytes(''), 'kind'],
    ['bytes that are no text', new Uint8Array([0xff, 0xfe, 0x3c]), 'kind'],
    ['a strip', svg('<rect width="1" height="1"/>', 'width="1" height="100000"'), 'size'],
    ['a cut SVG', bytes('<svg xmlns="http://www.w3.org/2000/svg" width="1"'), 'not_drawn'],
    ['nothing to see', svg(''), 'empty'],
    ['a PNG that fills the memory', pngHead(100_000, 100_000), 'size'],
    ['a PNG of a head alone', pngHead(10, 10), 'empty'],
    ['more than a megabyte', new Uint8Array(1_048_577), 'too_large'],
  ])('of %s is refused', async (_what, upload, why) => {
    await expect(drawLogo(upload)).rejects.toMatchObject({ code: 'logo_unreadable', details: { why } });
  });
});

function pngHead(width: number, height: number): Uint8Array {
  const head = Buffer.alloc(64);
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]).copy(
    head,
  );
  head.writeUInt32BE(width, 16);
  head.writeUInt32BE(height, 20);
  return new Uint8Array(head);
}
