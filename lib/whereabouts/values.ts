import { isValidClabe } from '~/lib/clabe';
import { exponentOf, parseAmount } from '~/lib/money';
import { folded } from '~/lib/whereabouts/labels';

/** Longer is no clave de rastreo: SPEI gives it 30 characters. */
const MOST_KEY = 30;
/** So much of its end is enough to look for it (lib/search/typed.ts). */
const LEAST_KEY = 5;

/** A clave de rastreo at a text's beginning, or the end of it that a receipt leaves visible; in capitals. */
export function keyOf(text: string): string | null {
  const [token = ''] = /^[*•·.…\s]*([\p{L}\p{N}-]+)/u.exec(text)?.slice(1) ?? [];
  const key = token.replaceAll('-', '').toUpperCase();
  const isKey =
    /^[0-9A-Z]+$/.test(key) && /\d/.test(key) && key.length >= LEAST_KEY && key.length <= MOST_KEY;
  return isKey && !isDayLike(token) ? key : null;
}

/** Something that nobody labelled and that is a clave de rastreo all the same: letters with many digits, or very many digits. */
export function bareKeyOf(token: string): string | null {
  const key = keyOf(token);
  if (!key || key.length < 7 || isValidClabe(key) || TAX_ID.test(key)) return null;
  const digits = key.replace(/\D/g, '').length;
  return (digits === key.length ? digits > 18 : digits >= 5) ? key : null;
}

/** RFC and CURP, which have letters and many digits as well. */
const TAX_ID = /^[A-Z]{3,4}\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])(?:[0-9A-Z]{3}|[HM][A-Z]{5}[0-9A-Z]\d)$/;

const isDayLike = (token: string) => /^\d{1,4}-\d{1,2}-\d{1,4}$/.test(token);

const MONEY = /(?:\$|mxn|mx\$)?\s*(\d[\d.,\u00a0\u202f ]*\d|\d)\s*(?:mxn|m\.?\s?n\.?|pesos)?/iu;

/**
 * An amount in pesos at a text's beginning, in hundredths of what was written, whichever peso it is. A sign is which way it
 * went, and left off. `15.000` is what Chile writes; in Mexico it is nothing.
 */
export function amountOf(text: string): bigint | null {
  const bare = text.replace(/^[\s+\-\u2212\u2013]+/u, '');
  const found = MONEY.exec(bare);
  if (found?.index !== 0) return null;
  if (/^\s*[/-]\s*\d/.test(bare.slice(found[0].length))) return null;
  const number = (found[1] ?? '').trim().replace(/[.,]$/, '');
  const amount = parseAmount(number, 'MXN') ?? (parseAmount(number, 'CLP') ?? 0n) * HUNDREDTHS;
  return amount > 0n ? amount : null;
}

const HUNDREDTHS = 100n;

/** What so many hundredths are in an asset's smallest unit; null where it has no such parts: there are no centavos in Chile. */
export function amountIn(asset: string, hundredths: bigint): bigint | null {
  const units = hundredths * 10n ** BigInt(exponentOf(asset));
  return units % HUNDREDTHS === 0n ? units / HUNDREDTHS : null;
}

/** Amounts that say so themselves: by a mark of money, or by two decimals. */
export const BARE_AMOUNT =
  /(?:\$|\bmxn|\bmx\$)\s*\d[\d.,]*|(?<![\p{L}\p{N}.,/-])\d[\d,]*\.\d{2}(?![\p{L}\p{N},/-]|\.\d)|(?<![\p{L}\p{N}.,/-])\d[\d.,]*\s*(?:mxn|pesos)\b/giu;

/** An account at a text's beginning: a whole CLABE, or the last digits of what is masked or is no CLABE. */
export function accountOf(text: string): { clabe: string } | { end: string } | null {
  const [, digits = ''] = /^[^\d]{0,24}?((?:\d[\s-]?){4,20})/u.exec(text) ?? [];
  const bare = digits.replace(/\D/g, '');
  if (bare.length >= 18 && isValidClabe(bare.slice(0, 18))) return { clabe: bare.slice(0, 18) };
  const last = /(\d{3,6})\D*$/.exec(text.trim())?.[1] ?? '';
  return last.length >= 3 ? { end: last.slice(-4) } : null;
}

/** Whole CLABEs, however their digits are grouped. */
export function clabesIn(text: string): string[] {
  const found = text.match(/(?<![\p{L}\p{N}])\d(?:[ -]?\d){17}(?![\p{L}\p{N}])/gu) ?? [];
  return found.map((each) => each.replace(/\D/g, '')).filter(isValidClabe);
}

