import type { Actor } from '~/lib/actor';
import { recordAudit } from '~/lib/audit/audit';
import { db, type Tx } from '~/lib/db';
import { openedOnboardings, sealedAnew } from '~/lib/entities/kept';
import { InvalidInputError, notFound } from '~/lib/errors';
import { lockRow } from '~/lib/lock';
import { openedCustomer } from '~/lib/people/kept';
import { type Reader, type Shown, shown } from '~/lib/people/sight';
import { isGenericTaxId, isSameTaxId, taxIdSpellings } from '~/lib/tax-id';
import type { Prisma } from '~/prisma/generated/client';

type Holder = { id: string; taxId: string };

const LATEST = {
  onboardings: { orderBy: { createdAt: 'desc' }, take: 1 },
} satisfies Prisma.EntityInclude;

type Kept = Prisma.EntityGetPayload<{ include: typeof LATEST }>;

export type EntityOfCustomer = Shown<'entity', Kept>;

/** The entities that a wallet of this customer can stand under: theirs, and those that came by sync with their tax id. */
export async function listEntitiesOf(reader: Reader, customerId: string): Promise<EntityOfCustomer[]> {
  const customer = await openedCustomer(
    db(),
    await db().customer.findUnique({
      where: { id: customerId },
      select: { id: true, taxIdSealed: true },
    }),
  );
  const person = { subject: 'customer', id: customerId } as const;
  const entities = customer ? await entitiesOf(customer) : [];
  return Promise.all(
    entities.map(async (entity) => ({
      ...shown(reader, 'entity', person, entity),
      onboardings: (await openedOnboardings(db(), entity.onboardings)).map((each) =>
        shown(reader, 'onboarding', person, each),
      ),
    })),
  );
}

function entitiesOf({ id, taxId }: Holder): Promise<Kept[]> {
  const unclaimed = {
    customerId: null,
    holderId: { in: taxIdSpellings(taxId), mode: 'insensitive' as const },
  };
  return db().entity.findMany({
    where: { isRoot: false, OR: [{ customerId: id }, unclaimed] },
    orderBy: { createdAt: 'asc' },
    include: LATEST,
  });
}

/** Fintoc's words for an entity under which nothing opens any more. */
const OVER: ReadonlySet<string | null> = new Set(['canceled', 'rejected']);

/**
 * The entity that stands for this customer already, their own first. Of a tax id that many share only their own: whose
 * another one is, a person has to say.
 */
export async function findEntityOf(customer: Holder): Promise<string | null> {
  const entities = (await entitiesOf(customer)).filter(
    ({ holderId, status }) => isSameTaxId(holderId, customer.taxId) && !OVER.has(status),
  );
  const own = entities.find(({ customerId }) => customerId !== null);
  const unclaimed = isGenericTaxId(customer.taxId) ? undefined : entities[0];
  return (own ?? unclaimed)?.id ?? null;
}

/** Whether it belongs to somebody else here. */
export async function isOfAnother(entityId: string, customerId: string): Promise<boolean> {
  const entity = await db().entity.findUnique({ where: { id: entityId }, select: { customerId: true } });
  return entity !== null && entity.customerId !== null && entity.customerId !== customerId;
}

/**
 * Makes an entity the customer's, for good: only one of their tax id, which isn't the platform's or anybody else's.
 * Money in an account under another's entity would be that other's.
 */
export async function linkEntity(
  tx: Tx,
  actor: Actor,
  { entityId, customerId }: { entityId: string; customerId: string },
): Promise<void> {
  // Against a correction of the tax id at the same moment, and against somebody else who wants the same entity.
  await tx.$queryRaw`SELECT 1 AS locked FROM customers WHERE id = ${customerId}::uuid FOR SHARE`;
  await lockRow(tx, 'entities', entityId);
  const customer = await openedCustomer(tx, await tx.customer.findUnique({ where: { id: customerId } }));
  if (!customer) throw notFound('customer', customerId);
  const entity = await tx.entity.findUnique({ where: { id: entityId } });
  if (!entity) throw notFound('entity', entityId);
  if (entity.customerId === customerId) return;
  if (entity.isRoot || entity.customerId || !isSameTaxId(entity.holderId, customer.taxId))
    throw new InvalidInputError({ entityId: 'of_another_customer' });
  await tx.entity.update({ where: { id: entityId }, data: { customerId } });
  await sealedAnew(tx, entityId);
  await recordAudit(tx, actor, {
    action: 'entity.linked',
    subject: 'entity',
    id: entityId,
    after: { customerId },
  });
}
