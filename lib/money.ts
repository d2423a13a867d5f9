/**
 * Money is a bigint in the asset's smallest unit. Nothing here, or anywhere else, holds it in a float.
 */
type Asset = { kind: 'fiat' | 'digital'; exponent: number; network: string };

/**
 * What the table `assets` is seeded with, for whoever writes an amount down without asking it; a test compares the two.
 * Exponents: ISO 4217 for fiat; ETH is kept in gwei so that any supply fits in int8.
 */
export const ASSETS = {
  MXN: { kind: 'fiat', exponent: 2, network: 'spei' },
  CLP: { kind: 'fiat', exponent: 0, network: 'tef' },
  USD: { kind: 'fiat', exponent: 2, network: 'none' },
  USDC: { kind: 'digital', exponent: 6, network: 'ethereum' },
  USDT: { kind: 'digital', exponent: 6, network: 'ethereum' },
  BTC: { kind: 'digital', exponent: 8, network: 'bitcoin' },
  ETH: { kind: 'digital', exponent: 9, network: 'ethereum' },
  LTC: { kind: 'digital', exponent: 8, network: 'litecoin' },
  BCH: { kind: 'digital', exponent: 8, network: 'bitcoin_cash' },
  XRP: { kind: 'digital', exponent: 6, network: 'ripple' },
  SOL: { kind: 'digital', exponent: 9, network: 'solana' },
} as const satisfies Record<string, Asset>;

export type AssetCode = keyof typeof ASSETS;
export const ASSET_CODES = Object.keys(ASSETS) as AssetCode[];

/** The largest amount that one posting may carry: far above any real one, far below int8, exact in Fintoc's JSON. */
export const MAX_AMOUNT = BigInt(Number.MAX_SAFE_INTEGER);

export function isAsset(code: string): code is AssetCode {
  return Object.hasOwn(ASSETS, code);
}

/** Whether an asset stands nowhere but in these books: no rail and no network has it. */
export function isBooksOnly(asset: string): boolean {
  return isAsset(asset) && ASSETS[asset].network === 'none';
}

/** How many decimals an asset is written with. Throws on an unknown asset, which is a defect. */
export function exponentOf(asset: string): number {
  if (!isAsset(asset)) throw new Error(`Unknown asset ${asset}`);
  return ASSETS[asset].exponent;
}

/** `59013n, 'MXN'` → `590.13`: plain, ungrouped, for machines, exports and input fields. */
export function toDecimal(amount: bigint, asset: string): string {
  const exponent = exponentOf(asset);
  const digits = (amount < 0n ? -amount : amount).toString().padStart(exponent + 1, '0');
  const whole = digits.slice(0, digits.length - exponent);
  const fraction = exponent === 0 ? '' : `.${digits.slice(-exponent)}`;
  return `${amount < 0n ? '-' : ''}${whole}${fraction}`;
}

const groupings = new Map<string, Intl.NumberFormat>();

/** `59013n, 'MXN', 'es-MX'` → `590.13`, grouped for the locale, with U+2212 as the minus; no currency mark. */
export function formatAmount(amount: bigint, asset: string, locale: string): string {
  const exponent = exponentOf(asset);
  const key = `${locale}/${exponent}`;
  let format = groupings.get(key);
  if (!format) {
    format = new Intl.NumberFormat(locale, {
      minimumFractionDigits: exponent,
      maximumFractionDigits: exponent,
    });
    groupings.set(key, format);
  }
  // Intl formats decimal strings exactly; a Number would round above 2^53.
  return format.format(toDecimal(amount, asset) as Intl.StringNumericLiteral).replace('-', '\u2212');
}

/** Why what was typed is no amount. Each is the end of a key of the `invalid` messages: `amount_ambiguous`. */
export type AmountDoubt = 'format' | 'ambiguous' | 'decimals' | 'not_positive' | 'too_large';
export type AmountReading = { ok: true; amount: bigint } | { ok: false; reason: AmountDoubt };

const MAX_TYPED = 64;
/** At the ends: blanks of any kind, and marks that nobody sees and that spreadsheets and chats put around a number. */
const ENDS = /^[\s\p{Z}\p{Default_Ignorable_Code_Point}]+|[\s\p{Z}\p{Default_Ignorable_Code_Point}]+$/gu;
/** Digits, dot, comma and dollar as East Asian keyboards write them. */
const FULL_WIDTH = /[\uFF04\uFF0C\uFF0E\uFF10-\uFF19]/g;
/** A blank that groups: a space, and all that are as narrow or narrower. Never a tab or a line break: those part cells. */
const BLANK = ' \u00A0\u2006\u2007\u2008\u2009\u200A\u202F\u205F';
const NUMBER = new RegExp(`^(\\d+)((?:[.,${BLANK}]\\d+)*)$`);
const PARTS = new RegExp(`([.,${BLANK}])(\\d+)`, 'g');

