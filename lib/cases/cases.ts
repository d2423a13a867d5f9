import { authorize, type OperatorActor } from '~/lib/actor';
import { recordAudit } from '~/lib/audit/audit';
import type { CaseSubject, CaseTypeName, WaitsFor } from '~/lib/cases/kinds';
import { subjectOf } from '~/lib/cases/subject';
import { type Tx, transaction } from '~/lib/db';
import { DomainError, InvalidInputError, notFound } from '~/lib/errors';
import { lockRow } from '~/lib/lock';
import { once } from '~/lib/once';
import type { EventType } from '~/lib/outbox/catalogue';
import { roleOf, WITH_ROLE } from '~/lib/people/role-of';
import { can } from '~/lib/roles';
import { getSetting } from '~/lib/settings';
import { storable } from '~/lib/storable';
import { bareOf, noteOf } from '~/lib/text';
import type { Case, CaseActKind, Prisma } from '~/prisma/generated/client';

/**
 * What a SPEI aclaración names a payment by: Banxico's Circular 14/2017, rule 84a VI, has participants take them with the
 * clave de rastreo, the day of operation, the amount, both banks and the beneficiary's account. Amounts in centavos.
 */
export type Claim = {
  trackingKey?: string | undefined;
  /** `2026-11-26` */
  operationDay?: string | undefined;
  amount?: bigint | undefined;
  sendingBank?: string | undefined;
  receivingBank?: string | undefined;
  beneficiaryAccount?: string | undefined;
};

export type NewCase = {
  type: CaseTypeName;
  subjectType: CaseSubject;
  subjectId: string;
  /** Left out, it is whoever opens it. */
  ownerId?: string | undefined;
  /** From now on; left out, as long as the settings give its type. */
  dueInHours?: number | undefined;
  note: string;
  claim?: Claim | undefined;
  requestId: string;
};

type Changed = { caseId: string; requestId?: string | undefined };

/** Opens a piece of work on a customer, a payment or a break. Throws `not_found` where there is no such thing. */
export async function openCase(actor: OperatorActor, { requestId, ...input }: NewCase): Promise<Case> {
  authorize(actor, 'cases:write');
  const asked = { act: 'case.open', requestId, content: input } as const;
  return transaction((tx) => once(tx, actor, asked, recall(tx), () => open(tx, actor, input)));
}

async function open(tx: Tx, actor: OperatorActor, input: Omit<NewCase, 'requestId'>): Promise<Case> {
  const { type, subjectType, subjectId, claim = {} } = input;
  const { customerId } = await subjectOf(tx, { subjectType, subjectId });
  const ownerId = await ownerOf(tx, input.ownerId ?? actor.id);
  const openedAt = new Date();
  const dueAt = dueIn(input.dueInHours ?? (await hoursOf(tx, type)), openedAt);
  const made = await tx.case.create({
    data: {
      ...{ type, subjectType, subjectId, customerId, ownerId, openedById: actor.id, openedAt },
      ...{ dueAt, ...columnsOf(claim) },
    },
  });
  await act(tx, actor, made, { kind: 'opened', note: input.note, facts: { type, ownerId, dueAt } });
  return made;
}

/** Gives a case to somebody else, with what they have to know. */
export function handOver(
  actor: OperatorActor,
  input: Changed & { ownerId: string; note: string },
): Promise<Case> {
  return change(actor, 'case.hand_over', input, async (tx, before) => {
    const ownerId = await ownerOf(tx, input.ownerId);
    if (ownerId === before.ownerId) throw new InvalidInputError({ ownerId: 'same_owner' });
    return { kind: 'handed_over', note: input.note, data: { ownerId } };
  });
}

/** Says whose turn it is, and by when, from now on, it is due; left out, that stays as it is. */
export function changeClock(
  actor: OperatorActor,
  input: Changed & { waitsFor: WaitsFor; dueInHours?: number | undefined; note?: string | undefined },
): Promise<Case> {
  const { waitsFor, dueInHours, note } = input;
  return change(actor, 'case.change_clock', input, async () => {
    return {
      kind: 'clock_changed',
      note,
      data: { waitsFor, ...(dueInHours && { dueAt: dueIn(dueInHours) }) },
    };
  });
}

/** Writes down, or puts right, what the payment is said to be. */
export function changeClaim(actor: OperatorActor, input: Changed & { claim: Claim }): Promise<Case> {
  return change(actor, 'case.change_claim', input, async () => {
    return { kind: 'claim_changed', data: columnsOf(input.claim) };
  });
}

/** Ends the work, and says how it came out. */
export function closeCase(actor: OperatorActor, input: Changed & { note: string }): Promise<Case> {
  return change(actor, 'case.close', input, async () => {
    return { kind: 'closed', note: input.note, data: { closedAt: new Date() } };
  });
}

/** Takes up again what was closed, by a new clock. */
export function reopenCase(actor: OperatorActor, input: Changed & { note: string }): Promise<Case> {
  return change(actor, 'case.reopen', input, async (tx, { type }) => {
    const dueAt = dueIn(await hoursOf(tx, type));
    return { kind: 'reopened', note: input.note, data: { closedAt: null, waitsFor: 'us', dueAt } };
  });
}

