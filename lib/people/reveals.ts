import { type Actor, authorize, may, type OperatorActor } from '~/lib/actor';
import { recordAudit } from '~/lib/audit/audit';
import { db, type Queryable, type Tx, transaction } from '~/lib/db';
import { DomainError, InvalidInputError, notFound } from '~/lib/errors';
import { lockRow } from '~/lib/lock';
import { historyOf } from '~/lib/outbox/history';
import { noteLook } from '~/lib/people/looks';
import {
  counterpartyOf,
  holderOf,
  type Person,
  REASON_MAX,
  REASON_MIN,
  REVEAL_MINUTES,
  REVEAL_SUBJECTS,
  REVEALS_A_DAY,
} from '~/lib/people/masking';
import { type Reader, shownText } from '~/lib/people/sight';
import { lengthOf, lineOf } from '~/lib/text';
import { merged, type TimelineItem } from '~/lib/timeline';
import type { Reveal } from '~/prisma/generated/client';

/** Who answers a customer needs a few at once; more would be a harvest. */
const OPEN_AT_ONCE = 20;

/** Shows one person's data to who asks, for fifteen minutes. Asked again meanwhile, the same reveal goes on. */
export async function revealPerson(
  actor: OperatorActor,
  input: Person & { reason: string },
): Promise<Reveal> {
  authorize(actor, 'reveals:write');
  const reason = checkedReason(input.reason);
  return transaction(async (tx) => {
    // One operator's reveals come one after the other, so that two clicks make one.
    await lockRow(tx, 'operators', actor.id);
    const { subject, id } = await findPerson(tx, input);
    const at = new Date();
    const open = await tx.reveal.findMany({
      where: { operatorId: actor.id, endedAt: null, expiresAt: { gt: at } },
    });
    const standing = open.find(({ subjectType, subjectId }) => subjectType === subject && subjectId === id);
    if (standing) return standing;
    if (open.length >= OPEN_AT_ONCE)
      throw new DomainError('too_many_reveals', `${open.length} people are revealed already.`, {});
    await requireOneLeft(tx, actor, at);
    const expiresAt = new Date(at.getTime() + REVEAL_MINUTES * 60_000);
    const reveal = await tx.reveal.create({
      data: { operatorId: actor.id, subjectType: subject, subjectId: id, reason, at, expiresAt },
    });
    await recordAudit(tx, actor, {
      action: 'person.revealed',
      subject,
      id,
      after: { expiresAt },
      reason,
    });
    if (subject === 'customer') await noteLook(tx, actor, { way: 'reveal', about: reveal.id, reason }, [id]);
    return reveal;
  });
}

/** Throws `reveals_spent` for who revealed as many people in 24 hours as anybody may. */
async function requireOneLeft(tx: Tx, { id: operatorId }: OperatorActor, at: Date): Promise<void> {
  const since = new Date(at.getTime() - 24 * 3_600_000);
  const count = await tx.reveal.count({ where: { operatorId, at: { gt: since } } });
  if (count >= REVEALS_A_DAY)
    throw new DomainError('reveals_spent', `${count} people were revealed in a day.`, {
      most: REVEALS_A_DAY,
    });
}

function checkedReason(text: string): string {
  const reason = lineOf(text);
  const length = lengthOf(reason);
  if (length < REASON_MIN) throw new InvalidInputError({ reason: 'reason_too_short' });
  if (length > REASON_MAX) throw new InvalidInputError({ reason: 'too_long' });
  return reason;
}

/** The person behind what was named. */
async function findPerson(tx: Tx, { subject, id }: Person): Promise<Person> {
  const found = await lookUp(tx, { subject, id });
  if (!found) throw notFound(subject, id);
  return found;
}

async function lookUp(tx: Queryable, { subject, id }: Person): Promise<Person | null> {
  const select = { id: true } as const;
  const itself = (row: object | null) => row && { subject, id };
  switch (subject) {
    case 'customer':
      return itself(await tx.customer.findUnique({ where: { id }, select }));
    case 'withdrawal':
      return itself(await tx.withdrawal.findUnique({ where: { id }, select }));
    case 'entity': {
      const entity = await tx.entity.findUnique({ where: { id }, select: { id: true, customerId: true } });
      return entity && holderOf(entity);
    }
    case 'transfer': {
      const withId = { id: true, withdrawal: { select } } as const;
      const transfer = await tx.transfer.findUnique({ where: { id }, select: withId });
      return transfer && counterpartyOf(transfer);
    }
  }
}

/** Hides the data again before its time. Only who revealed it has anything to hide, and needs to show nothing for it. */
export async function concealPerson(actor: OperatorActor, { revealId }: { revealId: string }) {
  authorize(actor, 'console:read');
  return transaction(async (tx) => {
    const endedAt = new Date();
    const [ended] = await tx.reveal.updateManyAndReturn({
      where: { id: revealId, operatorId: actor.id, endedAt: null, expiresAt: { gt: endedAt } },
      data: { endedAt },
    });
    // Over already: by itself, or by another click.
    if (!ended) return;
    await recordAudit(tx, actor, {
      action: 'person.concealed',
      subject: ended.subjectType as Person['subject'],
      id: ended.subjectId,
      before: { expiresAt: ended.expiresAt },
      after: { endedAt },
    });
  });
}

/** An actor as a reader: with whom they look at now, for those who may reveal anybody. Asked once a request. */
export async function readerOf<Who extends Actor>(who: Who): Promise<Who & Pick<Reader, 'reveals'>> {
  if (who.kind !== 'operator' || !may(who, 'reveals:write')) return who;
  const reveals = await db().reveal.findMany({
    where: { operatorId: who.id, endedAt: null, expiresAt: { gt: new Date() } },
    select: { id: true, subjectType: true, subjectId: true, expiresAt: true },
  });
  return { ...who, reveals };
}

/** Whose history it is, and whose reveals it tells of, where those are not the same. */
export type HistoryOf = { person: Person | null; told?: Person | null };

/** A history for its reader, and with who looked at the person's data and why, for those who may read the audit log. */
export async function historyFor(
  reader: Reader,
  { person, told: whose = person }: HistoryOf,
  history: readonly TimelineItem[],
): Promise<TimelineItem[]> {
  const shownHistory = history.map((item) => ({ ...item, reason: shownText(reader, person, item.reason) }));
  if (!whose || !may(reader, 'audit:read')) return shownHistory;
  const looks = await historyOf(whose.subject, whose.id, 'looks at it');
  const told = looks.map(({ id: eventId, at, type, actorName, reason: said }): TimelineItem => {
    const reason = shownText(reader, whose, said);
    return { eventId, at, kind: type, actor: actorName, reason, transactionId: null };
  });
  return merged(shownHistory, told);
}

const SUBJECTS: ReadonlySet<string> = new Set(REVEAL_SUBJECTS);

/** Who stands behind a record that something is noted about; null where that is nobody whom one could reveal. */
export async function personBehind(subjectType: string, subjectId: string): Promise<Person | null> {
  if (!SUBJECTS.has(subjectType)) return null;
  return lookUp(db(), { subject: subjectType as Person['subject'], id: subjectId });
}
