import { z } from 'zod';
import {
  type IdKind,
  NUMBERED,
  type NumberedKind,
  numberOf,
  PREFIXES,
  patternOf,
  uuidOf,
} from '~/lib/api/ids';
import { keyset } from '~/lib/keyset';
import { ASSETS, type AssetCode, MAX_AMOUNT } from '~/lib/money';
import type { Page } from '~/lib/pagination';
import { line, note, optionalLine } from '~/lib/typed-text';

/** The pieces that requests and answers are made of. What is read is transformed; what is answered is as it is written. */

export const NONE = z.strictObject({});

/** A public id in a request, read as our UUID. */
export function idOf(kind: IdKind) {
  return z
    .string()
    .max(64)
    .transform((text, context) => {
      const uuid = uuidOf(kind, text);
      if (uuid === null) context.addIssue({ code: 'custom', message: 'id_format' });
      return uuid ?? '';
    })
    .meta({ override: { type: 'string', pattern: patternOf(PREFIXES[kind], 26) } });
}

export function numberedId(kind: NumberedKind) {
  return z
    .string()
    .max(64)
    .transform((text, context) => {
      const number = numberOf(kind, text);
      if (number === null) context.addIssue({ code: 'custom', message: 'id_format' });
      return number ?? 0n;
    })
    .meta({ override: { type: 'string', pattern: patternOf(NUMBERED[kind], 13) } });
}

/** The id of what stands on a rail, as the rail gave it. */
export const railId = z.string().regex(/^[\w:.-]{1,64}$/);

/** An id in an answer. */
export const idText = (kind: IdKind) => z.string().meta({ pattern: patternOf(PREFIXES[kind], 26) });
export const numberText = (kind: NumberedKind) => z.string().meta({ pattern: patternOf(NUMBERED[kind], 13) });

export const byId = (kind: IdKind) => z.strictObject({ id: idOf(kind) });
export const byRailId = z.strictObject({ id: railId });

const CODES = Object.keys(ASSETS) as [AssetCode, ...AssetCode[]];
export const asset = z.enum(CODES);

/** An amount to be moved or compared: digits alone, in the asset's smallest unit. */
export const amount = z
  .string()
  .regex(/^(0|[1-9]\d{0,15})$/, 'amount_digits')
  .transform((digits) => BigInt(digits))
  .refine((value) => value <= MAX_AMOUNT, 'amount_format')
  .meta({ override: { type: 'string', pattern: '^(0|[1-9]\\d{0,15})$' } });

/** In an answer: digits, in the smallest unit of the `asset` beside it. */
export const amountText = z
  .string()
  .regex(/^-?\d+$/)
  .meta({ description: 'In the smallest unit of the asset beside it.' });

/** A moment that a database can hold, of any offset. */
export const moment = z.iso
  .datetime({ offset: true, error: 'moment_format' })
  .transform((text) => new Date(text))
  .refine((date) => date.getUTCFullYear() >= 1970 && date.getUTCFullYear() < 2200, 'moment_range')
  .meta({ override: { type: 'string', format: 'date-time' } });

export const timeText = z.iso.datetime();
export const time = (at: Date) => at.toISOString();
export const timeOrNull = (at: Date | null) => at?.toISOString() ?? null;

export const flag = z
  .enum(['true', 'false'])
  .transform((text) => text === 'true')
  .meta({ override: { type: 'boolean', enum: [true, false] } });

/** Texts as people write them (lib/text), with their length as OpenAPI says it. */
const long = (maxLength: number, minLength = 1) => ({
  override: { type: 'string', minLength, maxLength } as const,
});
export const text = (max: number) => line(max).meta(long(max));
export const optionalText = (max: number) => optionalLine(max).meta(long(max, 0));
export const reasonText = (min = 1) => note(500, min).meta(long(500, min));

/** A parameter that may be written several times: any of these. */
export const anyOf = <Item extends z.ZodType>(item: Item) => z.array(item).min(1).max(20).optional();

export type Expandable =
  | 'wallet'
  | 'from_wallet'
  | 'to_wallet'
  | 'customer'
  | 'withdrawal'
  | 'balance_adjustment'
  | 'hold';

/** Which of the ids in an answer may have what they name put beside them. */
export function expandable(...names: [Expandable, ...Expandable[]]) {
  const known = z.enum(names, {
    error: ({ input }) =>
      `${String(input).slice(0, 40)} is nothing to expand here. There is ${names.join(', ')}`,
  });
  return { 'expand[]': anyOf(known).meta({ description: 'Puts what an id names whole beside it.' }) };
}

const cursorOf = (isCursor: (text: string) => boolean) =>
  z
    .string()
    .max(500)
    .refine(isCursor, 'cursor_format')
    .optional()
    .meta({ description: 'What the page before gave as next_cursor.' });

type Cursors = { read: (text: string) => unknown };

/** Most lists are by when a thing was made, and then by its id. */
export const BY_TIME = {
  uuid: keyset({ at: 'time', id: 'uuid' }, 'desc'),
  word: keyset({ at: 'time', id: 'word' }, 'desc'),
};

/** What every list takes. A cursor that no list of this kind gave is refused. */
export function paging({ read }: Cursors) {
  return {
    limit: z
      .string()
      .regex(/^([1-9]\d?|100)$/, 'limit_range')
      .default('50')
      .transform(Number)
      .meta({ override: { type: 'integer', minimum: 1, maximum: 100, default: 50 } }),
    cursor: cursorOf((text) => read(text) !== null),
  };
}

/** What is asked for and amounts to something is listed by the same: whose, how much of what, and when it was made. */
export const askedQuery = {
  wallet_id: idOf('wallet').optional(),
  asset: anyOf(asset),
  min_amount: amount.optional(),
  max_amount: amount.optional(),
  created_from: moment.optional(),
  created_to: moment.optional(),
};

type AskedQuery = z.output<z.ZodObject<typeof askedQuery>>;

/** The same as the reads of lib take it. */
export function askedFilter(query: AskedQuery) {
  return {
    walletId: query.wallet_id,
    asset: query.asset,
    minAmount: query.min_amount,
    maxAmount: query.max_amount,
    from: query.created_from,
    to: query.created_to,
  };
}

export function listOf<Item extends z.ZodType>(item: Item) {
  return z.strictObject({
    object: z.literal('list'),
    data: z.array(item),
    has_more: z.boolean(),
    next_cursor: z.string().nullable(),
  });
}

/** A page as the API shows it. */
export function pageOf<Row, Shown>({ items, nextCursor }: Page<Row>, show: (row: Row) => Shown) {
  return {
    object: 'list' as const,
    data: items.map(show),
    has_more: nextCursor !== null,
    next_cursor: nextCursor,
  };
}
