import { readAccountNumbers } from '~/app/(console)/account-numbers/params';
import { ADJUSTMENT_STATUSES, readAdjustments } from '~/app/(console)/adjustments/params';
import { readAudit } from '~/app/(console)/audit/params';
import { readCases } from '~/app/(console)/cases/params';
import { readCustomers } from '~/app/(console)/customers/params';
import { readDayLines } from '~/app/(console)/day/params';
import { readDebts } from '~/app/(console)/deposits/debts/params';
import { readDeposits } from '~/app/(console)/deposits/params';
import { readEntities } from '~/app/(console)/entities/params';
import { readHolds } from '~/app/(console)/holds/params';
import { readLedgerAccounts, readLedgerTransactions, readPolizas } from '~/app/(console)/ledger/params';
import { readMovements } from '~/app/(console)/movements/params';
import { readWallets } from '~/app/(console)/wallets/params';
import { readBatches } from '~/app/(console)/withdrawals/batches/params';
import { readWithdrawals, WITHDRAWAL_STATUSES } from '~/app/(console)/withdrawals/params';
import { readSchedules } from '~/app/(console)/withdrawals/scheduled/params';
import { auditColumns, readEntries } from '~/app/api/export/lists/audit';
import { caseColumns } from '~/app/api/export/lists/cases';
import { dayLineColumns } from '~/app/api/export/lists/day';
import {
  accountNumberColumns,
  customerColumns,
  entityColumns,
  heldRows,
  walletColumns,
} from '~/app/api/export/lists/holders';
import {
  accountColumns,
  journalColumns,
  polizaColumns,
  readAccounts,
  readJournal,
} from '~/app/api/export/lists/ledger';
import { movementColumns } from '~/app/api/export/lists/movements';
import { batchColumns, debtColumns, holdColumns, scheduleColumns } from '~/app/api/export/lists/planned';
import {
  adjustmentColumns,
  depositColumns,
  requestColumns,
  withdrawalColumns,
} from '~/app/api/export/lists/transfers';
import { type ExportList, noted, type OpenedList, opened, paged } from '~/app/api/export/opened';
import { type Reader, wordsFor } from '~/app/api/export/words';
import { AddressReader } from '~/components/list/read-address';
import { listPolizaLines, requireMapped } from '~/lib/accounting/polizas';
import { accountingRules } from '~/lib/accounting/rules';
import { actorId } from '~/lib/actor';
import { listAdjustments, sumAdjustments } from '~/lib/adjustments/read';
import { auditChoices } from '~/lib/audit/read';
import { listBatches } from '~/lib/batches/read';
import { listDayLines } from '~/lib/books/day-lines';
import { listDebts } from '~/lib/books/debts';
import { listCases } from '~/lib/cases/read';
import { listDepositRequests } from '~/lib/deposits/requests-read';
import { listSuspense, sumSuspense } from '~/lib/deposits/waiting';
import { listEntities } from '~/lib/entities/list';
import type { ExportListName } from '~/lib/exports/lists';
import { listHolds } from '~/lib/holds/read';
import { listMovements, sumMovements } from '~/lib/movements/movements';
import { getCustomer, listCustomers } from '~/lib/people/customers';
import { listSchedules } from '~/lib/schedules/read';
import { listTransfers, sumTransfers } from '~/lib/transfers/read';
import { listAccountNumbers } from '~/lib/wallets/account-numbers-read';
import { getWallet, listWallets } from '~/lib/wallets/wallets';
import { listWithdrawals, sumWithdrawals } from '~/lib/withdrawals/read';
import { CAME_BACK, IN_FLIGHT } from '~/lib/withdrawals/waiting';

