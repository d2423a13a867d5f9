import { randomUUID } from 'node:crypto';
import type { OperatorActor } from '~/lib/actor';
import { uploadBatch } from '~/lib/batches/batches';
import { workBatches } from '~/lib/batches/work';
import type { Cell, SheetColumn } from '~/lib/exports/sheet';
import { xlsxWriter } from '~/lib/exports/xlsx';

/** A file as an operator's spreadsheet saves it. */
export function csvFile(lines: readonly (readonly string[])[], name = 'nomina.csv') {
  const text = lines.map((cells) => cells.map((cell) => `"${cell}"`).join(',')).join('\r\n');
  return { name, bytes: new TextEncoder().encode(text) };
}

export function xlsxFile(columns: readonly SheetColumn[], rows: readonly Cell[][], name = 'nomina.xlsx') {
  const chunks: Uint8Array[] = [];
  const writer = xlsxWriter({ title: 'Retiros', columns }, (chunk) => chunks.push(chunk));
  writer.add(rows);
  writer.end();
  return { name, bytes: new Uint8Array(Buffer.concat(chunks)) };
}

export const HEAD = ['CLABE', 'Monto', 'Beneficiario', 'Concepto'] as const;

export function upload(
  actor: OperatorActor,
  wallet: { id: string },
  rows: readonly (readonly string[])[],
  requestId: string = randomUUID(),
) {
  return uploadBatch(actor, {
    file: csvFile([HEAD, ...rows]),
    ...{ asset: 'MXN', walletId: wallet.id, requestId },
  });
}

/** Lets workers do all that batches ask for. */
export async function workOffBatches(): Promise<void> {
  while ((await workBatches()) > 0);
}
