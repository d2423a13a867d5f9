/** What of pdfkit 0.20 is used here: the types that others publish know nothing of PDF/UA yet. */
declare module 'pdfkit' {
  type TextOptions = {
    width?: number;
    align?: 'left' | 'right';
    lineBreak?: boolean;
    features?: string[];
  };

  export interface StructureElement {
    add(child: StructureElement): this;
    end(): void;
  }

  type StructureOptions = { alt?: string; scope?: 'Row' | 'Column' };

  class PDFDocument {
    constructor(options: {
      size: 'LETTER';
      margin: number;
      bufferPages: boolean;
      autoFirstPage: boolean;
      pdfVersion: '1.7';
      tagged: true;
      subset: 'PDF/UA';
      lang: string;
      displayTitle: true;
      info: { Title: string; Author: string; CreationDate: Date };
    });
    y: number;
    readonly page: { margins: { bottom: number } };
    on(event: 'data', listener: (chunk: Uint8Array) => void): this;
    on(event: 'end', listener: () => void): this;
    on(event: 'error', listener: (error: Error) => void): this;
    end(): void;

    addPage(): this;
    switchToPage(nth: number): void;
    bufferedPageRange(): { start: number; count: number };

    struct(tag: string, draw?: () => void): StructureElement;
    struct(tag: string, options: StructureOptions, draw: () => void): StructureElement;
    addStructure(element: StructureElement): this;
    markContent(tag: 'Artifact', options: { type: 'Layout' | 'Pagination' }): this;
    endMarkedContent(): this;

    registerFont(name: string, source: Uint8Array): this;
    font(name: string): this;
    fontSize(size: number): this;
    text(text: string, x: number, y: number, options: TextOptions): this;
    heightOfString(text: string, options: TextOptions): number;
    image(
      source: Uint8Array,
      x: number,
      y: number,
      options: { fit: [number, number]; valign: 'center' },
    ): this;
    moveTo(x: number, y: number): this;
    lineTo(x: number, y: number): this;
    lineWidth(width: number): this;
    strokeColor(color: string): this;
    fillColor(color: string): this;
    stroke(): this;
  }

  export { PDFDocument as default };
}
