import { authorize, type OperatorActor } from '~/lib/actor';
import { recordAudit } from '~/lib/audit/audit';
import { MOST_PAYMENTS } from '~/lib/batches/file';
import { type BatchRowShown, getBatch, listBatchRows } from '~/lib/batches/read';
import { transaction } from '~/lib/db';
import type { ExportFormat } from '~/lib/exports/lists';

/** Every line of a batch with what became of it, to be taken away; that it was is written down. */
export async function takeResult(
  actor: OperatorActor,
  { batchId, format }: { batchId: string; format: ExportFormat },
): Promise<{ fileName: string; asset: string; rows: BatchRowShown[] }> {
  authorize(actor, 'lists:export');
  const { fileName, asset } = await getBatch(actor, batchId);
  const { items: rows } = await listBatchRows(actor, { batchId, view: 'all' }, MOST_PAYMENTS);
  await transaction((tx) =>
    recordAudit(tx, actor, {
      ...{ action: 'batch.exported', subject: 'withdrawal_batch', id: batchId },
      after: { format, rows: rows.length },
    }),
  );
  return { fileName, asset, rows };
}
