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

const WAYS = new Map<string, 'in' | 'out'>([
  ...['deposito', 'depositos', 'deposit', 'deposits'].map((word): [string, 'in'] => [word, 'in']),
  ...['retiro', 'retiros', 'withdrawal', 'withdrawals'].map((word): [string, 'out'] => [word, 'out']),
]);
/** What stands between an amount, a bank and a day, where it is no part of the bank's name. */
const LITTLE = new Set(
  'a at banco bank by de del el en from in mn mxn of on para pesos por the to'.split(' '),
);
/** Without a mark of money and centavos it is an amount beside a bank or a day only. */
const NUMBER = /^\d{1,3}(?:,?\d{3}){0,3}$/;
/** `26 de noviembre de 2026`. */
const LONGEST_DAY = 5;
const YEAR = /^(?:20)?\d\d$/;
/** More words than say an amount, a bank and a day. */
const MOST_WORDS = 14;

/**
 * Reads an amount, a bank, a day and which way, any two of them and nothing else: with another word it is a name or a
 * concept. `today` is what `ayer` and a day without a year are told from.
 */
export function describedIn(text: string, today: string): Described | null {
  const marked = text.match(BARE_AMOUNT) ?? [];
  const words = text
    .replaceAll(BARE_AMOUNT, ' ')
    .split(/[\s;]+|,(?!\d)/u)
    .filter(Boolean);
  if (words.length > MOST_WORDS) return null;
  const { day, left } = withoutDay(words, today);
  const amounts = [...marked, ...left.filter((word) => NUMBER.test(word))];
  const ways = left.flatMap((word) => WAYS.get(folded(word)) ?? []);
  const name = left.filter((word) => !NUMBER.test(word) && !WAYS.has(folded(word)));
  const bank = bankCalled(name);
  if (amounts.length > 1 || ways.length > 1 || bank === undefined) return null;
  const [said, way = null] = [amounts[0], ways[0]];
  const described = { way, amount: said === undefined ? null : amountOf(said), bank, day };
  return Object.values(described).filter((fact) => fact !== null).length < 2 ? null : described;
}

/** The day that some words beside one another name, and the words around them. */
function withoutDay(
  words: readonly string[],
  today: string,
): { day: string | null; left: readonly string[] } {
  const day = dayIn(words.join(' '), today);
  if (day === null) return { day, left: words };
  const names = (some: readonly string[]) => dayIn(some.join(' '), today) === day;
  // The most words that all belong to it: a year may stand behind a day that is told without it.
  for (let length = LONGEST_DAY; length > 0; length--)
    for (let at = 0; at + length <= words.length; at++) {
      const some = words.slice(at, at + length);
      const ends = YEAR.test(some.at(-1) ?? '') || !names(some.slice(0, -1));
      if (names(some) && !names(some.slice(1)) && ends)
        return { day, left: [...words.slice(0, at), ...words.slice(at + length)] };
    }
  return { day, left: words };
}

/** The one bank that is called so; null for no name, undefined for one that is no bank's or several banks'. */
function bankCalled(words: readonly string[]): Bank | null | undefined {
  const told = words.filter((word) => !LITTLE.has(folded(word)));
  if (told.length === 0) return null;
  const codes =
    [words, told].map((each) => banksCalled(each.join(' '))).find(({ length }) => length > 0) ?? [];
  const banks = BANKS.filter((each) => each.codes.some((code) => codes.includes(code)));
  return banks.length === 1 ? banks[0] : undefined;
}
