import { HIDE, hiddenColumns } from '~/components/list/columns-query';
import { daysOf, momentOf, type SearchParams, valuesOf } from '~/components/list/search-params';
import { parseAmount } from '~/lib/money';
import { isUuid } from '~/lib/uuid';

/** What a list's address asks for. What is in `unreadable` is on: a list with such a filter is empty, and so is its export. */
export type ReadAddress<Filter> = {
  filter: Filter;
  cursor: string | undefined;
  /** The filters that nobody can read, by their names in the address. */
  unreadable: string[];
  /** Names that this list doesn't know: they change nothing. */
  unknown: string[];
  /** True when anything narrows the list: an empty one then says so. */
  filtered: boolean;
  /** The row whose record is shown beside the list. */
  peek: string | null;
  /** The columns that whoever looks at it left out. */
  hidden: readonly string[];
};

const MAX_TEXT = 200;
/** What Postgres can't keep: U+0000 and halves of a character. */
const UNSTORABLE = /[\0\p{Cs}]/u;
/** An id of Fintoc's or ours that is no number. */
const WORD = /^[\w:.-]{1,100}$/;
/** Of every list: where its page starts, what of it is shown beside it, and which columns are not. */
const OF_PAGES = ['cursor', 'trail', 'peek', HIDE];

/**
 * Reads the filters of a list from its address, each by its kind, and keeps account of what can't be read and of what
 * nobody asked for. The page of a list and its export read by the same function, in `params.ts` of its noun.
 */
export class AddressReader {
  private readonly known = new Set(OF_PAGES);
  private readonly failed = new Set<string>();
  private filtered = false;

  private readonly params: SearchParams;

  constructor(params: SearchParams) {
    this.params = params;
  }

  /** Free text, trimmed and composed (NFC). */
  text(name: string): string | undefined {
    return this.one(name, (text) => (text.length <= MAX_TEXT ? text.normalize('NFC') : undefined));
  }

  uuid(name: string): string | undefined {
    return this.one(name, (text) => (isUuid(text) ? text.toLowerCase() : undefined));
  }

  /** An id that is a word, such as Fintoc's. */
  word(name: string): string | undefined {
    return this.one(name, (text) => (WORD.test(text) ? text : undefined));
  }

  /** The chosen ones of a closed set, from `?status=open,frozen`. Undefined when none is: then all count. */
  choices<Choice extends string>(name: string, allowed: readonly Choice[]): Choice[] | undefined {
    const chosen = this.values(name).flatMap((text) => text.split(','));
    if (chosen.length === 0) return undefined;
    if (!chosen.every((choice) => allowed.some((each) => each === choice))) this.failed.add(name);
    return allowed.filter((choice) => chosen.includes(choice));
  }

  /** The chosen one of a closed set: two of them are no more to be read than what is none. */
  choice<Choice extends string>(name: string, allowed: readonly Choice[]): Choice | undefined {
    const chosen = this.choices(name, allowed);
    if (chosen && chosen.length > 1) this.failed.add(name);
    return chosen?.[0];
  }

  /** Whole days of a zone, from `?from=2026-11-01&to=2026-11-20`; `before` is the midnight after the last. */
  days(timeZone: string): { since?: Date; before?: Date } {
    const since = this.one('from', (text) => daysOf(text, timeZone)?.since);
    const before = this.one('to', (text) => daysOf(text, timeZone)?.before);
    return { ...(since && { since }), ...(before && { before }) };
  }

  /** A look back: the first moment after the day or minute that is named. */
  moment(name: string, timeZone: string): Date | undefined {
    return this.one(name, (text) => momentOf(text, timeZone));
  }

  /** Amounts from `?min=1,250.50&max=9000`, in the asset's smallest unit. */
  amounts(asset: string): { min?: bigint; max?: bigint } {
    const min = this.one('min', (text) => parseAmount(text, asset));
    const max = this.one('max', (text) => parseAmount(text, asset));
    return { ...(min !== undefined && { min }), ...(max !== undefined && { max }) };
  }

  /** How the list is shown, of a closed set: it narrows nothing. */
  option<Choice extends string>(name: string, allowed: readonly Choice[]): Choice | undefined {
    const { filtered } = this;
    const chosen = this.choice(name, allowed);
    this.filtered = filtered;
    return chosen;
  }

  /** Names that something else on the page reads. */
  besides(...names: string[]): this {
    for (const name of names) this.known.add(name);
    return this;
  }

  /** A filter that reads well and yet names nothing that there is. */
  cannotRead(name: string): void {
    this.failed.add(name);
  }

  /** All that was read. `filter` is what the other calls answered. */
  done<Filter>(filter: Filter): ReadAddress<Filter> {
    const [cursor] = valuesOf(this.params, 'cursor');
    return {
      filter,
      cursor: cursor && !UNSTORABLE.test(cursor) ? cursor : undefined,
      unreadable: [...this.failed],
      unknown: Object.keys(this.params).filter(
        (name) => !this.known.has(name) && this.params[name] !== undefined,
      ),
      filtered: this.filtered,
      hidden: hiddenColumns(valuesOf(this.params, HIDE).join(',')),
      peek: valuesOf(this.params, 'peek').find((text) => WORD.test(text)) ?? null,
    };
  }

  /** One value by its reading; said twice in different words it is no more to be read than in words that don't read. */
  private one<Value>(name: string, read: (text: string) => Value | null | undefined): Value | undefined {
    const values = [...new Set(this.values(name))];
    const [text] = values;
    if (text === undefined) return undefined;
    const value = values.length === 1 ? read(text) : undefined;
    if (value !== undefined && value !== null) return value;
    this.failed.add(name);
    return undefined;
  }

  private values(name: string): string[] {
    this.known.add(name);
    const values = valuesOf(this.params, name);
    if (values.length > 0) this.filtered = true;
    if (values.every((text) => !UNSTORABLE.test(text))) return values;
    this.failed.add(name);
    return [];
  }
}

/** Reads an address whose list has no filter but its search; `besides` is what else the page reads of it. */
export function readSearch(
  params: SearchParams,
  ...besides: string[]
): ReadAddress<{ text: string | undefined }> {
  const read = new AddressReader(params).besides(...besides);
  return read.done({ text: read.text('q') });
}

/** The address of a page whose list has no filters: where it begins, and nothing else. */
export function readPlain(params: SearchParams): ReadAddress<Record<never, never>> {
  return new AddressReader(params).done({});
}

/** A list that is empty where its address can't be read. */
export async function listAsRead<Filter, Item>(
  { filter, cursor, unreadable }: ReadAddress<Filter>,
  list: (
    filter: Filter & { cursor: string | undefined },
  ) => Promise<{ items: Item[]; nextCursor: string | null }>,
): Promise<{ items: Item[]; nextCursor: string | null }> {
  if (unreadable.length > 0) return { items: [], nextCursor: null };
  return list({ ...filter, cursor });
}

/** The query of an address, in the shape that pages get it in. */
export function paramsOf(address: string | URL): SearchParams {
  const { searchParams } = new URL(address);
  return Object.fromEntries(
    [...new Set(searchParams.keys())].map((name) => [name, searchParams.getAll(name)]),
  );
}
