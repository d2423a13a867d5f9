/**
 * Text as people type it and as others send it, in the one form in which it is kept. What nobody can see decides nothing
 * that anybody reads: controls of the writing direction and characters without a look of their own are taken out.
 */

/** Half of a character outside the BMP: no text in UTF-8 holds one. */
const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;
const BREAK = /\r\n|[\r\v\f\u0085\u2028\u2029]/g;
/**
 * Controls but for tab and line feed; what Unicode says may be shown as nothing; the blanks that are no blanks to it (of
 * Braille, hieroglyphs, Khitan and notes); no characters.
 */
const UNSEEN =
  /[\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\uFFF9-\uFFFB\u2800\u{13430}-\u{1343F}\u{13441}\u{13442}\u{16FE4}\u{1D159}]|(?![\t\n])\p{Cc}/gu;
/** What joins two pictures into one, or chooses a picture's look: the only such characters that show. */
const PICTURE =
  /(\p{Extended_Pictographic}[\uFE0E\uFE0F\p{EMod}]*)(?:\u200D(?=\p{Extended_Pictographic}))?/gu;
/** What nothing has to be done to: most of what Fintoc sends. */
const PLAIN = /^[\n -~]*$/;
/** Any hyphen, dash, minus or dot that stands between the parts of a number, and any blank. */
const SEPARATOR = /[\s\p{Z}\p{Dash}.\u00B7\u02D7\u2024\u2027\u2043\u207B\u208B\u2219\u22C5\u2500\u30FB]/gu;

/** Text that PostgreSQL can keep: without U+0000, and with U+FFFD for half of a character. */
export function sound(text: string): string {
  return text.replaceAll('\0', '').replace(LONE_SURROGATE, '\uFFFD');
}

/** Composed, with plain line feeds, without what nobody sees. Blanks stay as they are. */
export function visible(text: string): string {
  if (PLAIN.test(text)) return text;
  const composed = sound(text).normalize('NFC').replace(BREAK, '\n');
  const parts: string[] = [];
  let from = 0;
  for (const { 0: picture, index } of composed.matchAll(PICTURE)) {
    parts.push(composed.slice(from, index).replace(UNSEEN, ''), picture);
    from = index + picture.length;
  }
  return `${parts.join('')}${composed.slice(from).replace(UNSEEN, '')}`.normalize('NFC');
}

/** One line: every run of blanks is one space, and none stands at an end. Empty when there is nothing to be seen. */
export function lineOf(text: string): string {
  const line = visible(text)
    .replace(/[\s\p{Z}]+/gu, ' ')
    .trim();
  // Marks alone have no letter to stand on.
  return /[^\p{M} ]/u.test(line) ? line : '';
}

/** Several lines, as they were typed: without blanks at the ends of lines, and with no more than one empty line between two. */
export function noteOf(text: string): string {
  const note = visible(text)
    .replace(/[\t\p{Zs}]+$/gmu, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  return /[^\p{M}\s]/u.test(note) ? note : '';
}

/** A number or code that people write with blanks, dots and hyphens of any kind: only what it consists of is left. */
export function bareOf(text: string): string {
  return visible(text.normalize('NFKC')).replace(SEPARATOR, '');
}

/** E.164 allows 15 digits; people write them with blanks, dashes of any kind and brackets. */
export const isPhone = (text: string) => /^\+?\d{8,15}$/.test(bareOf(text).replace(/[()]/g, ''));

/** Hebrew, Arabic and the other scripts that run from right to left, in the blocks that Unicode keeps for them. */
const LEFTWARD = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFF\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;

/**
 * A text to be put into a sentence: one that runs from right to left is set apart (Unicode's FSI and PDI, UAX #9), or it
 * would take numbers and punctuation beside it along. All others are as they are.
 */
export function isolated(text: string): string {
  return LEFTWARD.test(text) ? `\u2068${text}\u2069` : text;
}

/** What there is of several texts, in one line. */
export function joined(parts: readonly (string | false | null | undefined)[], by = ' · '): string {
  return parts
    .filter((part) => typeof part === 'string' && part !== '')
    .map((part) => isolated(String(part)))
    .join(by);
}

/** As many characters as a reader counts at most; never half of one. */
export function lengthOf(text: string): number {
  return [...text].length;
}