/**
 * Reads what a person typed or pasted as the asset's smallest unit; the one reader of amounts.
 *
 * - Thousands are grouped by commas, by dots or by one kind of blank, in threes and throughout, or not at all.
 * - The decimals follow a dot or a comma, whichever doesn't group: `1,234.56`, `1.234,56`, `1 234,56`, `15,20`.
 * - One mark before exactly three digits could be either. A comma there groups where the asset has two decimals, as in
 *   Mexico (`1,234`), and so does a dot where it has none, as in Chile (`12.500`); elsewhere it is refused as ambiguous.
 * - The asset's code may stand before or behind the number, and `$` before one of fiat.
 *
 * All else is refused: two numbers, cells, signs, other scripts, too many decimals, and what is over MAX_AMOUNT.
 */
export function readAmount(text: string, asset: string): AmountReading {
  const exponent = exponentOf(asset);
  if (text.length > MAX_TYPED) return refused('format');
  const number = unmarked(text, asset);
  if (/^[-\u2212\u2012-\u2014(]/.test(number)) return refused('not_positive');
  const [, head = '', tail = ''] = NUMBER.exec(number) ?? [];
  if (head === '') return refused('format');
  const parts = [...tail.matchAll(PARTS)].map(([, mark = '', digits = '']) => ({ mark, digits }));
  const split = splitDecimals(head, parts, exponent);
  if (typeof split === 'string') return refused(split);
  if (split.fraction.length > exponent) return refused('decimals');
  const amount =
    BigInt(split.whole) * 10n ** BigInt(exponent) + BigInt(split.fraction.padEnd(exponent, '0') || '0');
  return amount > MAX_AMOUNT ? refused('too_large') : { ok: true, amount };
}

/** The amount that `readAmount` reads, or null. */
export function parseAmount(text: string, asset: string): bigint | null {
  const reading = readAmount(text, asset);
  return reading.ok ? reading.amount : null;
}

function refused(reason: AmountDoubt): AmountReading {
  return { ok: false, reason };
}

/** The bare number: without blanks at the ends, and without the mark or code of its own currency. */
function unmarked(text: string, asset: string): string {
  const plain = text
    .replace(FULL_WIDTH, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0))
    .replace(ENDS, '');
  const sign = isAsset(asset) && ASSETS[asset].kind === 'fiat' ? '\\$?' : '';
  const marks = new RegExp(`^(?:${asset}[${BLANK}]?)?${sign}[${BLANK}]?(.*?)(?:[${BLANK}]?${asset})?$`, 'is');
  return marks.exec(plain)?.[1] ?? plain;
}

type Part = { mark: string; digits: string };
type Split = { whole: string; fraction: string };

/** Which of the marks groups, and which one, if any, the decimals follow. */
function splitDecimals(head: string, parts: Part[], exponent: number): Split | AmountDoubt {
  const last = parts.at(-1);
  if (!last) return { whole: head, fraction: '' };
  const whole = head + parts.map(({ digits }) => digits).join('');
  const alone = parts.every(({ mark }) => mark === last.mark);
  const blank = BLANK.includes(last.mark);
  if (alone && isGrouped(head, parts) && (blank || parts.length > 1)) return { whole, fraction: '' };
  if (alone && isGrouped(head, parts))
    return oneMark(last.mark, exponent, { whole, head, fraction: last.digits });
  const groups = parts.slice(0, -1);
  const mixed = groups.some(({ mark }) => mark !== groups[0]?.mark) || groups[0]?.mark === last.mark;
  if (blank || mixed || (groups.length > 0 && !isGrouped(head, groups))) return 'format';
  return { whole: head + groups.map(({ digits }) => digits).join(''), fraction: last.digits };
}

/** A dot or comma before exactly three digits that a group could be. */
function oneMark(mark: string, exponent: number, read: Split & { head: string }): Split | AmountDoubt {
  if (exponent === 0 || (mark === ',' && exponent < 3)) return { whole: read.whole, fraction: '' };
  return 'ambiguous';
}

function isGrouped(head: string, groups: Part[]): boolean {
  return /^[1-9]\d{0,2}$/.test(head) && groups.every(({ digits }) => digits.length === 3);
}