const MONTHS = [
  'ene|jan',
  'feb',
  'mar',
  'abr|apr',
  'may',
  'jun',
  'jul',
  'ago|aug',
  'sep|set',
  'oct',
  'nov',
  'dic|dec',
];
const MONTH = `(?:${MONTHS.join('|')})`;
const monthOf = (word: string) => MONTHS.findIndex((names) => new RegExp(`^(?:${names})`).test(word)) + 1;

const YEAR_FIRST = /(?<!\d)(20\d\d)[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)/;
const IN_NUMBERS = /(?<!\d)(\d{1,2})[-/.](\d{1,2})[-/.](20\d\d|\d\d)(?!\d)/;
const DAY_MONTH = new RegExp(
  `(?<![\\d.,])(\\d{1,2})[\\s\\-/.]*(?:de\\s+)?(${MONTH})[a-z]*\\.?(?:,?[\\s\\-/.]*(?:del?\\s+)?(20\\d\\d|\\d\\d(?!\\s*[:h\\d])))?(?![a-z])`,
);
const MONTH_DAY = new RegExp(`(?<![a-z])(${MONTH})[a-z]*\\.?\\s+(\\d{1,2})(?:st|nd|rd|th)?,?\\s+(20\\d\\d)`);
const SOLID = /^\s*(\d{8})(?!\d)/;

/**
 * The day that a text names first, `2026-11-26`, as Mexico writes days: the day before the month. `today` is what `hoy` and a
 * day without a year are told from.
 */
export function dayIn(text: string, today: string): string | null {
  const said = folded(text);
  const [, y1, m1, d1] = YEAR_FIRST.exec(said) ?? [];
  if (y1) return dayFrom(y1, m1, d1);
  const [, d2, m2, y2] = IN_NUMBERS.exec(said) ?? [];
  if (y2) return dayFrom(y2, m2, d2) ?? dayFrom(y2, d2, m2);
  const [, m3, d3, y3] = MONTH_DAY.exec(said) ?? [];
  if (m3) return dayFrom(y3, String(monthOf(m3)), d3);
  const [, d4, m4, y4] = DAY_MONTH.exec(said) ?? [];
  if (m4) return y4 ? dayFrom(y4, String(monthOf(m4)), d4) : lastSuch(String(monthOf(m4)), d4, today);
  if (/\b(hoy|today)\b/.test(said)) return today;
  if (/\b(ayer|yesterday)\b/.test(said)) return addDays(today, -1);
  return null;
}

/** As `dayIn`, of what is labelled as a day and may be eight digits. */
export function dayOf(text: string, today: string): string | null {
  const [, solid] = SOLID.exec(text) ?? [];
  if (!solid) return dayIn(text, today);
  return solid.startsWith('20')
    ? dayFrom(solid.slice(0, 4), solid.slice(4, 6), solid.slice(6))
    : dayFrom(solid.slice(4), solid.slice(2, 4), solid.slice(0, 2));
}

/** The newest day of that name that is not to come. */
function lastSuch(month: string, day: string | undefined, today: string): string | null {
  const year = Number(today.slice(0, 4));
  const such = dayFrom(String(year), month, day);
  return such && such > addDays(today, 1) ? dayFrom(String(year - 1), month, day) : such;
}

function dayFrom(year = '', month = '', day = ''): string | null {
  const full = year.length === 2 ? `20${year}` : year;
  const written = `${full}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const at = new Date(`${written}T00:00:00Z`);
  // The 30th of February parses, as the 2nd of March.
  return Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== written ? null : written;
}

/** A day of the calendar, so many days on. */
export function addDays(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * 86_400_000).toISOString().slice(0, 10);
}

/** A name as a receipt writes it: letters, and nothing that has a digit. Null for what is a heading or a sentence. */
export function nameOf(text: string): string | null {
  const name = text
    .replace(/\s*[([].*$/u, '')
    .replace(/^[\s:.\-–—]+|[\s:,.;\-–—]+$/gu, '')
    .trim();
  const words = name.split(/\s+/u);
  const isName = /^[\p{L}\p{M}.,'’&\s-]{3,80}$/u.test(name) && words.length <= 10 && /\p{L}{2}/u.test(name);
  return isName && !/^(nd|na|n\/a|no disponible)$/i.test(name) ? name : null;
}

/** Whether every word begins with a capital, but for the little ones. */
export function looksNamed(text: string): boolean {
  const name = nameOf(text);
  const words = name?.split(/\s+/u) ?? [];
  return (
    words.length >= 2 &&
    words.every((word) => /^\p{Lu}/u.test(word) || /^(de|del|la|las|los|y|e|&)$/u.test(word))
  );
}
