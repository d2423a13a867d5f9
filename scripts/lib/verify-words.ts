import { loadMessages } from '~/app/messages/load';
import { faultWords, ruleKey } from '~/components/words/rule-words';
import type { Fault } from '~/lib/proof/ranges';

const SAID = {
  'es-MX': {
    whole: ['los libros en conjunto', 'reglas'],
    rows: 'renglones',
    progress: (name: string, done: string, total: string, unit: string) =>
      `${name}: ${done} de ${total} ${unit}`,
    broken: (count: number) => `${count} ${count === 1 ? 'regla' : 'reglas'} sin cumplir`,
    chain: ['la cadena', 'sellos'],
    noHead: (file: string) =>
      `${file} no tiene ninguna cabeza de la cadena: no se notaría si le cortan renglones al final.`,
    wrong: 'MAL',
    note: 'NOTA',
    fault: ['primero', 'es', 'debería ser'],
    sound: 'Los libros están bien',
  },
  en: {
    whole: ['the books as a whole', 'rules'],
    rows: 'rows',
    progress: (name: string, done: string, total: string, unit: string) =>
      `${name}: ${done} of ${total} ${unit}`,
    broken: (count: number) => `${count} ${count === 1 ? 'rule' : 'rules'} broken`,
    chain: ['the chain', 'seals'],
    noHead: (file: string) =>
      `${file} has no head of the chain: rows that were cut off its end can't be missed.`,
    wrong: 'WRONG',
    note: 'NOTE',
    fault: ['first', 'is', 'should be'],
    sound: 'The books are sound',
  },
} as const;

/** What `npm run verify` says, in the language of the terminal: Spanish where LANG or LC_ALL says so, else English. */
export async function verifyWords(env: Readonly<Record<string, string | undefined>>) {
  const locale = (env.LC_ALL || env.LC_MESSAGES || env.LANG || '').startsWith('es') ? 'es-MX' : 'en';
  const said = SAID[locale];
  const { rules, faults } = (await loadMessages(locale)).proof;
  const number = (count: number) => count.toLocaleString(locale);
  const told = (text: string) => faultWords(text, (phrase) => faults[phrase]);
  return {
    said,
    /** One line of how far it is. */
    progress: (name: string, done: number, total: number, unit: string) =>
      said.progress(name, number(done), number(total), unit),
    /** A rule in the words of the console, under them its first wrong row. A rule without words there keeps its name. */
    fault({ rule, subject, expected, actual }: Fault, mark: 'wrong' | 'note'): string {
      const name = (rules as Record<string, string>)[ruleKey(rule)] ?? rule;
      const [first, is, due] = said.fault;
      return `\n${said[mark]}: ${name}\n  ${first}: ${told(subject)}\n  ${is}: ${told(actual)}\n  ${due}: ${told(expected)}`;
    },
  };
}
