import type { RailMovement } from '~/lib/rails/rail-says';

/** A movement as it is kept. */
export function movementFacts(accountId: string, movement: RailMovement, position: bigint) {
  return {
    id: movement.id,
    accountId,
    position,
    direction: movement.direction,
    amount: movement.amount,
    balance: movement.balance,
    asset: movement.asset,
    kind: movement.kind,
    resourceId: movement.resourceId,
    pairId: movement.pairId,
    at: movement.at,
  };
}