/** Every list: who reads it, by which filters, which rows and which columns. The page of each reads the same. */
export const LISTS: Record<ExportListName, ExportList> = {
  movements: {
    permission: 'console:read',
    open: async (params, reader) => {
      const { wallet, customer: _whose, ...address } = await readMovements(reader, params, reader.timeZone);
      const found = paged(reader, listMovements, { ...address.filter });
      const read = noted(reader, 'movements', found, (row) => row.customerId);
      return opened(address, reader, movementColumns, read, walletSide(wallet, reader), () =>
        sumMovements(reader, address.filter),
      );
    },
  },
  withdrawals: withdrawals('withdrawals', WITHDRAWAL_STATUSES),
  'withdrawals-waiting': withdrawals('withdrawals-waiting', ['awaiting_approval'], true),
  'withdrawals-in-flight': withdrawals('withdrawals-in-flight', IN_FLIGHT),
  'withdrawals-failed': withdrawals('withdrawals-failed', CAME_BACK),
  deposits: {
    permission: 'console:read',
    open: (params, reader) => {
      const address = readDeposits(params, 'all', reader.timeZone);
      const filter = { ...address.filter, direction: 'inbound' as const };
      const read = noted(reader, 'deposits', paged(reader, listTransfers, filter), customerOfWallet);
      return opened(address, reader, depositColumns, read, undefined, () => sumTransfers(reader, filter));
    },
  },
  'deposits-waiting': {
    permission: 'console:read',
    open: (params, reader) => {
      const address = readDeposits(params, 'suspense', reader.timeZone);
      const found = paged(reader, listSuspense, { ...address.filter });
      const read = noted(reader, 'deposits-waiting', found, customerOfWallet);
      return opened(address, reader, depositColumns, read, undefined, () =>
        sumSuspense(reader, address.filter),
      );
    },
  },
  'deposit-requests': {
    permission: 'console:read',
    open: (params, reader) =>
      opened(
        new AddressReader(params).done({}),
        reader,
        requestColumns,
        paged(reader, listDepositRequests, {}),
      ),
  },
  'withdrawals-batches': {
    permission: 'console:read',
    open: (params, reader) => {
      const address = readBatches(params);
      return opened(address, reader, batchColumns, paged(reader, listBatches, address.filter));
    },
  },
  'withdrawals-scheduled': {
    permission: 'console:read',
    open: async (params, reader) => {
      const address = readSchedules(params);
      const found = paged(reader, listSchedules, address.filter);
      const read = noted(reader, 'withdrawals-scheduled', found, customerOfWallet);
      return opened(address, reader, scheduleColumns, read, await walletOf(address.filter, reader));
    },
  },
  'deposits-debts': {
    permission: 'console:read',
    open: (params, reader) => {
      const address = readDebts(params);
      return opened(address, reader, debtColumns, (cursor, size) =>
        listDebts({ ...address.filter, cursor }, size),
      );
    },
  },
  holds: {
    permission: 'console:read',
    open: async (params, reader) => {
      const address = readHolds(params);
      const read = paged(reader, listHolds, address.filter);
      return opened(address, reader, holdColumns, read, await walletOf(address.filter, reader));
    },
  },
  adjustments: adjustments(ADJUSTMENT_STATUSES, false),
  'adjustments-waiting': adjustments(['awaiting_approval'], true),
  customers: {
    permission: 'console:read',
    open: (params, reader) => {
      const address = readCustomers(params);
      const found = paged(reader, listCustomers, { ...address.filter });
      const read = noted(reader, 'customers', found, (row) => row.id);
      return opened(address, reader, customerColumns, read);
    },
  },
  wallets: {
    permission: 'console:read',
    open: async (params, reader) => {
      const address = readWallets(params);
      const { customerId } = address.filter;
      const customer = customerId ? await getCustomer(reader, customerId) : undefined;
      const wallets = paged(reader, listWallets, address.filter);
      const read = async (cursor: string | undefined, size: number) => {
        const { items, nextCursor } = await wallets(cursor, size);
        return { items: heldRows(items), nextCursor };
      };
      return opened(address, reader, walletColumns, read, customer);
    },
  },
  cases: {
    permission: 'console:read',
    open: (params, reader) => {
      const address = readCases(params, actorId(reader));
      return opened(address, reader, caseColumns, (cursor, size) =>
        listCases({ ...address.filter, cursor }, size),
      );
    },
  },
  'account-numbers': {
    permission: 'console:read',
    open: (params, reader) => {
      const address = readAccountNumbers(params);
      return opened(address, reader, accountNumberColumns, paged(reader, listAccountNumbers, address.filter));
    },
  },
  entities: {
    permission: 'console:read',
    open: (params, reader) => {
      const address = readEntities(params);
      const found = paged(reader, listEntities, { ...address.filter });
      const read = noted(reader, 'entities', found, (row) => row.customerId);
      return opened(address, reader, entityColumns, read);
    },
  },
  'ledger-accounts': {
    permission: 'console:read',
    open: (params, reader) => {
      const address = readLedgerAccounts(params, reader.timeZone);
      return opened(address, reader, accountColumns, readAccounts(address.filter));
    },
  },
  'ledger-transactions': {
    permission: 'console:read',
    open: (params, reader) => {
      const address = readLedgerTransactions(params, reader.timeZone);
      return opened(address, reader, journalColumns, readJournal(reader, address.filter));
    },
  },
  polizas: {
    permission: 'console:read',
    open: async (params, reader) => {
      const address = readPolizas(params, reader.timeZone);
      const { rules } = await accountingRules();
      const asked = { ...address.filter, rules };
      if (address.unreadable.length === 0) await requireMapped(asked);
      return opened(address, reader, polizaColumns, (cursor, size) =>
        listPolizaLines({ ...asked, cursor }, size),
      );
    },
  },
  'day-lines': {
    permission: 'console:read',
    open: (params, reader) => {
      const address = readDayLines(params, new Date());
      const found = paged(reader, listDayLines, address.filter);
      const read = noted(reader, 'day-lines', found, customerOfWallet);
      return opened(address, reader, dayLineColumns, read);
    },
  },
  audit: {
    permission: 'audit:read',
    open: async (params, reader) => {
      const address = readAudit(params, await auditChoices(), reader.timeZone, wordsFor(reader).action);
      const read = noted(
        reader,
        'audit',
        readEntries(reader, address.filter),
        ({ subjectType, subjectId }) => (subjectType === 'customer' ? subjectId : null),
      );
      return opened(address, reader, auditColumns, read);
    },
  },
};

