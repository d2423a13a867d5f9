import { fileName } from '~/app/api/export/file-name';
import { LISTS } from '~/app/api/export/lists';
import type { OpenedList } from '~/app/api/export/opened';
import { readerOf } from '~/app/api/export/reader';
import type { Reader } from '~/app/api/export/words';
import { paramsOf } from '~/components/list/read-address';
import { type SearchParams, textParam } from '~/components/list/search-params';
import type { OperatorActor } from '~/lib/actor';
import { DomainError } from '~/lib/errors';
import { authorizeExport } from '~/lib/exports/exports';
import { FRAMES } from '~/lib/exports/frames';
import { type ExportFormat, type ExportListName, isExportList } from '~/lib/exports/lists';
import { exportStream } from '~/lib/exports/stream';
import { inScopeOf } from '~/lib/scope';
import { currentActor, currentOperator, type Operator } from '~/lib/session';

const TYPES: Record<ExportFormat, string> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

const STATUS: Partial<Record<string, number>> = { forbidden: 403, beyond_scope: 403, postings_unmapped: 409 };

/**
 * A list of the console as a file, of exactly what its page shows with the same filters: `?format=csv` or `xlsx`, whole,
 * whatever page of it was seen. An address that can't be read gives no file and says which filter it was (422).
 */
export async function GET(request: Request, { params }: RouteContext<'/api/export/[what]'>) {
  const [operator, actor, { what }] = [await currentOperator(), await currentActor(), await params];
  if (!operator || !actor) return refusal(401, 'signed_out');
  return inScopeOf(actor, () => exported(request, { operator, actor, what }));
}

type Asked = { operator: Operator; actor: OperatorActor; what: string };

async function exported(request: Request, { operator, actor, what }: Asked): Promise<Response> {
  if (!isExportList(what)) return refusal(404, 'unknown_list');
  const { format: chosen = [], ...filters } = paramsOf(request.url);
  const format = formatOf([chosen].flat());
  if (!format) return refusal(422, 'unreadable', ['format']);
  try {
    authorizeExport(actor, LISTS[what].permission);
    const reader = await readerOf(operator, actor);
    const list = await LISTS[what].open(filters, reader);
    if (list.unreadable.length > 0) return refusal(422, 'unreadable', list.unreadable);
    const framed = request.headers.get('Accept') === FRAMES;
    return fileOf({ what, format, list, filters, reader, actor, framed });
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return refusal(STATUS[error.code] ?? 404, error.code, error.details.missing);
  }
}

/** Undefined for what is none, or more than one. */
function formatOf(chosen: readonly string[]): ExportFormat | undefined {
  const [one = 'csv', ...others] = chosen;
  return others.length === 0 && (one === 'csv' || one === 'xlsx') ? one : undefined;
}

type File = {
  what: ExportListName;
  format: ExportFormat;
  list: OpenedList;
  filters: SearchParams;
  reader: Reader;
  actor: OperatorActor;
  framed: boolean;
};

function fileOf({ what, format, list, filters, reader, actor, framed }: File): Response {
  const { timeZone, messages } = reader;
  const words = messages.exports;
  const title = words.titles[what];
  const name = fileName({ title, of: list.of?.name, params: filters, timeZone, words: words.file });
  const facts = { list: what, walletId: list.of?.walletId, format, filters: told(filters, list.unknown) };
  const sheet = { title, columns: list.columns, hour: words.hour, zone: timeZone };
  return new Response(exportStream({ actor, facts, sheet, read: list.read, framed }), {
    headers: {
      'Content-Type': framed ? FRAMES : TYPES[format],
      'Content-Disposition': `attachment; filename="${name}.${format}"`,
      'Cache-Control': 'no-store',
    },
  });
}

/** The filters that count, for the audit log. */
function told(filters: SearchParams, unknown: readonly string[]): Record<string, string> {
  const names = Object.keys(filters).filter(
    (name) => !['cursor', 'trail', ...unknown].includes(name) && textParam(filters, name),
  );
  return Object.fromEntries(names.map((name) => [name, textParam(filters, name) ?? '']));
}

/** `missing`: what has no account, where that is why there is no file. */
function refusal(status: number, error: string, named: unknown = []): Response {
  const told = typeof named === 'string' ? { missing: named, filters: [] } : { filters: named };
  return Response.json({ error, ...told }, { status, headers: { 'Cache-Control': 'no-store' } });
}
