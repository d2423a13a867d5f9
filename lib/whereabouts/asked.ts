import { isValidClabe } from '~/lib/clabe';
import { isUuid } from '~/lib/uuid';
import { NOTHING, type Sought } from '~/lib/whereabouts/receipt';

/**
 * What is looked for, as a part of an address: of a whole receipt only what it can be found by leaves the page, and what is
 * seen can be linked to. `k=…&a=150000&d=2026-11-26`; amounts are hundredths.
 */
export function toAsked(sought: Partial<Sought>): string {
  const { key, clabes = [], ends = [], amount, day, names = [], reference, fromBank, toBank, id } = sought;
  const parts: [string, string | null | undefined][] = [
    ['k', key],
    ...clabes.map((clabe): [string, string] => ['c', clabe]),
    ...ends.map((end): [string, string] => ['e', end]),
    ['a', amount?.toString()],
    ['d', day],
    ...names.map((name): [string, string] => ['n', name]),
    ['r', reference],
    ['f', fromBank],
    ['t', toBank],
    ['i', id],
  ];
  return new URLSearchParams(parts.filter((part): part is [string, string] => Boolean(part[1]))).toString();
}

/** Of each kind so many; a receipt has two. */
const MOST = 2;
const MOST_WORDS = 80;

/** What `toAsked` wrote. Null for what nothing can be looked for by: somebody else wrote it. */
export function fromAsked(text: string): Sought | null {
  const said = new URLSearchParams(text.slice(0, 1_000));
  const one = (name: string, shape: RegExp) => {
    const value = said.get(name)?.trim() ?? '';
    return shape.test(value) ? value : null;
  };
  const words = (name: string) =>
    said
      .getAll(name)
      .map((value) =>
        value
          .replace(/[\0\p{Cs}]/gu, '')
          .trim()
          .slice(0, MOST_WORDS),
      )
      .filter((value) => value !== '')
      .slice(0, MOST);
  const amount = one('a', /^[1-9]\d{0,15}$/);
  const id = one('i', /^[\w:.-]{4,100}$/);
  const sought: Sought = {
    ...NOTHING,
    key: one('k', /^[0-9A-Z]{5,30}$/),
    clabes: said.getAll('c').filter(isValidClabe).slice(0, MOST),
    ends: said
      .getAll('e')
      .filter((end) => /^\d{3,6}$/.test(end))
      .slice(0, MOST),
    amount: amount === null ? null : BigInt(amount),
    day: dayFrom(one('d', /^20\d\d-\d\d-\d\d$/)),
    names: words('n'),
    reference: one('r', /^\d{1,7}$/),
    fromBank: words('f')[0] ?? null,
    toBank: words('t')[0] ?? null,
    id: id && isUuid(id) ? id.toLowerCase() : id,
  };
  return canBeFound(sought) ? sought : null;
}

function dayFrom(day: string | null): string | null {
  const at = new Date(`${day}T00:00:00Z`);
  return day === null || Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== day ? null : day;
}

/** A day alone, or the end of an account, is half of all payments. */
export function canBeFound({ key, clabes, amount, names, reference, id }: Sought): boolean {
  return Boolean(key ?? amount ?? reference ?? id) || clabes.length > 0 || names.length > 0;
}
