import { folded } from '~/components/layout/find/match';
import { BANKS, type Bank, banksCalled } from '~/lib/banks';
import { amountOf, BARE_AMOUNT, dayIn } from '~/lib/whereabouts/values';

/** Payments as people speak of them, in pesos: `590.13 bbva ayer`. */
export type Described = {
  /** Which way; null where nobody said. */
  way: 'in' | 'out' | null;
  amount: bigint | null;
  bank: Bank | null;
  /** A day of the calendar: `2026-11-26`. */
  day: string | null;
};

const WAYS: Record<string, 'in' | 'out'> = {
  ...{ deposito: 'in', depositos: 'in', deposit: 'in', deposits: 'in' },
  ...{ retiro: 'out', retiros: 'out', withdrawal: 'out', withdrawals: 'out' },
};
/** What stands between an amount, a bank and a day, where it is no part of the bank's name. */
const LITTLE = new Set(
  'a at banco bank by de del el en from in mn mxn of on para pesos por the to'.split(' '),
);
/** Without a mark of money and centavos it is an amount beside a bank or a day only. */
const NUMBER = /^\d{1,3}(?:,?\d{3}){0,3}$/;
/** `26 de noviembre de 2026`. */
const LONGEST_DAY = 5;
/** More words than say an amount, a bank and a day. */
const MOST_WORDS = 14;

/**
 * Reads an amount, a bank, a day and which way, any two of them and nothing else: with another word it is a name or a
 * concept. `today` is what `ayer` and a day without a year are told from.
 */
export function describedIn(text: string, today: string): Described | null {
  const marked = text.match(BARE_AMOUNT) ?? [];
  const words = text.replaceAll(BARE_AMOUNT, ' ').split(/[\s;]+|,(?!\d)/u).filter(Boolean);
  if (words.length > MOST_WORDS) return null;
  const { day, left } = withoutDay(words, today);
  const amounts = [...marked, ...left.filter((word) => NUMBER.test(word))];
  const ways = left.flatMap((word) => WAYS[folded(word)] ?? []);
  const name = left.filter((word) => !NUMBER.test(word) && !WAYS[folded(word)]);
  const bank = bankCalled(name);
  if (amounts.length > 1 || ways.length > 1 || bank === undefined) return null;
  const [said, way = null] = [amounts[0], ways[0]];
  const described = { way, amount: said === undefined ? null : amountOf(said), bank, day };
  return Object.values(described).filter((fact) => fact !== null).length < 2 ? null : described;
}

/** The day that some words beside one another name, the fewest that do, and the words around them. */
function withoutDay(words: readonly string[], today: string): { day: string | null; left: readonly string[] } {
  const named = dayIn(words.join(' '), today);
  if (named === null) return { day: null, left: words };
  for (let length = 1; length <= LONGEST_DAY; length++) {
    for (let at = 0; at + length <= words.length; at++) {
      if (dayIn(words.slice(at, at + length).join(' '), today) !== named) continue;
      return { day: named, left: [...words.slice(0, at), ...words.slice(at + length)] };
    }
  }
  return { day: null, left: words };
}

/** The one bank that is called so; null for no name, undefined for one that is no bank's or several banks'. */
function bankCalled(words: readonly string[]): Bank | null | undefined {
  const told = words.filter((word) => !LITTLE.has(folded(word)));
  if (told.length === 0) return null;
  const codes = [words, told].map((each) => banksCalled(each.join(' '))).find(({ length }) => length > 0) ?? [];
  const banks = BANKS.filter((each) => each.codes.some((code) => codes.includes(code)));
  return banks.length === 1 ? banks[0] : undefined;
}
