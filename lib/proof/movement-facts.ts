import type { FintocMovement } from '~/lib/rails/fintoc/translate';

/** A movement as it is kept. */
export function movementFacts(accountId: string, movement: FintocMovement, position: bigint) {
  return {
    id: movement.id,
    accountId,
    position,
    direction: movement.direction,
    amount: movement.amount,
    balance: movement.balance,
    asset: movement.currency,
    kind: movement.type,
    resourceId: movement.resource_id,
    pairId: movement.return_pair_id,
    at: movement.transaction_date,
  };
}
