import type { StructureElement as Element } from 'pdfkit';
import type { Movement } from '~/lib/movements/movements';
import type { StatementFacts } from '~/lib/statements/content';
import { type FontName, HEIGHT, MARGIN, Paper, RIGHT, SOFT, WIDTH } from '~/lib/statements/paper';
import type { Platform } from '~/lib/statements/platform';
import { groundsOf, headOf, lineOf, type Speaker, sumsOf } from '~/lib/statements/said';

const BOTTOM = HEIGHT - MARGIN - 24;
const COLUMNS = { date: 70, amount: 92, balance: 96 } as const;
const KIND = {
  x: MARGIN + COLUMNS.date,
  width: WIDTH - COLUMNS.date - COLUMNS.amount - COLUMNS.balance - 10,
};
const AMOUNT_X = RIGHT - COLUMNS.balance - COLUMNS.amount;
const BALANCE_X = RIGHT - COLUMNS.balance;

/**
 * A statement as a tagged PDF (PDF/UA-1, ISO 14289): a screen reader hears its title, its sums and its lines as tables
 * with heads, and passes over page numbers and rules. It leaves piece by piece through `emit`.
 */
export class StatementPdf {
  private readonly paper: Paper;
  private readonly body: Element;
  private readonly table: Element;
  private count = 0;

  private readonly facts: StatementFacts;
  private readonly speaker: Speaker;
  private readonly platform: Platform;

  constructor(
    facts: StatementFacts,
    speaker: Speaker,
    platform: Platform,
    emit: (chunk: Uint8Array) => void,
  ) {
    this.facts = facts;
    this.speaker = speaker;
    this.platform = platform;
    this.paper = new Paper(
      {
        title: `${this.title()} · ${facts.holderName ?? facts.walletName} · ${facts.asset}`,
        ...{ author: platform.name, lang: speaker.locale, madeAt: facts.madeAt },
      },
      emit,
    );
    this.head();
    this.table = this.paper.open(this.paper.root, 'Table');
    const heads = this.paper.open(this.table, 'THead');
    this.paper.row(heads, (row) =>
      this.tableHead((draw) => row.add(this.paper.doc.struct('TH', { scope: 'Column' }, draw))),
    );
    heads.end();
    this.body = this.paper.open(this.table, 'TBody');
    this.balanceRow(speaker.words.opening, facts.opening);
  }

  add(lines: readonly Movement[]): void {
    for (const line of lines) this.line(line);
    this.count += lines.length;
  }

  /** Resolves once its last piece has left. */
  async end(): Promise<void> {
    const { words } = this.speaker;
    if (this.count === 0) this.noteRow(words.noLines);
    this.balanceRow(words.closing, this.facts.closing);
    this.body.end();
    this.table.end();
    this.room(40);
    this.paragraph(words.end(words.counted(this.count)), this.paper.doc.y + 10);
    await this.paper.end(words.page);
  }

  private title(): string {
    const { part, parts } = this.facts;
    const { words } = this.speaker;
    return parts === 1 ? words.title : words.titlePart(part, parts);
  }

  private paragraph(text: string, y: number): void {
    this.paper.leaf('P', () => this.paper.write(text, MARGIN, y, { size: 7.5, color: SOFT, width: WIDTH }));
  }

  private head(): void {
    this.brand();
    this.paper.leaf('H1', () =>
      this.paper.write(this.title(), MARGIN, 100, { font: 'strong', size: 17, width: WIDTH }),
    );
    const top = this.paper.doc.y + 10;
    const half = WIDTH / 2 - 12;
    const left = this.pairs(headOf(this.facts, this.speaker), MARGIN, top, half);
    const { asset } = this.facts;
    const sums = sumsOf(this.facts, this.speaker.words).map(([label, amount, note]): [string, string] => [
      note === null ? label : `${label} (${note})`,
      this.speaker.amount(amount, asset),
    ]);
    const right = this.pairs(sums, MARGIN + WIDTH / 2 + 12, top, half, 'right');
    let y = Math.max(left, right) + 8;
    for (const sentence of groundsOf(this.facts, this.speaker)) {
      this.paragraph(sentence, y);
      y = this.paper.doc.y + 2;
    }
    this.paper.doc.y = y + 10;
  }

  private brand(): void {
    const { name, logo } = this.platform;
    if (logo) {
      const draw = () =>
        this.paper.doc.image(Buffer.from(logo.png), MARGIN, MARGIN - 8, { fit: [150, 40], valign: 'center' });
      this.paper.leaf('Figure', () => void draw(), { alt: this.speaker.words.logo(name) });
    }
    this.paper.leaf('P', () =>
      this.paper.write(name, logo ? MARGIN + 160 : MARGIN, MARGIN + 5, {
        ...{ font: 'strong', size: 11, width: logo ? WIDTH - 160 : WIDTH, align: logo ? 'right' : 'left' },
      }),
    );
    this.paper.rule(88);
  }

