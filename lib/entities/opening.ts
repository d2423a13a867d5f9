import { type Actor, authorize } from '~/lib/actor';
import { db, transaction } from '~/lib/db';
import { asDomainError, makeEntity } from '~/lib/entities/entities';
import { findEntityOf, linkEntity } from '~/lib/entities/links';
import { InvalidInputError, notFound } from '~/lib/errors';
import { openedCustomer, requireKnown } from '~/lib/people/kept';

/**
 * The entity of a customer at Fintoc: the one that stands for them, or a new one. Asked again it is the same. Throws
 * `invalid` for a customer outside Mexico, whose entities are made in Fintoc's Dashboard.
 */
export async function openEntityOf(
  actor: Actor,
  { customerId }: { customerId: string },
): Promise<{ id: string }> {
  authorize(actor, 'kyb:write');
  const customer = await openedCustomer(db(), await db().customer.findUnique({ where: { id: customerId } }));
  if (!customer) throw notFound('customer', customerId);
  requireKnown(customer);
  if (customer.country !== 'mx') throw new InvalidInputError({ customerId: 'entity_from_dashboard' });
  const entityId = (await findEntityOf(customer)) ?? (await asDomainError(() => makeEntity(customer)));
  await transaction((tx) => linkEntity(tx, actor, { entityId, customerId }));
  return { id: entityId };
}
