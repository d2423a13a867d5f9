import { authorize, type OperatorActor } from '~/lib/actor';
import { recordAudit } from '~/lib/audit/audit';
import { db, transaction } from '~/lib/db';
import { DomainError, InvalidInputError, notFound } from '~/lib/errors';
import { once } from '~/lib/once';
import { REASON_MAX, REASON_MIN } from '~/lib/people/masking';
import { lengthOf, lineOf } from '~/lib/text';
import type { PersonPack } from '~/prisma/generated/client';

/** A person's file is asked for by hand: more that wait are a mistake. */
const MOST_WAITING = 5;

/**
 * Asks for everything that is held of a customer, which a worker puts into a file. Throws `invalid` without a reason that
 * says something, and `not_found`.
 */
export async function askPack(
  actor: OperatorActor,
  input: { customerId: string; reason: string; requestId?: string },
): Promise<PersonPack> {
  authorize(actor, 'people:export');
  const { customerId, requestId } = input;
  const reason = lineOf(input.reason);
  if (lengthOf(reason) < REASON_MIN) throw new InvalidInputError({ reason: 'reason_too_short' });
  if (lengthOf(reason) > REASON_MAX) throw new InvalidInputError({ reason: 'too_long' });
  return transaction((tx) =>
    once(
      tx,
      actor,
      { act: 'customer.pack', requestId, content: { customerId, reason } },
      (id) => tx.personPack.findUniqueOrThrow({ where: { id } }),
      async () => {
        const customer = await tx.customer.findUnique({ where: { id: customerId }, select: { id: true } });
        if (!customer) throw notFound('customer', customerId);
        const waiting = await tx.personPack.count({ where: { askedById: actor.id, state: 'queued' } });
        if (waiting >= MOST_WAITING)
          throw new DomainError('statements_wait', `${waiting} files wait to be made.`, { waiting });
        const pack = await tx.personPack.create({ data: { customerId, reason, askedById: actor.id } });
        await recordAudit(tx, actor, {
          ...{ action: 'customer.pack_requested', subject: 'customer', id: customerId },
          ...{ after: { packId: pack.id }, reason },
        });
        return pack;
      },
    ),
  );
}

export type PackRow = Pick<PersonPack, 'id' | 'createdAt' | 'state' | 'bytes' | 'expiresAt' | 'reason'> & {
  askedBy: { name: string };
};

/** What was asked for of one customer, the latest first; for who may ask. */
export async function listPacks(actor: OperatorActor, { customerId }: { customerId: string }) {
  authorize(actor, 'people:export');
  return db().personPack.findMany({
    where: { customerId },
    select: {
      ...{ id: true, createdAt: true, state: true, bytes: true, expiresAt: true, reason: true },
      askedBy: { select: { name: true } },
    },
    orderBy: { createdAt: 'desc' },
    take: 5,
  });
}
