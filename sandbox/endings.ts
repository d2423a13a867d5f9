import { emit } from '~/sandbox/events';
import type { Effect } from '~/sandbox/lifecycle';
import { OpenBooks } from '~/sandbox/movements';
import { applyEffect, impossible, saveTransfers } from '~/sandbox/settle';
import { type Db, now, rows, type Sandbox } from '~/sandbox/state';
import type { KnownTransfer } from '~/sandbox/transfers';
import { presentTransfer } from '~/sandbox/views';

/** How a transfer ends by control, as none does by itself. */
export interface OtherEnd {
  /** Also one that nobody knows. */
  status: string;
  refund: boolean;
  /** The event that tells of it; null is silence. */
  event: string | null;
  reason: string | null;
}

/** Ends a locked outbound transfer in any status, with its money back or gone. It may end again, but for the known ends. */
export async function endTransfer(
  sandbox: Sandbox,
  db: Db,
  transfer: KnownTransfer,
  { status, refund, event, reason }: OtherEnd,
): Promise<void> {
  const isOver = ['failed', 'rejected', 'returned', status].includes(transfer.status);
  if (transfer.direction !== 'outbound' || isOver || (refund && (await isRefunded(db, transfer))))
    throw impossible(transfer, `become ${status}`);
  const at = now(sandbox);
  const books = await OpenBooks.open(db, [transfer.account_id]);
  const effect: Effect = { status, money: refund ? 'refund' : null, event };
  applyEffect(sandbox, transfer, effect, { transfer, step: 'fail', rest: [] }, books, at);
  transfer.return_reason = reason;
  await books.save(db, at);
  await saveTransfers(db, [transfer], at);
  if (event) await emit(sandbox, db, [{ type: event, data: presentTransfer(transfer, sandbox.baseUrl) }]);
}

async function isRefunded(db: Db, { movement_id }: KnownTransfer): Promise<boolean> {
  const found = await rows(db, 'select 1 from sandbox.movements where return_pair_id = $1', [movement_id]);
  return found.length > 0;
}
