import { waitingSeenBy } from '~/lib/approvals/read';
import { type Tx, transaction } from '~/lib/db';
import { choicesOf, type NoticeChoices } from '~/lib/notices/choices';
import { kindOf, type NoticeKind, TELLING_TYPES } from '~/lib/notices/kinds';
import { type Known, saidOf } from '~/lib/notices/subject';
import { newsFor, nextPlace, standAt } from '~/lib/outbox/reader';
import { roleOf, WITH_ROLE } from '~/lib/people/role-of';
import { type Queue, runOnce, stillHeld } from '~/lib/queue';
import { isScoped, type Role } from '~/lib/roles';
import type { OutboxEvent, Prisma } from '~/prisma/generated/client';
import type { NoticeMode } from '~/prisma/generated/enums';

export const TURNS: Queue = {
  name: 'notices',
  leaseSeconds: 30,
  backoff: { firstMs: 1_000, mostMs: 30_000 },
};
const READER = 'notices';
const MOST_READ = 2_000;

type Told = Pick<OutboxEvent, 'id' | 'type' | 'subjectKind' | 'subjectId' | 'occurredAt' | 'data'>;
type Happened = Told & { kind: NoticeKind };
type Person = { id: string; role: Role; choices: NoticeChoices };

/**
 * Tells people of what happened since the last look: whoever may see it and wants to know, once of each event. What was
 * read and who was told commit together, so a worker that dies between leaves the one to be done with the other. Answers
 * how far it went.
 */
export async function tellPeople(turns = TURNS): Promise<number> {
  if (!(await newsFor(READER))) return 0;
  const read = await runOnce(turns, async (held) => {
    const from = await newsFor(READER);
    if (!from) return 0;
    return transaction(async (tx) => {
      await stillHeld(tx, held);
      const to = await nextPlace(tx, from, MOST_READ);
      await tell(tx, await happened(tx, from.read, to));
      await standAt(tx, READER, { ...from, read: to });
      return Number(to - from.read);
    });
  });
  return read ?? 0;
}

async function happened(tx: Tx, read: bigint, to: bigint): Promise<Happened[]> {
  const events: Told[] = await tx.outboxEvent.findMany({
    where: { id: { gt: read, lte: to }, type: { in: [...TELLING_TYPES] } },
    orderBy: { id: 'asc' },
  });
  return events.flatMap((event) => {
    const kind = kindOf(event.type, (event.data as { kind?: unknown } | null)?.kind);
    return kind === null ? [] : [{ ...event, kind }];
  });
}

async function tell(tx: Tx, events: readonly Happened[]): Promise<void> {
  if (events.length === 0) return;
  const people = await peopleOf(tx);
  const known = await knownOf(tx, events);
  const concerned = await concernedBy(tx, events, people);
  const rows: Prisma.NoticeCreateManyInput[] = [];
  for (const event of events)
    for (const { id: operatorId, role, choices } of people) {
      const { id: eventId, kind, subjectKind, subjectId, occurredAt } = event;
      const mode = heard(role, choices[kind] ?? 'off');
      // Of one thing once: what is asked and then goes to its next step within one look is one notice.
      if (mode === 'off' || concerned.get(kind)?.get(operatorId)?.delete(subjectId) === false) continue;
      const said = saidOf(kind, event, known.get(subjectId) ?? {});
      rows.push({ operatorId, eventId, kind, subjectKind, subjectId, occurredAt, mode, ...said });
    }
  await tx.notice.createMany({ data: rows, skipDuplicates: true });
}

/** Who sees some portfolios alone reads there what is theirs; a mail would tell of all others’ that something happened. */
function heard(role: Role, mode: NoticeMode): NoticeMode {
  return isScoped(role) && mode !== 'off' ? 'app' : mode;
}

async function peopleOf(tx: Tx): Promise<Person[]> {
  const rows = await tx.operator.findMany({
    where: { disabledAt: null },
    select: { id: true, role: true, ...WITH_ROLE },
    orderBy: { id: 'asc' },
  });
  const operators = rows.map((row) => ({ id: row.id, role: roleOf(row) }));
  const choices = await choicesOf(tx, operators);
  return operators.map((operator) => ({ ...operator, choices: choices.get(operator.id) ?? {} }));
}

