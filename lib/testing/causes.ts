import type { Cause } from '~/lib/ledger/cause';

/** The cause of a posting that only a test makes. */
export function someCause(id: string): Cause {
  return { kind: 'transfer', id, step: 'test' };
}
