import { formatAmount } from '~/lib/money';
import type { Movement } from '~/lib/movements/movements';
import { textOf } from '~/lib/people/masking';
import { otherSideOf, type ProofFacts, type StatementFacts } from '~/lib/statements/content';
import type { StatementLocale } from '~/lib/statements/kinds';
import { type StatementWords, wordOf, wordsIn } from '~/lib/statements/words';
import { joined } from '~/lib/text';

/** How a statement puts things, in its language and on its clock. */
export type Speaker = {
  locale: StatementLocale;
  words: StatementWords;
  /** `2026-10-31` as a day. */
  day: (day: string) => string;
  /** To the second. */
  moment: (at: Date) => string;
  /** For the lines: as short as can be. */
  shortDay: (at: Date) => string;
  clock: (at: Date) => string;
  /** `2026-10-31 23:59:59`, as spreadsheets read it. */
  serial: (at: Date) => string;
  amount: (amount: bigint, asset: string) => string;
};

export function speakerOf(locale: StatementLocale, timeZone: string): Speaker {
  const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options);
  const day = format({ timeZone: 'UTC', dateStyle: 'long' });
  // A sentence may end in it: without a.m. and p.m., which bring a full stop of their own.
  const moment = format({ timeZone, dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23' });
  const shortDay = format({ timeZone, day: '2-digit', month: 'short', year: 'numeric' });
  const clock = format({ timeZone, hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
  const serial = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  return {
    locale,
    words: wordsIn(locale),
    day: (text) => day.format(new Date(`${text}T00:00:00Z`)),
    moment: (at) => moment.format(at),
    shortDay: (at) => shortDay.format(at),
    clock: (at) => clock.format(at),
    serial: (at) => serial.format(at),
    amount: (amount, asset) => formatAmount(amount, asset, locale),
  };
}

/** Whose it is and of when: label and value, without what there isn't. */
export function headOf(facts: StatementFacts, { words, day, moment }: Speaker): [string, string][] {
  const { holderName, walletName, taxId, number, asset, fromDay, toDay, timeZone, madeAt } = facts;
  const rows: [string, string | null][] = [
    [words.holder, holderName ?? walletName],
    [words.taxId, taxId],
    [words.wallet, holderName === null || holderName === walletName ? null : walletName],
    [words.number, number],
    [words.asset, asset],
    [words.period, words.range(day(fromDay), day(toDay))],
    [words.madeAt, `${moment(madeAt)} (${timeZone})`],
  ];
  return rows.filter((row): row is [string, string] => row[1] !== null);
}

/** The sums: label, amount, and how many lines stand behind it. */
export function sumsOf(facts: StatementFacts, words: StatementWords): [string, bigint, string | null][] {
  const { opening, incoming, outgoing, closing, reserved, pending } = facts;
  const rows: [string, bigint | null, string | null][] = [
    [words.opening, opening, null],
    [words.incoming, incoming.amount, words.counted(incoming.count)],
    [words.outgoing, -outgoing.amount, words.counted(outgoing.count)],
    [words.closing, closing, null],
    [words.reserved, reserved || null, null],
    [words.pending, pending || null, null],
  ];
  return rows.filter((row): row is [string, bigint, string | null] => row[1] !== null);
}

/** What it rests on, in sentences. */
export function groundsOf({ proof, isOpen, madeAt }: StatementFacts, speaker: Speaker): string[] {
  const { words, moment } = speaker;
  return [...(isOpen ? [words.until(moment(madeAt))] : []), words.ties, ...provenSentences(proof, speaker)];
}

function provenSentences(proof: ProofFacts, { words, moment }: Speaker): string[] {
  if (proof.state === 'own_books') return [words.ownBooks];
  if (proof.state === 'unproven') return [words.unproven];
  const proven = words.proven(moment(proof.movementAt), moment(proof.comparedAt));
  return proof.state === 'parted' ? [words.parted, proven] : [proven];
}

/** What a line is, and what is known of its other side. */
export function lineOf(movement: Movement, { words, shortDay, clock }: Speaker) {
  const { kind, counterpartyNumber, counterpartyBank, trackingKey, referenceId, comment } = movement;
  const { effectiveAt, postedAt } = movement;
  const isLate = shortDay(effectiveAt) !== shortDay(postedAt);
  return {
    title: joined([wordOf(words.kinds, kind), otherSideOf(movement, words)]),
    detail: joined([
      counterpartyNumber && textOf(counterpartyNumber),
      counterpartyBank,
      trackingKey && unbroken(`${words.key} ${trackingKey}`),
      referenceId && unbroken(`${words.reference} ${referenceId}`),
      comment,
      isLate && `${words.atBank}: ${shortDay(effectiveAt)} ${clock(effectiveAt)}`,
    ]),
  };
}

/** A label and what it names stay in one line. */
function unbroken(text: string): string {
  return text.replaceAll(' ', '\u00a0');
}
