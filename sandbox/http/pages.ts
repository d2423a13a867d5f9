import { FintocError } from '~/sandbox/http/errors';
import type { Call, Reply } from '~/sandbox/http/router';
import { row, rows } from '~/sandbox/state';

const DEFAULT_LIMIT = 30;
const LARGEST_LIMIT = 300;

interface List<Row> {
  /** The table that ids and order come from. */
  table: string;
  /** `select … from … t`: the listed table must be called t. */
  select: string;
  /** Conditions with `?` for their values. */
  where: (readonly [condition: string, ...values: unknown[]])[];
  present: (row: Row) => unknown;
}

/**
 * A v2 list: a bare array, newest first, and a Link to the next page with the same filters, empty at the end.
 * `ending_before` pages towards the newer: its next page is newer still.
 */
export async function listPage<Row extends { id: string }>(call: Call, list: List<Row>): Promise<Reply> {
  const limit = readLimit(call.query);
  const after = call.query.get('starting_after');
  const before = call.query.get('ending_before');
  if (after && before)
    throw new FintocError(400, 'invalid_params', 'Give starting_after or ending_before, not both.');
  const where = [...list.where];
  const cursor = after ?? before;
  if (cursor) where.push([`t.seq ${after ? '<' : '>'} ?`, await seqOf(call, list.table, cursor)]);

  const values: unknown[] = [];
  const conditions = where.map(([condition, ...given]) => {
    let next = 0;
    return condition.replace(/\?/g, () => `$${values.push(given[next++])}`);
  });
  const filter = conditions.length > 0 ? `where ${conditions.join(' and ')}` : '';
  const order = before ? 'asc' : 'desc';
  const found = await rows<Row>(
    call.db,
    `${list.select} ${filter} order by t.seq ${order} limit ${limit + 1}`,
    values,
  );
  const page = found.slice(0, limit);
  const last = page.at(-1);
  const link =
    found.length > limit && last
      ? nextLink(call.url, before ? 'ending_before' : 'starting_after', last.id)
      : '';
  if (before) page.reverse();
  return { status: 200, body: page.map(list.present), link };
}

/** A condition for each filter of the query that was given. */
export function filters(
  query: URLSearchParams,
  known: Record<string, string>,
): (readonly [string, ...unknown[]])[] {
  return Object.entries(known).flatMap(([name, condition]) => {
    const value = query.get(name);
    return value ? [[condition, value] as const] : [];
  });
}

/** A condition for each date filter of the query that was given. */
export function dateFilters(
  query: URLSearchParams,
  known: Record<string, string>,
): (readonly [string, ...unknown[]])[] {
  return filters(query, known).map(([condition, value]) => {
    const at = new Date(String(value));
    if (Number.isNaN(at.getTime()))
      throw new FintocError(400, 'invalid_date', `${value} is not an ISO 8601 date.`);
    return [condition, at] as const;
  });
}

/** A v1 list: `page` and `per_page`, and a Link with first, prev, next and last. */
export function numberedPage(call: Call, items: unknown[]): Reply {
  const size = readPositive(call.query, 'per_page', DEFAULT_LIMIT);
  const page = readPositive(call.query, 'page', 1);
  const last = Math.max(1, Math.ceil(items.length / size));
  const links: [string, number][] = [['first', 1]];
  if (page > 1) links.push(['prev', page - 1]);
  if (page < last) links.push(['next', page + 1]);
  links.push(['last', last]);
  const link = links
    .map(([rel, number]) => {
      const url = new URL(call.url);
      url.searchParams.set('page', String(number));
      return `<${safeInLink(url)}>; rel="${rel}"`;
    })
    .join(', ');
  return { status: 200, body: items.slice((page - 1) * size, page * size), link: last > 1 ? link : '' };
}

function nextLink(asked: URL, cursorName: string, id: string): string {
  const url = new URL(asked);
  url.searchParams.delete('starting_after');
  url.searchParams.delete('ending_before');
  url.searchParams.set(cursorName, id);
  return `<${safeInLink(url)}>; rel="next"`;
}

/** The SDK splits the header at every comma and would cut the address at one. */
function safeInLink(url: URL): string {
  return url.toString().replaceAll(',', '%2C');
}

function readLimit(query: URLSearchParams): number {
  return Math.min(readPositive(query, 'limit', DEFAULT_LIMIT), LARGEST_LIMIT);
}

function readPositive(query: URLSearchParams, name: string, fallback: number): number {
  const value = query.get(name);
  if (value === null || value === '') return fallback;
  if (!/^\d{1,6}$/.test(value) || Number(value) < 1)
    throw new FintocError(400, 'invalid_positive_integer', `${name} must be a positive integer.`, name);
  return Number(value);
}

async function seqOf(call: Call, table: string, id: string): Promise<bigint | string> {
  const found = await row<{ seq: bigint | string }>(call.db, `select seq from ${table} where id = $1`, [id]);
  if (!found) throw new FintocError(400, 'missing_cursor', `No object to page from: ${id}`);
  return found.seq;
}