/** Whose wallet it is, where it is a customer's. */
function customerOfWallet({ wallet }: { wallet: { customer: { id: string } | null } | null }) {
  return wallet?.customer?.id;
}

function withdrawals(
  list: ExportListName,
  statuses: Parameters<typeof readWithdrawals>[1],
  oldestFirst = false,
): ExportList {
  return {
    permission: 'console:read',
    open: async (params, reader) => {
      const address = readWithdrawals(params, statuses, reader.timeZone);
      const filter = { ...address.filter, oldestFirst };
      const read = noted(reader, list, paged(reader, listWithdrawals, filter), customerOfWallet);
      return opened(address, reader, withdrawalColumns, read, await walletOf(address.filter, reader), () =>
        sumWithdrawals(reader, address.filter),
      );
    },
  };
}

function adjustments(statuses: Parameters<typeof readAdjustments>[1], oldestFirst: boolean): ExportList {
  return {
    permission: 'console:read',
    open: async (params, reader) => {
      const address = readAdjustments(params, statuses, reader.timeZone);
      const read = paged(reader, listAdjustments, { ...address.filter, oldestFirst });
      return opened(address, reader, adjustmentColumns, read, await walletOf(address.filter, reader), () =>
        sumAdjustments(reader, address.filter),
      );
    },
  };
}

type Wallet = { id: string; name: string; houseRole: string | null };

async function walletOf({ walletId }: { walletId?: string | undefined }, reader: Reader) {
  return walletId ? walletSide(await getWallet(reader, walletId), reader) : undefined;
}

function walletSide(wallet: Wallet | undefined, reader: Reader): OpenedList['of'] {
  return wallet && { name: wordsFor(reader).nameOf(wallet), walletId: wallet.id };
}
