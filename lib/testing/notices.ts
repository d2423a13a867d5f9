import { system } from '~/lib/actor';
import { db, transaction } from '~/lib/db';
import { tellPeople } from '~/lib/notices/tell';
import type { EventType } from '~/lib/outbox/catalogue';
import { emit } from '~/lib/outbox/emit';
import type { Subject } from '~/lib/outbox/subjects';
import { eventually } from '~/lib/testing/sandbox';
import type { Notice } from '~/prisma/generated/client';

/** Something that happens, as an event of the outbox. */
export async function happens(
  type: EventType,
  subject: Subject,
  id: string,
  after: object = {},
): Promise<void> {
  await transaction((tx) => emit(tx, system('setup'), [{ type, subject, id, after }]));
}

/** Tells people of all that has happened so far, whatever is still under way elsewhere on the server. */
export async function tellAll(): Promise<void> {
  const [last] = await db().$queryRaw<{ id: bigint }[]>`SELECT coalesce(max(id), 0) AS id FROM outbox_events`;
  await eventually(async () => {
    await tellPeople();
    const { read } = await db().outboxReader.findUniqueOrThrow({ where: { name: 'notices' } });
    return read >= (last?.id ?? 0n);
  });
}

/** What a person was told, in its order. */
export function toldTo({ id: operatorId }: { id: string }): Promise<Notice[]> {
  return db().notice.findMany({ where: { operatorId }, orderBy: { id: 'asc' } });
}
