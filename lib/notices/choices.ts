import { authorize, type OperatorActor } from '~/lib/actor';
import { recordAudit } from '~/lib/audit/audit';
import { db, type Tx, transaction } from '~/lib/db';
import { lockRow } from '~/lib/lock';
import { kindsFor, type NoticeKind, type NoticeMode, usualMode } from '~/lib/notices/kinds';
import type { Role } from '~/lib/roles';

export type NoticeChoices = Partial<Record<NoticeKind, NoticeMode>>;

type Person = { id: string; role: Role };

/** How a person is told of each kind that they may see, by their choice or else their role's. */
export async function noticeChoices(person: Person): Promise<NoticeChoices> {
  const all = await choicesOf(db(), [person]);
  return all.get(person.id) ?? {};
}

/** The same for several people, by their id. */
export async function choicesOf(tx: Tx, people: readonly Person[]): Promise<Map<string, NoticeChoices>> {
  const rows = await tx.noticeChoice.findMany({ where: { operatorId: { in: people.map(({ id }) => id) } } });
  const chosen = new Map(rows.map(({ operatorId, kind, mode }) => [`${operatorId} ${kind}`, mode]));
  return new Map(
    people.map(({ id, role }) => [
      id,
      Object.fromEntries(
        kindsFor(role).map((kind) => [kind, chosen.get(`${id} ${kind}`) ?? usualMode(role, kind)]),
      ),
    ]),
  );
}

/** A person's own choice. What their role may not see is left as it is. */
export async function chooseNotices(actor: OperatorActor, chosen: NoticeChoices): Promise<void> {
  authorize(actor, 'console:read');
  await transaction(async (tx) => {
    await lockRow(tx, 'operators', actor.id);
    const before = (await choicesOf(tx, [actor])).get(actor.id) ?? {};
    const changed = kindsFor(actor.role).flatMap((kind) => {
      const mode = chosen[kind];
      return mode !== undefined && mode !== before[kind] ? [{ kind, mode }] : [];
    });
    if (changed.length === 0) return;
    for (const { kind, mode } of changed)
      await tx.noticeChoice.upsert({
        where: { operatorId_kind: { operatorId: actor.id, kind } },
        create: { operatorId: actor.id, kind, mode },
        update: { mode },
      });
    const after = { ...before, ...Object.fromEntries(changed.map(({ kind, mode }) => [kind, mode])) };
    await recordAudit(tx, actor, {
      ...{ action: 'operator.notices_chosen', subject: 'operator', id: actor.id },
      ...{ before, after },
    });
  });
}
