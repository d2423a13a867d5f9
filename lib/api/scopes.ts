import { fitsScope, type Permission } from '~/lib/roles';

/**
 * What a key may do, by noun and verb, and what of an operator's permissions each stands for. No scope decides on what
 * others ask for, and none reaches operators, rules or settings. PostgreSQL has the same list (`api_keys_scopes_check`).
 */
const SCOPES = {
  'accounting:read': ['lists:export'],
  'account_numbers:read': [],
  'approvals:read': [],
  'balance_adjustments:read': [],
  'balance_adjustments:write': ['adjustments:request'],
  'customers:read': ['people:read'],
  'customers:write': ['customers:write'],
  'deposits:read': ['people:read'],
  'deposits:write': ['deposits:resolve'],
  'entities:read': ['people:read'],
  'entities:write': ['kyb:write'],
  'events:read': [],
  'statements:read': ['lists:export'],
  'statements:write': ['lists:export'],
  'test:write': ['deposits:simulate'],
  'wallets:freeze': ['wallets:freeze'],
  'wallets:read': ['people:read'],
  'wallets:write': ['wallets:provision'],
  'webhook_endpoints:read': [],
  'webhook_endpoints:write': ['webhooks:write'],
  'withdrawals:read': ['people:read'],
  'withdrawals:write': ['withdrawals:request'],
} as const satisfies Record<string, readonly Permission[]>;

export type Scope = keyof typeof SCOPES;
export const SCOPE_NAMES = Object.keys(SCOPES) as [Scope, ...Scope[]];

/** Two people make a key that has one of these; PostgreSQL says so too (`check_key_made`). */
export const MONEY_SCOPES: readonly Scope[] = [
  'withdrawals:write',
  'deposits:write',
  'balance_adjustments:write',
];

export function movesMoney(scopes: readonly Scope[]): boolean {
  return scopes.some((scope) => MONEY_SCOPES.includes(scope));
}

/** As the verbs of lib ask for it. */
export function permissionsOf(scopes: readonly Scope[]): Permission[] {
  return [...new Set(scopes.flatMap((scope): readonly Permission[] => SCOPES[scope]))];
}

/** What is of the house alone: its journal, and where the platform is told of all that happens. */
const OF_THE_HOUSE: readonly Scope[] = ['accounting:read', 'webhook_endpoints:read'];

/**
 * Whether a key of some portfolios alone may have it: as a person with a scope it reads, and takes statements. What moves
 * money or changes somebody is judged by all that the house knows of them.
 */
export function fitsKeyScope(scope: Scope): boolean {
  return !OF_THE_HOUSE.includes(scope) && SCOPES[scope].every(fitsScope);
}
