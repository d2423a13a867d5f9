import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import PDFDocument, { type StructureElement as Element } from 'pdfkit';

export type FontName = 'plain' | 'strong';
type Style = { font: FontName; size: number; color: string };
type Placed = { width: number; align?: 'left' | 'right'; lineBreak?: boolean };

/** US Letter, as Mexico prints. In points. */
export const MARGIN = 48;
export const HEIGHT = 792;
export const RIGHT = 612 - MARGIN;
export const WIDTH = RIGHT - MARGIN;
export const INK = '#18181b';
export const SOFT = '#52525b';
const RULE = '#d4d4d8';

/** pdfkit reads TrueType, not the woff2 that browsers get of the same face. */
const fonts = path.join(
  path.dirname(createRequire(import.meta.url).resolve('geist/font/sans')),
  'fonts/geist-sans',
);
const FONTS: Record<FontName, Buffer> = {
  plain: readFileSync(path.join(fonts, 'Geist-Regular.ttf')),
  strong: readFileSync(path.join(fonts, 'Geist-SemiBold.ttf')),
};

type About = { title: string; author: string; lang: string; madeAt: Date };

/**
 * Pages of a tagged PDF (PDF/UA-1, ISO 14289): what is drawn belongs to an element of its tree, or is an artifact, which a
 * screen reader passes over. It leaves piece by piece through `emit`.
 */
export class Paper {
  readonly doc: PDFDocument;
  readonly root: Element;
  private readonly ended: Promise<void>;

  constructor({ title, author, lang, madeAt }: About, emit: (chunk: Uint8Array) => void) {
    this.doc = new PDFDocument({
      ...{ size: 'LETTER', margin: MARGIN, bufferPages: true, autoFirstPage: false },
      ...{ pdfVersion: '1.7', tagged: true, subset: 'PDF/UA', lang, displayTitle: true },
      info: { Title: title, Author: author, CreationDate: madeAt },
    });
    this.doc.on('data', emit);
    this.ended = new Promise((resolve, reject) => this.doc.on('end', resolve).on('error', reject));
    for (const [name, font] of Object.entries(FONTS)) this.doc.registerFont(name, font);
    this.doc.addPage();
    this.root = this.doc.struct('Document');
    this.doc.addStructure(this.root);
  }

  /** Numbers the pages, and resolves once the last piece has left. */
  async end(numbered: (page: number, pages: number) => string): Promise<void> {
    this.root.end();
    const { count } = this.doc.bufferedPageRange();
    for (let nth = 0; nth < count; nth += 1) {
      this.doc.switchToPage(nth);
      // Below the margin, where text would go on over another page.
      this.doc.page.margins.bottom = 0;
      this.artifact(() =>
        this.write(numbered(nth + 1, count), MARGIN, HEIGHT - MARGIN + 6, {
          ...{ size: 7.5, color: SOFT, width: WIDTH, align: 'right', lineBreak: false },
        }),
      );
    }
    this.doc.end();
    await this.ended;
  }

  open(parent: Element, tag: string): Element {
    const element = this.doc.struct(tag);
    parent.add(element);
    return element;
  }

  row(parent: Element, fill: (row: Element) => void): void {
    const row = this.open(parent, 'TR');
    fill(row);
    row.end();
  }

  /** An element of the tree's first level, drawn at once. */
  leaf(tag: string, draw: () => void, options: { alt?: string } = {}): void {
    const element = this.doc.struct(tag, options, draw);
    this.root.add(element);
    element.end();
  }

  /** What a screen reader passes over. */
  artifact(draw: () => void): void {
    this.doc.markContent('Artifact', { type: 'Layout' });
    draw();
    this.doc.endMarkedContent();
  }

  rule(y: number, color = RULE): void {
    this.artifact(() =>
      this.doc.moveTo(MARGIN, y).lineTo(RIGHT, y).lineWidth(0.5).strokeColor(color).stroke(),
    );
  }

  write(
    text: string,
    x: number,
    y: number,
    { font = 'plain', size = 9, color = INK, ...options }: Partial<Style> & Placed,
  ): void {
    this.doc
      .font(font)
      .fontSize(size)
      .fillColor(color)
      .text(text, x, y, { features: ['tnum'], ...options });
  }

  heightOf(text: string, width: number, size: number): number {
    if (text === '') return 0;
    return this.doc
      .font('plain')
      .fontSize(size)
      .heightOfString(text, { width, features: ['tnum'] });
  }
}
