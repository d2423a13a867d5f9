import { columnsOf, type ExportColumn } from '~/app/api/export/columns';
import type { Reader, Words } from '~/app/api/export/words';
import { differenceOf, type Value } from '~/lib/audit/diff';
import { type AuditRow, namesOfSubjects } from '~/lib/audit/read';
import { type AuditSearch, searchAudit } from '~/lib/books/named';
import type { ReadPage } from '~/lib/exports/exports';
import { isAsset, toDecimal } from '~/lib/money';

type Entry = AuditRow & { subjectName: string | undefined };

/** What was done, with what the things are called that it was done to. */
export function readEntries(reader: Reader, filter: AuditSearch): ReadPage<Entry> {
  return async (cursor, size) => {
    const { items, nextCursor } = await searchAudit(reader, { ...filter, cursor }, size);
    const names = await namesOfSubjects(reader, items);
    return {
      items: items.map((item) => ({
        ...item,
        subjectName: names.get(`${item.subjectType}/${item.subjectId}`),
      })),
      nextCursor,
    };
  };
}

export function auditColumns(words: Words): ExportColumn<Entry>[] {
  const { text, code, id, moment, count } = columnsOf<Entry>(words);
  return [
    moment('at', (row) => row.at),
    text('actor', 24, (row) => words.actor(row.actorKind, row.actorName)),
    code('actorCode', (row) => row.actorKind),
    text('action', 36, (row) => words.action(row.action)),
    code('actionCode', (row) => row.action),
    text('subject', 16, (row) => words.subject(row.subjectType)),
    code('subjectCode', (row) => row.subjectType),
    text('subjectName', 32, (row) => row.subjectName),
    text('reason', 36, (row) => row.reason),
    text('changes', 60, (row) => changesOf(row, words)),
    text('ip', 16, (row) => row.ip),
    text('userAgent', 24, (row) => row.userAgent),
    id('subjectId', (row) => row.subjectId),
    id('actorId', (row) => row.actorId),
    count('id', (row) => row.id),
  ];
}

/** Each field that changed on a line of its own: `Estado: open → frozen`. */
function changesOf({ before, after }: Entry, words: Words): string {
  const asset = assetOf(after) ?? assetOf(before);
  const say = (field: string, value: Value): string => {
    if (value === null || value === '') return words.messages.audit.details.noValue;
    if (typeof value === 'boolean') return words.yesNo(value);
    const said = String(value);
    if (/amount$/i.test(field) && asset && /^-?\d+$/.test(said)) return toDecimal(BigInt(said), asset);
    return /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(said) ? words.moment(new Date(said)) : said;
  };
  return differenceOf(before, after)
    .changes.map(({ field, before: was, after: is }) => {
      const change = before === null ? say(field, is) : `${say(field, was)} → ${say(field, is)}`;
      return `${words.field(field)}: ${change}`;
    })
    .join('\n');
}

function assetOf(side: unknown): string | null {
  const asset = (side as { asset?: unknown } | null)?.asset;
  return typeof asset === 'string' && isAsset(asset) ? asset : null;
}
