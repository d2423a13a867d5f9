import { columnsOf, type ExportColumn } from '~/app/api/export/columns';
import type { Words } from '~/app/api/export/words';
import type { DayLine } from '~/lib/books/day-lines';

export function dayLineColumns(words: Words): ExportColumn<DayLine>[] {
  const { text, personal, code, id, moment, amount, count } = columnsOf<DayLine>(words);
  return [
    moment('effectiveAt', (row) => row.at),
    text('kind', 28, (row) => words.transaction(row.kind)),
    code('kindCode', (row) => row.kind),
    amount(
      'amount',
      (row) => row.amount,
      (row) => row.asset,
    ),
    text('asset', 8, (row) => row.asset),
    text('wallet', 28, (row) => row.wallet && words.nameOf(row.wallet)),
    text('customer', 28, (row) => row.wallet?.customer?.name),
    text('counterparty', 28, (row) => row.transfer?.counterpartyName),
    personal('number', 22, (row) => row.transfer?.counterpartyNumber ?? null),
    text('bank', 20, (row) => row.transfer?.counterpartyBank),
    text('trackingKey', 30, (row) => row.transfer?.trackingKey),
    id('walletId', (row) => row.wallet?.id),
    id('transferId', (row) => row.transfer?.id),
    id('withdrawalId', (row) => row.withdrawalId),
    count('transactionId', (row) => row.transactionId),
    count('id', (row) => row.id),
  ];
}
