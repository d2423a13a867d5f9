import { columnsOf, type ExportColumn } from '~/app/api/export/columns';
import type { Words } from '~/app/api/export/words';
import { currentOnboarding } from '~/lib/entities/kyb';
import type { EntityRow } from '~/lib/entities/list';
import type { CustomerRow } from '~/lib/people/customers';
import type { AccountNumberRow } from '~/lib/wallets/account-numbers-read';
import type { WalletRow } from '~/lib/wallets/wallets';

export function customerColumns(words: Words): ExportColumn<CustomerRow>[] {
  const { text, personal, code, id, moment, count } = columnsOf<CustomerRow>(words);
  return [
    moment('createdAt', (row) => row.createdAt),
    text('name', 32, (row) => row.name),
    text('kind', 16, (row) => words.customerKind(row.kind)),
    code('kindCode', (row) => row.kind),
    personal('taxId', 20, (row) => row.taxId),
    text('taxIdKind', 10, (row) => words.taxIdKind(row.taxIdKind)),
    text('country', 10, (row) => words.country(row.country)),
    code('countryCode', (row) => row.country),
    personal('email', 28, (row) => row.email),
    personal('phone', 18, (row) => row.phone),
    text('externalId', 22, (row) => row.externalId),
    count('wallets', (row) => row._count.wallets),
    id('id', (row) => row.id),
  ];
}

/** A wallet in one of its assets: a file has one amount to a cell. */
export type HeldRow = WalletRow & Omit<WalletRow['assets'][number], keyof WalletRow>;

export function heldRows(wallets: readonly WalletRow[]): HeldRow[] {
  return wallets.flatMap((wallet) => wallet.assets.map((held) => ({ ...held, ...wallet })));
}

export function walletColumns(words: Words): ExportColumn<HeldRow>[] {
  const { text, code, id, moment, amount, status } = columnsOf<HeldRow>(words);
  const asset = (row: HeldRow) => row.asset;
  // A deleted CLABE may be another wallet's by now.
  const clabe = ({ accountNumber }: HeldRow) =>
    accountNumber && accountNumber.status !== 'deleted' ? accountNumber.number : null;
  return [
    moment('createdAt', (row) => row.createdAt),
    text('customer', 28, (row) => row.customer?.name),
    text('wallet', 28, (row) => words.nameOf(row)),
    text('kind', 14, (row) => words.walletKind(row.kind)),
    code('kindCode', (row) => row.kind),
    text('pattern', 8, (row) => row.pattern),
    ...status('wallet', (row) => row.status),
    text('clabe', 22, clabe),
    text(
      'numberStatus',
      18,
      ({ accountNumber }) => accountNumber && words.status('accountNumber', accountNumber.status),
    ),
    code('numberStatusCode', (row) => row.accountNumber?.status),
    amount('available', (row) => row.balances.available, asset),
    amount('pending', (row) => row.balances.pending, asset),
    amount('reserved', (row) => row.balances.reserved, asset),
    text('asset', 8, asset),
    id('customerId', (row) => row.customerId),
    id('id', (row) => row.id),
  ];
}

export function accountNumberColumns(words: Words): ExportColumn<AccountNumberRow>[] {
  const { text, id, moment, status } = columnsOf<AccountNumberRow>(words);
  return [
    text('clabe', 22, (row) => row.number),
    text('root', 8, (row) => words.yesNo(row.isRoot)),
    text('description', 28, (row) => row.description),
    text('wallet', 28, (row) => row.wallet && words.nameOf(row.wallet)),
    text('customer', 28, (row) => row.wallet?.customer?.name),
    text('account', 28, ({ account }) => words.accountName(account)),
    ...status('accountNumber', (row) => row.status),
    moment('lastTransferAt', (row) => row.lastTransferAt),
    moment('syncedAt', (row) => row.syncedAt),
    id('walletId', (row) => row.wallet?.id),
    id('accountId', (row) => row.accountId),
    id('id', (row) => row.id),
  ];
}

export function entityColumns(words: Words): ExportColumn<EntityRow>[] {
  const { text, personal, code, id, moment, count, status } = columnsOf<EntityRow>(words);
  const { noKyb, notNeeded } = words.messages.entities;
  const kyb = (row: EntityRow) => currentOnboarding(row.onboardings)?.status;
  const kybWord = (row: EntityRow) => {
    const standing = kyb(row);
    if (standing) return words.status('onboarding', standing);
    return row.isRoot || row.status === 'operational' ? notNeeded : noKyb;
  };
  return [
    text('holder', 32, (row) => row.holderName),
    text('root', 8, (row) => words.yesNo(row.isRoot)),
    personal('taxId', 20, (row) => row.holderId),
    ...status('entity', (row) => row.status),
    text('kyb', 16, kybWord),
    code('kybCode', kyb),
    count('accounts', (row) => row._count.accounts),
    count('wallets', (row) => row._count.wallets),
    moment('syncedAt', (row) => row.syncedAt),
    id('customerId', (row) => row.customerId),
    id('id', (row) => row.id),
  ];
}