  /** Labels and values, as a table whose rows have heads. Returns where it ends. */
  private pairs(
    rows: readonly [string, string][],
    x: number,
    top: number,
    width: number,
    align: 'left' | 'right' = 'left',
  ): number {
    const table = this.paper.open(this.paper.root, 'Table');
    const label = width * 0.4;
    const [labelWidth, valueX] = align === 'left' ? [label - 6, x + label] : [width * 0.62, x + width * 0.62];
    let y = top;
    for (const [head, value] of rows) {
      let end = y;
      this.paper.row(table, (row) => {
        row.add(
          this.paper.doc.struct('TH', { scope: 'Row' }, () => {
            this.paper.write(head, x, y, { size: 8.5, color: SOFT, width: labelWidth });
            end = this.paper.doc.y;
          }),
        );
        row.add(
          this.paper.doc.struct('TD', () => {
            this.paper.write(value, valueX, y, { size: 8.5, width: x + width - valueX, align });
            end = Math.max(end, this.paper.doc.y);
          }),
        );
      });
      y = end + 3;
    }
    table.end();
    return y;
  }

  /** Its four heads, by whoever puts them somewhere: tagged the first time, passed over on the next pages. */
  private tableHead(put: (draw: () => void) => void): void {
    const { columns } = this.speaker.words;
    const y = this.paper.doc.y;
    const style = { font: 'strong', size: 8, color: SOFT } as const;
    put(() => this.paper.write(columns.booked, MARGIN, y, { ...style, width: COLUMNS.date }));
    put(() => this.paper.write(columns.kind, KIND.x, y, { ...style, width: KIND.width }));
    put(() =>
      this.paper.write(columns.amount, AMOUNT_X, y, { ...style, width: COLUMNS.amount, align: 'right' }),
    );
    put(() =>
      this.paper.write(columns.balance, BALANCE_X, y, { ...style, width: COLUMNS.balance, align: 'right' }),
    );
    this.paper.rule(y + 13, SOFT);
    this.paper.doc.y = y + 17;
  }

  /** Goes on over the page where less than so much is left of this one. */
  private room(height: number): void {
    if (this.paper.doc.y + height <= BOTTOM) return;
    this.paper.doc.addPage();
    this.paper.doc.y = MARGIN;
    this.paper.artifact(() =>
      this.paper.write(this.runningHead(), MARGIN, MARGIN - 18, { size: 7.5, color: SOFT, width: WIDTH }),
    );
    this.paper.doc.y = MARGIN + 2;
    this.tableHead((draw) => this.paper.artifact(draw));
  }

  private runningHead(): string {
    const { holderName, walletName, asset } = this.facts;
    return [this.title(), holderName ?? walletName, asset].join(' · ');
  }

  private line(movement: Movement): void {
    const { title, detail } = lineOf(movement, this.speaker);
    const { shortDay, clock, amount } = this.speaker;
    const titleHeight = this.paper.heightOf(title, KIND.width, 8.5);
    const detailHeight = this.paper.heightOf(detail, KIND.width, 7);
    const height = Math.max(titleHeight + detailHeight, 20) + 7;
    this.room(height);
    const y = this.paper.doc.y;
    const { postedAt, amount: change, balanceAfter, asset } = movement;
    this.paper.row(this.body, (row) => {
      this.cell(row, () => {
        this.paper.write(shortDay(postedAt), MARGIN, y, { size: 8.5, width: COLUMNS.date });
        this.paper.write(clock(postedAt), MARGIN, y + 11, { size: 7, color: SOFT, width: COLUMNS.date });
      });
      this.cell(row, () => {
        this.paper.write(title, KIND.x, y, { size: 8.5, width: KIND.width });
        if (detail !== '')
          this.paper.write(detail, KIND.x, y + titleHeight, { size: 7, color: SOFT, width: KIND.width });
      });
      this.moneyCell(row, amount(change, asset), AMOUNT_X, y, COLUMNS.amount);
      this.moneyCell(row, amount(balanceAfter, asset), BALANCE_X, y, COLUMNS.balance);
    });
    this.paper.rule(y + height - 4);
    this.paper.doc.y = y + height;
  }

  private cell(row: Element, draw: () => void): void {
    row.add(this.paper.doc.struct('TD', draw));
  }

  private moneyCell(
    row: Element,
    text: string,
    x: number,
    y: number,
    width: number,
    font: FontName = 'plain',
  ): void {
    this.cell(row, () => this.paper.write(text, x, y, { font, size: 8.5, width, align: 'right' }));
  }

  /** A balance between the lines: where it begins, and where it ends. */
  private balanceRow(label: string, balance: bigint): void {
    this.room(20);
    const y = this.paper.doc.y;
    const style = { font: 'strong', size: 8.5 } as const;
    this.paper.row(this.body, (row) => {
      this.cell(row, () => this.paper.write(' ', MARGIN, y, { ...style, width: COLUMNS.date }));
      this.cell(row, () => this.paper.write(label, KIND.x, y, { ...style, width: KIND.width }));
      this.cell(row, () => this.paper.write(' ', AMOUNT_X, y, { ...style, width: COLUMNS.amount }));
      this.moneyCell(
        row,
        this.speaker.amount(balance, this.facts.asset),
        BALANCE_X,
        y,
        COLUMNS.balance,
        'strong',
      );
    });
    this.paper.rule(y + 14, SOFT);
    this.paper.doc.y = y + 20;
  }

  private noteRow(text: string): void {
    const y = this.paper.doc.y;
    this.paper.row(this.body, (row) => {
      for (const [said, x, width] of [
        [' ', MARGIN, COLUMNS.date],
        [text, KIND.x, KIND.width],
        [' ', AMOUNT_X, COLUMNS.amount],
        [' ', BALANCE_X, COLUMNS.balance],
      ] as const)
        this.cell(row, () => this.paper.write(said, x, y, { size: 8.5, color: SOFT, width }));
    });
    this.paper.doc.y = y + 20;
  }
}
