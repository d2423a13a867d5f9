import type { Cell, SheetColumn } from '~/lib/exports/sheet';
import { xlsxWriter } from '~/lib/exports/xlsx';
import { toDecimal } from '~/lib/money';
import type { Movement } from '~/lib/movements/movements';
import { textOf } from '~/lib/people/masking';
import { otherSideOf, type StatementFacts } from '~/lib/statements/content';
import { groundsOf, headOf, type Speaker, sumsOf } from '~/lib/statements/said';
import { wordOf } from '~/lib/statements/words';

/**
 * A statement as a workbook: its lines between the opening and the closing balance, amounts as numbers that add up, and
 * on a second sheet whose it is, the sums and what they rest on.
 */
export function statementXlsx(
  facts: StatementFacts,
  speaker: Speaker,
  platformName: string,
  emit: (chunk: Uint8Array) => void,
) {
  const { words, serial } = speaker;
  const { asset, opening, closing } = facts;
  const money = (amount: bigint) => toDecimal(amount, asset);
  const writer = xlsxWriter(
    {
      title: words.lines,
      columns: columnsOf(facts, speaker),
      beside: besideOf(facts, speaker, platformName),
    },
    emit,
  );
  const balance = (label: string, amount: bigint): Cell[] => [
    ...[null, null, label, null, null, null, null, null, null, null, money(amount)],
  ];
  writer.add([balance(words.opening, opening)]);
  return {
    add: (lines: readonly Movement[]) =>
      writer.add(
        lines.map((line) => [
          serial(line.postedAt),
          serial(line.effectiveAt),
          wordOf(words.kinds, line.kind),
          otherSideOf(line, words),
          line.counterpartyNumber && textOf(line.counterpartyNumber),
          line.counterpartyBank,
          line.trackingKey,
          line.referenceId,
          line.comment,
          money(line.amount),
          money(line.balanceAfter),
        ]),
      ),
    end: () => {
      writer.add([balance(words.closing, closing)]);
      writer.end();
    },
  };
}

function columnsOf({ timeZone, asset }: StatementFacts, { words }: Speaker): SheetColumn[] {
  const { columns } = words;
  const text = (header: string, width: number): SheetColumn => ({ header, kind: 'text', width });
  return [
    { header: `${columns.booked} (${timeZone})`, kind: 'moment', width: 20 },
    { header: `${columns.happened} (${timeZone})`, kind: 'moment', width: 20 },
    text(columns.kind, 24),
    text(columns.counterparty, 28),
    text(columns.number, 22),
    text(columns.bank, 18),
    text(columns.trackingKey, 30),
    text(columns.reference, 12),
    text(columns.comment, 36),
    { header: `${columns.amount} (${asset})`, kind: 'amount', width: 16 },
    { header: `${columns.balance} (${asset})`, kind: 'amount', width: 16 },
  ];
}

function besideOf(facts: StatementFacts, speaker: Speaker, platformName: string) {
  const { words } = speaker;
  const { columns } = words;
  const rows: Cell[][] = [
    [platformName, words.title, null],
    ...headOf(facts, speaker).map(([label, value]) => [label, value, null]),
    ...sumsOf(facts, words).map(([label, amount, note]) => [label, note, toDecimal(amount, facts.asset)]),
    ...groundsOf(facts, speaker).map((sentence) => [null, sentence, null]),
  ];
  const sheetColumns: SheetColumn[] = [
    { header: columns.fact, kind: 'text', width: 28 },
    { header: columns.value, kind: 'text', width: 60 },
    { header: `${columns.sum} (${facts.asset})`, kind: 'amount', width: 16 },
  ];
  return { title: words.summary, columns: sheetColumns, rows };
}
