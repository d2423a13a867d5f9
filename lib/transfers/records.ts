import { toJson } from '~/lib/audit';
import { clabeBank } from '~/lib/clabe';
import type { Tx } from '~/lib/db';
import type { FintocTransfer } from '~/lib/fintoc/translate';
import type { Prisma, Transfer } from '~/prisma/generated/client';

/** One look at a transfer: what Fintoc said of it, and how we came to know. */
export type Sighting = {
  transfer: FintocTransfer;
  origin: 'webhook' | 'poll' | 'submission' | 'operator';
  eventType?: string;
  eventId?: string;
  /** When Fintoc said it; the books take it as when it happened, unless the transfer itself says. */
  saidAt: Date;
};

/** A transfer's row, held under its lock and changed in memory until it is saved. */
export type LockedTransfer = Omit<Transfer, 'raw'> & { raw: object };

/** Makes the rows that are missing and locks all, in the order of their ids so that no two batches deadlock. */
export async function lockTransfers(tx: Tx, sightings: Sighting[]) {
  const firstById = new Map<string, Sighting>();
  for (const sighting of sightings) {
    if (!firstById.has(sighting.transfer.id)) firstById.set(sighting.transfer.id, sighting);
  }
  const ids = [...firstById.keys()].sort();
  const made = await tx.transfer.createManyAndReturn({
    data: ids.flatMap((id) => {
      const sighting = firstById.get(id);
      return sighting ? [newRow(sighting)] : [];
    }),
    select: { id: true },
    skipDuplicates: true,
  });
  await tx.$queryRaw`SELECT 1 AS locked FROM transfers WHERE id = ANY (${ids}) ORDER BY id FOR UPDATE`;
  const rows = await tx.transfer.findMany({ where: { id: { in: ids } } });
  return {
    rows: new Map(rows.map((row) => [row.id, row as LockedTransfer])),
    created: new Set(made.map(({ id }) => id)),
  };
}

function newRow({ transfer, origin }: Sighting): Prisma.TransferCreateManyInput {
  const { counterparty } = transfer;
  const number = counterparty?.account_number ?? null;
  return {
    id: transfer.id,
    direction: transfer.direction,
    status: transfer.status,
    amount: transfer.amount,
    asset: transfer.currency,
    accountId: transfer.account_number?.account_id ?? transfer.account_id ?? 'unknown',
    accountNumberId: transfer.account_number?.id ?? null,
    accountNumber: transfer.account_number?.number ?? null,
    counterpartyName: counterparty?.holder_name ?? null,
    counterpartyTaxId: counterparty?.holder_id ?? null,
    counterpartyNumber: number,
    counterpartyBank: counterparty?.institution?.name ?? (number ? clabeBank(number)?.name : null) ?? null,
    trackingKey: transfer.tracking_key,
    referenceId: transfer.reference_id,
    comment: transfer.comment,
    receiptUrl: transfer.receipt_url,
    returnReason: transfer.return_reason,
    errorReason: transfer.error_reason,
    origin,
    mode: transfer.mode,
    raw: toJson(transfer.raw) as Prisma.InputJsonValue,
    transactedAt: transfer.transaction_date,
  };
}

/** Writes all changed rows back with one statement. */
export async function saveTransfers(tx: Tx, rows: LockedTransfer[]): Promise<void> {
  if (rows.length === 0) return;
  const changes = JSON.stringify(
    rows.map((row) => ({
      id: row.id,
      state: row.state,
      status: row.status,
      wallet_id: row.walletId,
      purpose: row.purpose,
      suspense_reason: row.suspenseReason,
      suspense_since: row.suspenseSince,
      tracking_key: row.trackingKey,
      receipt_url: row.receiptUrl,
      return_reason: row.returnReason,
      error_reason: row.errorReason,
      return_attempts: row.returnAttempts,
      return_requested_at: row.returnRequestedAt,
      return_reserved: row.returnReserved.toString(),
      raw: row.raw,
    })),
  );
  await tx.$executeRaw`
    UPDATE transfers t SET
      state = c.state, status = c.status, wallet_id = c.wallet_id, purpose = c.purpose,
      suspense_reason = c.suspense_reason, suspense_since = c.suspense_since, tracking_key = c.tracking_key,
      receipt_url = c.receipt_url, return_reason = c.return_reason, error_reason = c.error_reason,
      return_attempts = c.return_attempts, return_requested_at = c.return_requested_at, return_reserved = c.return_reserved, raw = c.raw, updated_at = now()
    FROM jsonb_to_recordset(${changes}::jsonb) AS c(
      id text, state transfer_state, status text, wallet_id uuid, purpose text, suspense_reason text,
      suspense_since timestamptz, tracking_key text, receipt_url text, return_reason text, error_reason text,
      return_attempts int, return_requested_at timestamptz, return_reserved bigint, raw jsonb)
    WHERE t.id = c.id`;
}
