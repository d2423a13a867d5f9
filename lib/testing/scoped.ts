import type { OperatorActor } from '~/lib/actor';
import { db } from '~/lib/db';
import type { CustomRole } from '~/lib/roles';
import { someOperator, someScope } from '~/lib/testing/factories';
import { type Planted, plant } from '~/lib/testing/planted';

/** Whoever sees some portfolios alone. */
export type Scoped = OperatorActor & { role: CustomRole };

/** Records of one person, whose wallet stands in a portfolio of its own. */
export async function plantApart(): Promise<Planted> {
  const made = await plant();
  const { wallet, customer } = made;
  await db().wallet.update({
    where: { id: wallet.id },
    data: { portfolio: { create: { customerId: customer.id, name: 'Nómina' } } },
  });
  await db().customer.update({ where: { id: customer.id }, data: { name: `Nadia ${customer.id}` } });
  return made;
}

/** Somebody who sees what is of one of them, with all that a scope goes with. */
export async function scopedTo({ wallet }: Planted): Promise<Scoped> {
  const role = await someScope(
    [wallet.id],
    ...(['people:read', 'lists:export', 'notes:write', 'cases:write', 'reveals:write'] as const),
  );
  return { ...(await someOperator(role)), role };
}