type Act = { kind: CaseActKind; note?: string | undefined; data: Prisma.CaseUncheckedUpdateInput };

/** One act on a case under its lock. Throws `case_closed` where it has ended, or where what hasn't ended is taken up again. */
async function change(
  actor: OperatorActor,
  name: `case.${string}`,
  input: Changed,
  decide: (tx: Tx, before: Case) => Promise<Act>,
): Promise<Case> {
  authorize(actor, 'cases:write');
  const { requestId, ...content } = input;
  return transaction((tx) =>
    once(tx, actor, { act: name, requestId, content }, recall(tx), async () => {
      const before = await lockCase(tx, input.caseId);
      const { kind, note, data } = await decide(tx, before);
      if ((before.closedAt !== null) !== (kind === 'reopened'))
        throw new DomainError('case_closed', `The case is ${before.closedAt ? 'closed' : 'open'} already.`);
      const after = await tx.case.update({ where: { id: before.id }, data });
      await act(tx, actor, after, { kind, note, facts: factsOf(before, after), before });
      return after;
    }),
  );
}

const recall = (tx: Tx) => (id: string) => tx.case.findUniqueOrThrow({ where: { id } });

async function lockCase(tx: Tx, id: string): Promise<Case> {
  await lockRow(tx, 'cases', id);
  const found = await tx.case.findUnique({ where: { id } });
  if (!found) throw notFound('case', id);
  return found;
}

const EVENTS: Record<CaseActKind, EventType> = {
  opened: 'case.opened',
  handed_over: 'case.handed_over',
  clock_changed: 'case.clock_changed',
  claim_changed: 'case.claim_changed',
  closed: 'case.closed',
  reopened: 'case.reopened',
};

type NewAct = { kind: CaseActKind; note?: string | undefined; facts: object; before?: Case };

async function act(tx: Tx, actor: OperatorActor, of: Case, { kind, note, facts, before }: NewAct) {
  const told = note === undefined ? undefined : noteOf(note);
  const needsNote = kind !== 'clock_changed' && kind !== 'claim_changed';
  if (needsNote && !told) throw new InvalidInputError({ note: 'required' });
  await tx.caseAct.create({
    data: {
      ...{ caseId: of.id, kind, operatorId: actor.id, operatorName: actor.name },
      ...{ note: told || null, facts: storable(plain(facts)) as Prisma.InputJsonValue },
    },
  });
  const { id, customerId, dueAt, closedAt, waitsFor, ownerId } = of;
  await recordAudit(tx, actor, {
    action: EVENTS[kind],
    subject: 'case',
    id,
    before: before
      ? { dueAt: before.dueAt, waitsFor: before.waitsFor, ownerId: before.ownerId, closedAt: before.closedAt }
      : null,
    after: { type: of.type, customerId, dueAt, closedAt, waitsFor, ownerId },
    ...(told && { reason: told }),
  });
}

/** What became other, by its column's name, as it was and as it is. */
function factsOf(before: Case, after: Case): Record<string, { before: unknown; after: unknown }> {
  const names = Object.keys(after) as (keyof Case)[];
  const isSame = (name: keyof Case) =>
    JSON.stringify(plain(before[name])) === JSON.stringify(plain(after[name]));
  return Object.fromEntries(
    names.filter((name) => !isSame(name)).map((name) => [name, { before: before[name], after: after[name] }]),
  );
}

/** JSON holds no bigint and no date. */
function plain(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value ?? null, (_key, item: unknown) =>
      typeof item === 'bigint' ? item.toString() : item,
    ),
  );
}

/** Who may have work: whoever may write it. */
async function ownerOf(tx: Tx, id: string): Promise<string> {
  const owner = await tx.operator.findUnique({ where: { id }, include: WITH_ROLE });
  if (!owner || owner.disabledAt || !can(roleOf(owner), 'cases:write'))
    throw new InvalidInputError({ ownerId: 'unfit_owner' });
  return id;
}

async function hoursOf(tx: Tx, type: CaseTypeName): Promise<number> {
  return (await getSetting('caseDueHours', tx))[type];
}

/** Longer than any case should wait: sixty days. */
export const MOST_DUE_HOURS = 1_440;

function dueIn(hours: number, from = new Date()): Date {
  if (!(hours >= 1 && hours <= MOST_DUE_HOURS)) throw new InvalidInputError({ dueInHours: 'due_range' });
  return new Date(from.getTime() + hours * 3_600_000);
}

function columnsOf(claim: Claim) {
  const { trackingKey, operationDay, amount, sendingBank, receivingBank, beneficiaryAccount } = claim;
  return {
    trackingKey: bareOf(trackingKey ?? '').toUpperCase() || null,
    operationDay: operationDay ? new Date(`${operationDay}T00:00:00Z`) : null,
    ...{ amount: amount ?? null, asset: amount === undefined ? null : 'MXN' },
    ...{ sendingBank: sendingBank || null, receivingBank: receivingBank || null },
    beneficiaryAccount: bareOf(beneficiaryAccount ?? '') || null,
  };
}
