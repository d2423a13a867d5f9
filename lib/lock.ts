import type { Tx } from '~/lib/db';
import { Prisma } from '~/prisma/generated/client';

/**
 * What is locked by one row, by what, and how. NO KEY UPDATE lets others go on referring to the row: a full lock would
 * run into a ring with the foreign keys of what they write.
 */
const ROWS = {
  account_verifications: { id: 'id', as: 'uuid', mode: 'UPDATE' },
  accounts: { id: 'id', as: 'text', mode: 'NO KEY UPDATE' },
  account_numbers: { id: 'id', as: 'text', mode: 'NO KEY UPDATE' },
  adjustments: { id: 'id', as: 'uuid', mode: 'UPDATE' },
  api_keys: { id: 'id', as: 'uuid', mode: 'NO KEY UPDATE' },
  approvals: { id: 'id', as: 'uuid', mode: 'UPDATE' },
  beneficiaries: { id: 'id', as: 'uuid', mode: 'NO KEY UPDATE' },
  cases: { id: 'id', as: 'uuid', mode: 'UPDATE' },
  custom_roles: { id: 'id', as: 'uuid', mode: 'UPDATE' },
  customers: { id: 'id', as: 'uuid', mode: 'NO KEY UPDATE' },
  entities: { id: 'id', as: 'text', mode: 'NO KEY UPDATE' },
  debt_plans: { id: 'id', as: 'uuid', mode: 'UPDATE' },
  holds: { id: 'id', as: 'uuid', mode: 'UPDATE' },
  operators: { id: 'id', as: 'uuid', mode: 'NO KEY UPDATE' },
  pattern_moves: { id: 'id', as: 'uuid', mode: 'UPDATE' },
  pattern_payments: { id: 'id', as: 'uuid', mode: 'UPDATE' },
  payout_stops: { id: 'id', as: 'uuid', mode: 'UPDATE' },
  proof_breaks: { id: 'id', as: 'uuid', mode: 'UPDATE' },
  proof_states: { id: 'account_id', as: 'text', mode: 'UPDATE' },
  schedules: { id: 'id', as: 'uuid', mode: 'NO KEY UPDATE' },
  standstills: { id: 'id', as: 'uuid', mode: 'UPDATE' },
  statement_orders: { id: 'id', as: 'uuid', mode: 'NO KEY UPDATE' },
  transfers: { id: 'id', as: 'text', mode: 'UPDATE' },
  wallets: { id: 'id', as: 'uuid', mode: 'NO KEY UPDATE' },
  withdrawal_batches: { id: 'id', as: 'uuid', mode: 'NO KEY UPDATE' },
  webhook_endpoints: { id: 'id', as: 'uuid', mode: 'NO KEY UPDATE' },
  withdrawals: { id: 'id', as: 'uuid', mode: 'UPDATE' },
} as const;

/** Nobody else changes the row until the transaction ends. What is to be decided on is read after it. */
export async function lockRow(tx: Tx, table: keyof typeof ROWS, id: string): Promise<void> {
  const { id: column, as, mode } = ROWS[table];
  const [from, by, type, how] = [table, column, as, mode].map((word) => Prisma.raw(word));
  await tx.$queryRaw`SELECT 1 AS locked FROM ${from} WHERE ${by} = ${id}::${type} FOR ${how}`;
}
