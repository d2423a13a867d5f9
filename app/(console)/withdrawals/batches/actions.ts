'use server';

import { z } from 'zod';
import { to } from '~/components/ui/to';
import { operatorAction } from '~/lib/action';
import { cancelBatch, confirmBatch, uploadBatch } from '~/lib/batches/batches';
import { approveBatch, declineBatch } from '~/lib/batches/decide';
import { note, typed } from '~/lib/typed-text';

const upload = z.object({
  file: z.instanceof(File),
  asset: typed(10),
  walletId: z.uuid().optional(),
  requestId: z.uuid(),
});
const one = z.object({ batchId: z.uuid() });
const withReason = one.extend({ reason: note(500, 3) });
const confirmation = one
  .extend({ paysRepeats: typed().optional(), same: typed().optional(), acceptedSame: z.uuid().optional() })
  .transform(({ batchId, paysRepeats, same, acceptedSame }) => ({
    batchId,
    paysRepeats: paysRepeats === 'on',
    acceptedSame: same === 'on' ? acceptedSame : undefined,
  }));

export const uploadBatchAction = operatorAction(
  upload,
  async (actor, { file, ...asked }) =>
    uploadBatch(actor, {
      ...asked,
      file: { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) },
    }),
  { redirectTo: ({ id }) => to(`/withdrawals/batches/${id}`) },
);
export const confirmBatchAction = operatorAction(confirmation, confirmBatch);
export const approveBatchAction = operatorAction(one, approveBatch);
export const declineBatchAction = operatorAction(withReason, declineBatch);
export const cancelBatchAction = operatorAction(withReason, cancelBatch);
