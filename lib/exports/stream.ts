import type { OperatorActor } from '~/lib/actor';
import { csvWriter } from '~/lib/exports/csv';
import { type ExportFacts, exportRows, type ReadPage } from '~/lib/exports/exports';
import { frameOf } from '~/lib/exports/frames';
import type { Cell, SheetColumn, SheetWriter } from '~/lib/exports/sheet';
import { xlsxWriter } from '~/lib/exports/xlsx';
import { log } from '~/lib/log';

/** The file that a list becomes. */
export type ExportSheet = {
  title: string;
  columns: readonly SheetColumn[];
  /** The word for the hour of a moment. */
  hour: string;
  /** Whose clock it is: beside every moment. */
  zone: string;
};

type Options = {
  actor: OperatorActor;
  facts: ExportFacts;
  sheet: ExportSheet;
  read: ReadPage<Cell[]>;
  /** For a page that shows how far it is (lib/exports/frames.ts). */
  framed: boolean;
};

/**
 * A list as a file, written as fast as it is taken. Where it fails half-way the stream breaks off, which a browser
 * calls a failed download; a framed one lacks its end besides.
 */
export function exportStream({ actor, facts, sheet, read, framed }: Options): ReadableStream<Uint8Array> {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const out = writable.getWriter();
  const ready: Uint8Array[] = [];
  const writer = writerOf(facts.format, sheet, (chunk) => ready.push(chunk));
  let rows = 0;

  const leave = async () => {
    const chunk = Buffer.concat(ready.splice(0));
    if (chunk.length > 0) await out.write(framed ? frameOf(rows, chunk) : chunk);
  };
  const work = async () => {
    await exportRows(actor, facts, read, async (page) => {
      writer.add(page);
      rows += page.length;
      await leave();
    });
    writer.end();
    await leave();
    if (framed) await out.write(frameOf(rows, new Uint8Array()));
    await out.close();
  };
  work().catch(async (error: unknown) => {
    // Who took it let go of it, or it failed: neither may look like a whole file.
    log.warn({ err: error, actor: actor.id, list: facts.list, rows }, 'export broke off');
    await out.abort(error).catch(() => undefined);
  });
  return readable;
}

function writerOf(
  format: ExportFacts['format'],
  { title, columns, hour, zone }: ExportSheet,
  emit: (chunk: Uint8Array) => void,
): SheetWriter {
  if (format === 'csv') return csvWriter({ columns, hour: `${hour} (${zone})` }, emit);
  const named = columns.map((column) =>
    column.kind === 'moment' ? { ...column, header: `${column.header} (${zone})` } : column,
  );
  return xlsxWriter({ title, columns: named }, emit);
}
