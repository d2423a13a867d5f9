import type { Actor } from '~/lib/actor';
import { db, type Tx } from '~/lib/db';
import { type Reader, shownAll } from '~/lib/people/sight';
import type { LifecycleAct, Prisma } from '~/prisma/generated/client';

export const LIFECYCLE_SUBJECTS = ['wallet', 'customer', 'portfolio'] as const;
export type LifecycleSubject = (typeof LIFECYCLE_SUBJECTS)[number];
export type LifecycleActName = 'opening_cancelled' | 'frozen' | 'unfrozen' | 'closed' | 'reopened';

type NewAct = {
  subjectType: LifecycleSubject;
  subjectId: string;
  act: LifecycleActName;
  reason: string;
} & Partial<Pick<LifecycleAct, 'direction' | 'untilAt' | 'deposits' | 'closedBy' | 'partOf'>>;

/** Writes down who did what to it and why, in the transaction that does it. Answers the row's number. */
export async function noteAct(tx: Tx, actor: Actor, act: NewAct): Promise<bigint> {
  const { id } = await tx.lifecycleAct.create({
    data: {
      ...act,
      actorKind: actor.kind,
      actorId: 'id' in actor ? actor.id : null,
      actorName: actor.name,
    },
  });
  return id;
}

const SHOWN = {
  whole: { select: { subjectType: true, subjectId: true } },
} satisfies Prisma.LifecycleActInclude;

export type LifecycleActRow = Prisma.LifecycleActGetPayload<{ include: typeof SHOWN }>;

/** Everything that was done to its state, the latest first. */
export async function listActs(
  reader: Reader,
  subjectType: LifecycleSubject,
  subjectId: string,
): Promise<LifecycleActRow[]> {
  const acts = await db().lifecycleAct.findMany({
    where: { subjectType, subjectId },
    orderBy: { id: 'desc' },
    take: 100,
    include: SHOWN,
  });
  return shownAll(reader, 'lifecycleAct', acts);
}