/** What the subjects' own rows say, by the subject's id. */
async function knownOf(tx: Tx, events: readonly Happened[]): Promise<Map<string, Known>> {
  const ids = (subjectKind: string) =>
    events.flatMap((event) => (event.subjectKind === subjectKind ? [event.subjectId] : []));
  const alarms = await tx.alarm.findMany({
    where: { id: { in: ids('alarm').map(BigInt) } },
    select: { id: true, path: true },
  });
  const approvals = await tx.approval.findMany({
    where: { id: { in: ids('approval') } },
    select: { id: true, action: true },
  });
  return new Map<string, Known>([
    ...alarms.map(({ id, path }): [string, Known] => [String(id), { path }]),
    ...approvals.map(({ id, action }): [string, Known] => [id, { action }]),
  ]);
}

/** Kind → person → the subjects that concern this very person. A kind that isn't named concerns all who chose it. */
type Concerned = Map<NoticeKind, Map<string, Set<string>>>;

async function concernedBy(
  tx: Tx,
  events: readonly Happened[],
  people: readonly Person[],
): Promise<Concerned> {
  const of = (kind: NoticeKind) => [
    ...new Set(events.flatMap((event) => (event.kind === kind ? [event.subjectId] : []))),
  ];
  return new Map([
    ['approval_waiting', await decidersOf(tx, of('approval_waiting'), people)],
    ['statement_ready', await askersOf(tx, of('statement_ready'), people)],
    ['statements_ended', await makersOf(tx, events, people)],
  ]);
}

/** What waits for this person's decision now, and what they weren't told of before. */
async function decidersOf(tx: Tx, ids: readonly string[], people: readonly Person[]) {
  const deciders = new Map<string, Set<string>>();
  for (const person of people) {
    const isAsked = ids.length > 0 && (person.choices.approval_waiting ?? 'off') !== 'off';
    const rows = isAsked ? await decidedBy(tx, ids, person) : [];
    deciders.set(person.id, new Set(rows.map(({ id }) => id)));
  }
  return deciders;
}

function decidedBy(tx: Tx, ids: readonly string[], person: Person): Promise<{ id: string }[]> {
  return tx.$queryRaw`
    SELECT a.id::text AS id FROM ${waitingSeenBy(person)} a
    WHERE a.standing = 'decides' AND a.id = ANY (${ids}::uuid[]) AND NOT EXISTS (
      SELECT FROM notices n
      WHERE n.subject_kind = 'approval' AND n.subject_id = a.id::text AND n.operator_id = ${person.id}::uuid)`;
}

async function askersOf(tx: Tx, ids: readonly string[], people: readonly Person[]) {
  const statements = await tx.statement.findMany({
    where: { id: { in: [...ids] }, askedByKind: 'operator' },
    select: { id: true, askedById: true },
  });
  return new Map(
    people.map((person): [string, Set<string>] => [
      person.id,
      new Set(statements.filter(({ askedById }) => askedById === person.id).map(({ id }) => id)),
    ]),
  );
}

/** Whoever ordered them; who ended it themselves knows. */
async function makersOf(tx: Tx, events: readonly Happened[], people: readonly Person[]) {
  const ended = events.flatMap(({ kind, subjectId, data }) =>
    kind === 'statements_ended' ? [{ subjectId, orderId: (data as { orderId: string }).orderId }] : [],
  );
  const orders = await tx.statementOrder.findMany({
    where: { id: { in: ended.map(({ orderId }) => orderId) } },
    select: { id: true, madeById: true, endedById: true },
  });
  const makers = new Map(people.map(({ id }) => [id, new Set<string>()]));
  for (const { id, madeById, endedById } of orders)
    for (const { subjectId } of ended.filter(({ orderId }) => orderId === id && madeById !== endedById))
      makers.get(madeById)?.add(subjectId);
  return makers;
}
