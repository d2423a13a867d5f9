import type { TransactionKind } from '~/lib/ledger/kinds';
import type { LedgerGroup } from '~/lib/ledger/read';

/**
 * Which account of the platform's accounting each posting goes to: that of its group of ledger accounts, but for kinds of
 * transactions that have one of their own. A code starts with a letter or digit, so that no spreadsheet takes it for more.
 */
export type AccountingRules = {
  /** A group that isn't here has no account. */
  accounts: Partial<Record<LedgerGroup, string>>;
  exceptions: readonly Exception[];
};
export type Exception = { group: LedgerGroup; kind: TransactionKind; account: string };

export const ACCOUNT_CODE = /^[0-9A-Za-z][0-9A-Za-z.-]{0,29}$/;
export const MOST_EXCEPTIONS = 40;

/**
 * What stands until somebody says otherwise: by the first digits of the grouping codes that Mexico's SAT has for
 * electronic accounting (1 what one has, 2 what one owes, 3 capital, 4 income), an account for each group.
 */
export const DEFAULT_ACCOUNTS: Readonly<Record<LedgerGroup, string>> = {
  cash: '102-01-001',
  in_transit: '102-01-002',
  incoming: '102-01-003',
  receivable: '107-05-001',
  unexplained: '107-05-002',
  house_settlement: '107-05-003',
  customer_available: '205-06-001',
  customer_pending: '205-06-002',
  customer_reserved: '205-06-003',
  suspense: '205-06-004',
  own_available: '205-06-011',
  own_pending: '205-06-012',
  own_reserved: '205-06-013',
  house_operating: '304-01-001',
  house_fees: '401-04-001',
};

export const DEFAULT_RULES: AccountingRules = { accounts: DEFAULT_ACCOUNTS, exceptions: [] };

/** Null where neither the kind within the group nor the group has one. */
export function accountFor(
  { accounts, exceptions }: AccountingRules,
  group: LedgerGroup,
  kind: string,
): string | null {
  const own = exceptions.find((each) => each.group === group && each.kind === kind);
  return own?.account ?? accounts[group] ?? null;
}
