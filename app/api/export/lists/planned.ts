import { columnsOf, type ExportColumn } from '~/app/api/export/columns';
import type { Words } from '~/app/api/export/words';
import type { BatchListed } from '~/lib/batches/read';
import type { Debt } from '~/lib/books/debts';
import type { HoldRow } from '~/lib/holds/read';
import type { ScheduleRow } from '~/lib/schedules/read';

/** Files of withdrawals. */
export function batchColumns(words: Words): ExportColumn<BatchListed>[] {
  const { text, id, moment, amount, count, status } = columnsOf<BatchListed>(words);
  const asset = (row: BatchListed) => row.asset;
  return [
    moment('requestedAt', (row) => row.createdAt),
    text('file', 36, (row) => row.fileName),
    text('requestedBy', 22, (row) => row.requestedBy),
    count('withdrawals', (row) => row.rows),
    count('paid', (row) => row.paid),
    amount('amount', (row) => row.amount, asset),
    text('asset', 8, asset),
    ...status('batch', (row) => row.state),
    id('id', (row) => row.id),
  ];
}

/** Withdrawals of a later day. */
export function scheduleColumns(words: Words): ExportColumn<ScheduleRow>[] {
  const { text, personal, code, id, moment, amount, status } = columnsOf<ScheduleRow>(words);
  const asset = (row: ScheduleRow) => row.asset;
  const day = (at: Date | null) => at?.toISOString().slice(0, 10);
  return [
    moment('requestedAt', (row) => row.createdAt),
    text('wallet', 28, (row) => words.nameOf(row.wallet)),
    text('customer', 28, (row) => row.wallet.customer?.name),
    text('beneficiary', 28, (row) => row.beneficiaryName),
    personal('number', 22, (row) => row.destination),
    text('destinationKind', 16, (row) => words.destination(row.destinationKind)),
    text('bank', 20, (row) => row.beneficiaryBank),
    text('concept', 36, (row) => row.comment),
    text('every', 18, (row) => words.every(row.every)),
    code('everyCode', (row) => row.every),
    text('startsOn', 12, (row) => day(row.startsOn)),
    text('endsOn', 12, (row) => day(row.endsOn)),
    moment('nextAt', (row) => row.nextAt),
    text('requestedBy', 22, (row) => row.requestedBy),
    amount('amount', (row) => row.amount, asset),
    text('asset', 8, asset),
    ...status('schedule', (row) => row.state),
    id('walletId', (row) => row.walletId),
    id('id', (row) => row.id),
  ];
}

/** Money that somebody set aside. */
export function holdColumns(words: Words): ExportColumn<HoldRow>[] {
  const { text, id, moment, amount, status } = columnsOf<HoldRow>(words);
  const asset = (row: HoldRow) => row.asset;
  return [
    moment('heldAt', (row) => row.createdAt),
    text('wallet', 28, (row) => words.nameOf(row.wallet)),
    text('customer', 28, (row) => row.wallet.customer?.name),
    text('reason', 36, (row) => row.reason),
    text('heldBy', 22, (row) => row.placedByName),
    amount('amount', (row) => row.amount, asset),
    amount('captured', (row) => row.capturedAmount, asset),
    amount('released', (row) => row.releasedAmount, asset),
    amount('left', (row) => row.left, asset),
    text('asset', 8, asset),
    ...status('hold', (row) => row.state),
    moment('dueAt', (row) => row.expiresAt),
    id('walletId', (row) => row.walletId),
    id('id', (row) => row.id),
  ];
}

/** Who owes for deposits that went back after they were spent. */
export function debtColumns(words: Words): ExportColumn<Debt>[] {
  const { text, id, moment, amount } = columnsOf<Debt>(words);
  const asset = (row: Debt) => row.asset;
  return [
    moment('owesSince', (row) => row.since),
    text('wallet', 28, (row) => words.nameOf({ name: row.walletName, houseRole: row.houseRole })),
    text('customer', 28, (row) => row.customer?.name),
    amount('repaid', (row) => row.repaid, asset),
    amount('owed', (row) => row.owed, asset),
    text('asset', 8, asset),
    moment('lastRepaidAt', (row) => row.lastRepaidAt),
    id('walletId', (row) => row.walletId),
    id('customerId', (row) => row.customer?.id),
    id('transferId', (row) => row.transferId),
    id('id', (row) => row.id),
  ];
}
