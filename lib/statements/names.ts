import { dayOf, type StatementFacts } from '~/lib/statements/content';
import type { FileType } from '~/lib/statements/kinds';
import type { StatementWords } from '~/lib/statements/words';
import type { Statement } from '~/prisma/generated/client';

type Of = Pick<Statement, 'fromDay' | 'toDay' | 'format'>;

/** A name for each file of a statement, none twice: whose, in what, of when, in letters that every system takes. */
export function namesFor(statement: Of, words: StatementWords): (facts: StatementFacts) => string {
  const given = new Map<string, number>();
  return ({ holderName, walletName, asset, part, parts }) => {
    const whose =
      holderName === null || holderName === walletName ? walletName : `${holderName} ${walletName}`;
    const pieces = [words.fileName, slug(whose), asset, daysOf(statement)];
    const name = pieces.concat(parts > 1 ? [`${words.partName}-${part}`] : []).join('-');
    const before = given.get(name) ?? 0;
    given.set(name, before + 1);
    return `${before === 0 ? name : `${name}-${before + 1}`}.${statement.format}`;
  };
}

/** A mail passes many hands: what is in it says nobody's name. */
export function mailedName(statement: Of, words: StatementWords, type: FileType): string {
  return type === 'zip' ? zipName(statement, words) : `${words.fileName}-${daysOf(statement)}.${type}`;
}

export function zipName(statement: Of, words: StatementWords): string {
  return `${words.zipName}-${daysOf(statement)}.zip`;
}

/** A whole month by its name: `2026-10`. */
function daysOf({ fromDay, toDay }: Of): string {
  const [from, to] = [dayOf(fromDay), dayOf(toDay)];
  const next = new Date(toDay.getTime() + 86_400_000);
  const isMonth = from.endsWith('-01') && dayOf(next).endsWith('-01') && from.slice(0, 7) === to.slice(0, 7);
  if (isMonth) return from.slice(0, 7);
  return from === to ? from : `${from}_${to}`;
}

function slug(text: string): string {
  const plain = text
    .normalize('NFD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-+|-+$/g, '');
  return plain === '' ? 'x' : plain;
}
