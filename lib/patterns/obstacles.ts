import type { Queryable } from '~/lib/db';
import { findEntityOf } from '~/lib/entities/links';
import type { Customer } from '~/lib/people/kept';
import { railFor } from '~/lib/rails/registry';
import type { AssetWallet } from '~/lib/wallets/asset-wallets';
import type { Prisma, WalletPattern } from '~/prisma/generated/client';

/**
 * Why a wallet can't be moved at all as things stand, the first reason that applies. What only has to end first is told
 * by lib/patterns/in-flight.ts.
 */
export const OBSTACLES = [
  /** Of nobody's customer, or in these books alone. */
  'not_on_rail',
  'not_open',
  'same_pattern',
  /** Its money can't be brought from one account to another by a second number there: CLP, where an account has one. */
  'not_paid_out',
  /** Another move of it is under way. */
  'under_way',
  'asked_already',
  /** Pattern C: the customer has no entity at the rail, or its KYB isn't approved. */
  'no_entity',
  'kyb_not_approved',
] as const;
export type Obstacle = (typeof OBSTACLES)[number];

const UNDER_WAY = {
  state: { in: ['opening', 'switching', 'moving'] },
} satisfies Prisma.PatternMoveWhereInput;

type Wanted = { wallet: AssetWallet; customer: Customer | null; to: WalletPattern };

/** `entityId`: the customer's own, for pattern C. */
export async function obstacleTo(
  client: Queryable,
  { wallet, customer, to }: Wanted,
): Promise<{ obstacle: Obstacle | null; entityId: string | null }> {
  const { id: walletId, asset, pattern, accountId, accountNumberId, state } = wallet;
  const stop = (obstacle: Obstacle) => ({ obstacle, entityId: null });
  const facts = railFor(asset)?.facts();
  if (!customer || !pattern || !facts) return stop('not_on_rail');
  if (wallet.status !== 'open' || state !== 'open' || !accountId || !accountNumberId) return stop('not_open');
  if (pattern === to) return stop('same_pattern');
  if (!(asset in facts.payouts) || !facts.sharedAssets.includes(asset)) return stop('not_paid_out');
  if ((await client.patternMove.count({ where: { walletId, asset, ...UNDER_WAY } })) > 0)
    return stop('under_way');
  if (to !== 'C') return { obstacle: null, entityId: null };
  const entityId = await findEntityOf(customer);
  if (!entityId) return stop('no_entity');
  return (await isApproved(client, entityId))
    ? { obstacle: null, entityId }
    : { obstacle: 'kyb_not_approved', entityId };
}

/** Whether accounts open under it: by an onboarding, or because it was made in the rail's own console. */
export async function isApproved(client: Queryable, entityId: string): Promise<boolean> {
  const entity = await client.entity.findUniqueOrThrow({
    where: { id: entityId },
    include: { onboardings: { where: { status: 'approved' }, take: 1 } },
  });
  return entity.onboardings.length > 0 || entity.status === 'operational';
}
