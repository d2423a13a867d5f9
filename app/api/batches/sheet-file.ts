import { csvWriter } from '~/lib/exports/csv';
import type { ExportFormat } from '~/lib/exports/lists';
import type { Cell, SheetColumn } from '~/lib/exports/sheet';
import { xlsxWriter } from '~/lib/exports/xlsx';

const TYPES: Record<ExportFormat, string> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

type Sheet = {
  format: ExportFormat;
  title: string;
  columns: readonly SheetColumn[];
  rows: readonly (readonly Cell[])[];
  /** Without the ending. */
  name: string;
};

/** A few thousand rows at most, as a file to save. */
export function sheetFile({ format, title, columns, rows, name }: Sheet): Response {
  const chunks: Uint8Array[] = [];
  const emit = (chunk: Uint8Array) => void chunks.push(chunk);
  const writer =
    format === 'csv' ? csvWriter({ columns, hour: '' }, emit) : xlsxWriter({ title, columns }, emit);
  writer.add(rows);
  writer.end();
  const plain = name.normalize('NFKD').replace(/[^\w.-]+/g, '-');
  return new Response(Buffer.concat(chunks), {
    headers: {
      'Content-Type': TYPES[format],
      'Content-Disposition': `attachment; filename="${plain}.${format}"`,
      'Cache-Control': 'no-store',
    },
  });
}

/** Excel unless CSV is asked for. */
export function formatAsked(request: Request): ExportFormat {
  return new URL(request.url).searchParams.get('format') === 'csv' ? 'csv' : 'xlsx';
}
