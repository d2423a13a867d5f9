/** Every list that can be taken away, as its address names it: `/api/export/withdrawals-failed`. */
export const EXPORT_LISTS = [
  'movements',
  'withdrawals',
  'withdrawals-waiting',
  'withdrawals-in-flight',
  'withdrawals-failed',
  'withdrawals-batches',
  'withdrawals-scheduled',
  'deposits',
  'deposits-waiting',
  'deposit-requests',
  'deposits-debts',
  'adjustments',
  'adjustments-waiting',
  'holds',
  'customers',
  'wallets',
  'cases',
  'account-numbers',
  'entities',
  'ledger-accounts',
  'ledger-transactions',
  'polizas',
  'day-lines',
  'audit',
] as const;
export type ExportFormat = 'csv' | 'xlsx';
export type ExportListName = (typeof EXPORT_LISTS)[number];

export function isExportList(name: string): name is ExportListName {
  return EXPORT_LISTS.some((list) => list === name);
}
