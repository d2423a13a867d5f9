import { columnsOf, type ExportColumn } from '~/app/api/export/columns';
import type { Words } from '~/app/api/export/words';
import type { StatusKind } from '~/components/words/status-looks';
import type { Movement } from '~/lib/movements/movements';

/** Whose state a movement tells. */
function behind({ adjustmentId, withdrawalId, holdId }: Movement): StatusKind {
  if (adjustmentId) return 'adjustment';
  if (withdrawalId) return 'withdrawal';
  return holdId ? 'hold' : 'transfer';
}

export function movementColumns(words: Words): ExportColumn<Movement>[] {
  const { text, personal, code, id, moment, amount, count } = columnsOf<Movement>(words);
  const asset = (row: Movement) => row.asset;
  const status = (row: Movement) => row.status && words.status(behind(row), row.status);
  return [
    moment('effectiveAt', (row) => row.effectiveAt),
    moment('postedAt', (row) => row.postedAt),
    text('kind', 22, (row) => words.movement(row.kind)),
    code('kindCode', (row) => row.kind),
    text('wallet', 28, (row) => words.nameOf({ name: row.walletName, houseRole: row.walletHouseRole })),
    text('customer', 28, (row) => row.customerName),
    amount('amount', (row) => row.amount, asset),
    amount('balance', (row) => row.balanceAfter, asset),
    text('asset', 8, asset),
    text(
      'counterparty',
      28,
      (row) =>
        row.counterpartyName &&
        words.nameOf({ name: row.counterpartyName, houseRole: row.counterpartyHouseRole }),
    ),
    personal('number', 22, (row) => row.counterpartyNumber),
    text('bank', 20, (row) => row.counterpartyBank),
    text('trackingKey', 30, (row) => row.trackingKey),
    text('reference', 12, (row) => row.referenceId),
    text('concept', 36, (row) => row.comment),
    text('status', 18, status),
    code('statusCode', (row) => row.status),
    id('walletId', (row) => row.walletId),
    id('transferId', (row) => row.transferId),
    id('withdrawalId', (row) => row.withdrawalId),
    id('adjustmentId', (row) => row.adjustmentId),
    id('holdId', (row) => row.holdId),
    count('transactionId', (row) => row.transactionId),
    count('id', (row) => row.id),
  ];
}
