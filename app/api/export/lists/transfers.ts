import { columnsOf, type ExportColumn } from '~/app/api/export/columns';
import type { Words } from '~/app/api/export/words';
import type { listAdjustments } from '~/lib/adjustments/read';
import type { listDepositRequests } from '~/lib/deposits/requests-read';
import type { listTransfers } from '~/lib/transfers/read';
import type { listWithdrawals } from '~/lib/withdrawals/read';

type Rows<List extends (...args: never[]) => Promise<{ items: unknown[] }>> = Awaited<
  ReturnType<List>
>['items'][number];

type Withdrawal = Rows<typeof listWithdrawals>;

export function withdrawalColumns(words: Words): ExportColumn<Withdrawal>[] {
  const { text, personal, code, id, moment, amount, status } = columnsOf<Withdrawal>(words);
  const asset = (row: Withdrawal) => row.asset;
  return [
    moment('requestedAt', (row) => row.createdAt),
    text('wallet', 28, (row) => words.nameOf(row.wallet)),
    text('customer', 28, (row) => row.wallet.customer?.name),
    text('beneficiary', 28, (row) => row.beneficiaryName),
    personal('number', 22, (row) => row.destination),
    text('destinationKind', 16, (row) => words.destination(row.destinationKind)),
    text('bank', 20, (row) => row.beneficiaryBank),
    text('trackingKey', 30, (row) => row.transfer?.trackingKey),
    text('reference', 12, (row) => row.referenceId),
    text('concept', 36, (row) => row.comment),
    text('requestedBy', 22, (row) => row.requestedBy),
    amount('amount', (row) => row.amount, asset),
    amount('fee', (row) => row.feeAmount, asset),
    text('asset', 8, asset),
    ...status('withdrawal', (row) => row.status),
    text('reason', 36, (row) => reasonOf(row, words)),
    code('reasonCode', (row) => heldOf(row) ?? row.failureCode),
    moment('changedAt', (row) => row.updatedAt),
    id('walletId', (row) => row.walletId),
    id('transferId', (row) => row.transferId),
    id('id', (row) => row.id),
  ];
}

/** Why it waits or failed. */
function reasonOf(row: Withdrawal, words: Words) {
  const held = heldOf(row);
  return held ? words.held(held) : row.failureCode && words.failure(row.failureCode);
}

function heldOf({ status, heldReason }: Withdrawal): string | null {
  // One that left the queue keeps what it last waited for.
  return status === 'queued' || status === 'submitting' ? heldReason : null;
}

type Deposit = Rows<typeof listTransfers>;

export function depositColumns(words: Words): ExportColumn<Deposit>[] {
  const { text, personal, code, id, moment, amount, status } = columnsOf<Deposit>(words);
  return [
    moment('transactedAt', (row) => row.transactedAt),
    text('sender', 28, (row) => row.counterpartyName),
    personal('number', 22, (row) => row.counterpartyNumber),
    text('bank', 20, (row) => row.counterpartyBank),
    text('wallet', 28, (row) => row.wallet && words.nameOf(row.wallet)),
    text('customer', 28, (row) => row.wallet?.customer?.name),
    text('clabe', 22, (row) => row.accountNumber),
    text('trackingKey', 30, (row) => row.trackingKey),
    text('reference', 12, (row) => row.referenceId),
    text('concept', 36, (row) => row.comment),
    amount(
      'amount',
      (row) => row.amount,
      (row) => row.asset,
    ),
    text('asset', 8, (row) => row.asset),
    ...status('transfer', (row) => row.state),
    text('reason', 28, (row) => row.suspenseReason && suspenseWord(row, words)),
    code('reasonCode', (row) => row.suspenseReason),
    moment('waitsSince', (row) => row.suspenseSince),
    id('walletId', (row) => row.walletId),
    id('id', (row) => row.id),
  ];
}

function suspenseWord({ direction, suspenseReason }: Deposit, words: Words): string {
  return words.suspense(direction === 'outbound' ? 'payout_returned' : (suspenseReason ?? ''));
}

type Request = Rows<typeof listDepositRequests>;

export function requestColumns(words: Words): ExportColumn<Request>[] {
  const { text, code, id, moment, amount } = columnsOf<Request>(words);
  const asset = (row: Request) => row.transfer.asset;
  return [
    moment('requestedAt', (row) => row.createdAt),
    text('kind', 18, (row) => words.request(row.kind)),
    code('kindCode', (row) => row.kind),
    text('wallet', 28, (row) => words.nameOf(row.wallet)),
    text('customer', 28, (row) => row.wallet.customer?.name),
    text('sender', 28, (row) => row.transfer.counterpartyName),
    text('reason', 36, (row) => row.reason),
    text('requestedBy', 22, (row) => row.requestedBy),
    amount('amount', (row) => row.transfer.amount, asset),
    amount('loss', (row) => row.acceptedLoss, asset),
    text('asset', 8, asset),
    id('walletId', (row) => row.walletId),
    id('transferId', (row) => row.transferId),
    id('id', (row) => row.id),
  ];
}

type Adjustment = Rows<typeof listAdjustments>;

export function adjustmentColumns(words: Words): ExportColumn<Adjustment>[] {
  const { text, id, moment, amount, status } = columnsOf<Adjustment>(words);
  const sideOf = (row: Adjustment, wallet: Adjustment['fromWallet']) =>
    wallet ? words.nameOf(wallet) : row.account && words.accountName(row.account);
  return [
    moment('requestedAt', (row) => row.createdAt),
    text('from', 28, (row) => sideOf(row, row.fromWallet)),
    text('fromCustomer', 28, (row) => row.fromWallet?.customer?.name),
    text('to', 28, (row) => sideOf(row, row.toWallet)),
    text('toCustomer', 28, (row) => row.toWallet?.customer?.name),
    text('reason', 36, (row) => row.reason),
    text('requestedBy', 22, (row) => row.requestedBy),
    amount(
      'amount',
      (row) => row.amount,
      (row) => row.asset,
    ),
    text('asset', 8, (row) => row.asset),
    ...status('adjustment', (row) => row.status),
    moment('decidedAt', (row) => row.decidedAt),
    id('fromWalletId', (row) => row.fromWalletId),
    id('toWalletId', (row) => row.toWalletId),
    id('accountId', (row) => row.accountId),
    id('id', (row) => row.id),
  ];
}
