import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type Actor, authorize, type OperatorActor } from '~/lib/actor';
import { type Act, askToDo } from '~/lib/approvals/acts';
import { recordAudit } from '~/lib/audit/audit';
import { db, type Tx, transaction } from '~/lib/db';
import { DomainError, InvalidInputError, notFound } from '~/lib/errors';
import { once } from '~/lib/once';
import { type Linked, lockOperator, note } from '~/lib/people/access';
import { endLinks, makeGuestLink, openAskedLink, spendGuestLink } from '~/lib/people/links';
import { requireReach } from '~/lib/people/power';
import { roleOf, WITH_ROLE } from '~/lib/people/role-of';
import { endSessions, openSessionIn, type Place } from '~/lib/people/sessions';
import { lineOf } from '~/lib/text';

const HOUR_MS = 3_600_000;
/** It may wait so long for a decision; from then on a guest's hours count. */
const WAITS_MS = 14 * 24 * HOUR_MS;

export type NewGuest = { name: string; hours: number; reason: string; requestId?: string };

/**
 * A link as `secret` for somebody from outside who reads the books for some hours. It opens once a second person has
 * decided so (`operator.guest`), is good once, and lets in as an auditor who changes nothing.
 */
export async function askForGuest(actor: OperatorActor, input: NewGuest): Promise<Linked> {
  authorize(actor, 'operators:write');
  const { requestId, ...content } = input;
  return transaction((tx) =>
    once(
      tx,
      actor,
      { act: 'operator.guest', requestId, content },
      (id): Promise<Linked> => tx.operator.findUniqueOrThrow({ where: { id } }),
      () => askToOpen(tx, actor, content),
    ),
  );
}

async function askToOpen(
  tx: Tx,
  actor: OperatorActor,
  { hours, ...typed }: Omit<NewGuest, 'requestId'>,
): Promise<Linked> {
  const [name, reason] = [lineOf(typed.name), lineOf(typed.reason)];
  if (name === '') throw new InvalidInputError({ name: 'required' });
  requireReach(actor, 'auditor');
  if (reason === '') throw new InvalidInputError({ reason: 'required' });
  const now = new Date();
  const guest = await tx.operator.create({
    data: {
      // Nobody's address: a guest is reached by who invited them.
      ...{ name, email: `${randomUUID()}@guest.invalid`, role: 'auditor', disabledAt: now },
      guestUntil: new Date(now.getTime() + WAITS_MS + hours * HOUR_MS),
    },
    omit: { passwordHash: true },
  });
  const { id } = guest;
  await recordAudit(tx, actor, {
    ...{ action: 'operator.created', subject: 'operator', id, after: guest, reason },
  });
  let secret = '';
  await askToDo(
    tx,
    actor,
    { action: 'operator.guest', subjectId: id, facts: { name, hours }, reason },
    {
      does: openToGuest,
      byTwo: true,
      prepare: async (approvalId) => {
        secret = await makeGuestLink(tx, { operatorId: id, madeById: actor.id, approvalId });
      },
    },
  );
  return { ...guest, secret };
}

const facts = z.object({ hours: z.number().int().positive() });

/** Does what `operator.guest` asks for: their hours count from now. */
export async function openToGuest(tx: Tx, actor: Actor, { subjectId: id, approvalId, ...asked }: Act) {
  if (approvalId === null) throw new Error('A link is made for who asked.');
  const { hours } = facts.parse(asked.facts);
  const before = await lockOperator(tx, id);
  if (before.guestUntil === null || before.guestUntil <= new Date())
    throw new DomainError('operator_changed', 'Their access was ended since it was asked for.');
  const guestUntil = new Date(Date.now() + hours * HOUR_MS);
  const after = await tx.operator.update({ where: { id }, data: { disabledAt: null, guestUntil } });
  await openAskedLink(tx, approvalId);
  await note(tx, asked.askedById, id, 'made');
  await recordAudit(tx, actor, { action: 'operator.changed', subject: 'operator', id, before, after });
  await recordAudit(tx, actor, { action: 'operator.link_opened', subject: 'operator', id });
}

/** Signs a guest in by their link, which is over with it. Null where it is over, waits, or lets in nobody. */
export async function enterAsGuest(token: string, from: Place) {
  return transaction(async (tx) => {
    const id = await spendGuestLink(tx, token);
    const now = new Date();
    const open = { disabledAt: null, guestUntil: { gt: now } };
    const guest = id && (await tx.operator.findFirst({ where: { id, ...open }, include: WITH_ROLE }));
    if (!guest) return null;
    const { email, name } = guest;
    const actor: OperatorActor = { kind: 'operator', id: guest.id, name, role: roleOf(guest), ...from };
    return { id: guest.id, email, name, sessionId: await openSessionIn(tx, actor, from, { factor: 'link' }) };
  });
}

/** Ends a guest's access before its time, whether they are in, have their link unused, or wait for it. */
export async function endGuest(actor: OperatorActor, { id }: { id: string }): Promise<void> {
  authorize(actor, 'operators:write');
  await transaction(async (tx) => {
    const before = await lockOperator(tx, id);
    const now = new Date();
    if (before.guestUntil === null) throw notFound('guest', id);
    if (before.guestUntil <= now) return;
    const data = { guestUntil: now, disabledAt: before.disabledAt ?? now };
    const after = await tx.operator.update({ where: { id }, data });
    await endLinks(tx, id);
    await endSessions(tx, { operatorId: id, cause: 'disabled' });
    await recordAudit(tx, actor, { action: 'operator.changed', subject: 'operator', id, before, after });
  });
}

export type GuestRow = {
  id: string;
  name: string;
  state: 'waits' | 'open' | 'in' | 'over';
  until: Date;
  /** When and from where they came in. */
  cameIn: { at: Date; ip: string } | null;
};

/** So many of the latest: older ones stand in the audit log. */
const MOST = 100;

/** Guests that there are and were, the latest first. */
export async function listGuests(reader: Actor): Promise<GuestRow[]> {
  authorize(reader, 'settings:read');
  const rows = await db().operator.findMany({
    where: { guestUntil: { not: null } },
    include: {
      sessions: { orderBy: { openedAt: 'desc' }, take: 1 },
      links: { orderBy: { madeAt: 'desc' }, take: 1, include: { approval: { select: { state: true } } } },
    },
    orderBy: { createdAt: 'desc' },
    take: MOST,
  });
  const now = new Date();
  return rows.map(({ id, name, guestUntil, disabledAt, sessions: [session], links: [link] }) => {
    const until = guestUntil ?? now;
    const cameIn = session ? { at: session.openedAt, ip: session.ip } : null;
    const isWaiting = disabledAt !== null && link?.approval?.state === 'waiting' && until > now;
    const isReading = session !== undefined && session.endedAt === null;
    const isOpen = session === undefined && link !== undefined && link.expiresAt > now;
    const isOver = disabledAt !== null || until <= now || !(isReading || isOpen);
    return {
      id,
      name,
      until,
      cameIn,
      state: isWaiting ? 'waits' : isOver ? 'over' : isReading ? 'in' : 'open',
    };
  });
}
