import { authorize, type OperatorActor } from '~/lib/actor';
import { recordAudit } from '~/lib/audit/audit';
import { db, type Tx, transaction } from '~/lib/db';
import { env, requiresSecondFactor } from '~/lib/env';
import { notFound } from '~/lib/errors';
import { requireReach } from '~/lib/people/power';
import { CUSTOM_ROLE, customRoleOf, roleOf, WITH_ROLE } from '~/lib/people/role-of';
import { isWeighty, type Role } from '~/lib/roles';
import type { Operator, OperatorSession } from '~/prisma/generated/client';
import type { SessionEnd } from '~/prisma/generated/enums';

/** Where somebody sits: an address and what their browser calls itself, either empty where unknown. */
export type Place = { ip: string; userAgent: string };

/** Nobody stays signed in for longer, whatever they do; nor without doing anything (OWASP ASVS 5, 7.3). */
const MOST_HOURS = 12;
const IDLE_MINUTES = 60;
/** A guest's one session lasts until their time is over: there is no second one. */
export const GUEST_HOURS = [4, 12, 24, 72, 168] as const;
/** Of the cookie, which only names a session: whether that goes on is asked here. */
export const SESSION_SECONDS = Math.max(...GUEST_HOURS) * 3_600;
/** It isn't written down more often that somebody is at work. */
const SEEN_EVERY_MS = 60_000;
/** A place is somebody's own for so long after they signed in there. */
const OWN_DAYS = 60;

const live = (now = Date.now()) => ({
  endedAt: null,
  openedAt: { gt: new Date(now - MOST_HOURS * 3_600_000) },
  seenAt: { gt: new Date(now - IDLE_MINUTES * 60_000) },
});

/** Answers the id that the cookie carries. */
export async function openSession(operator: OperatorActor, place: Place): Promise<string> {
  return transaction((tx) => openSessionIn(tx, operator, place));
}

/** How somebody came in. */
export type Entry = {
  /** What they had besides the password. */
  factor?: string | undefined;
  by?: 'provider';
  /** When they showed that it is they, where that was not now. */
  provenAt?: Date;
  /** Whether a provider's second factor counts in place of one of ours. */
  providerFactor?: boolean;
};

/** In the transaction of what lets them in. */
export async function openSessionIn(
  tx: Tx,
  operator: OperatorActor,
  place: Place,
  { factor, by, ...kept }: Entry = {},
): Promise<string> {
  const { id } = await tx.operatorSession.create({ data: { operatorId: operator.id, ...place, ...kept } });
  await tx.operator.update({ where: { id: operator.id }, data: { lastSignInAt: new Date() } });
  await recordAudit(tx, operator, {
    ...{ action: 'operator.signed_in', subject: 'operator', id: operator.id },
    ...((factor || by) && { after: { ...(by && { by }), ...(factor && { factor }) } }),
  });
  return id;
}

/** Who is signed in, as they are now. */
export type SignedIn = Pick<Operator, 'id' | 'email' | 'name' | 'locale' | 'timeZone'> & {
  role: Role;
  /** When they last showed that it is they. */
  provenAt: Date;
};

/**
 * Whose session it is, as they are now: a role that was taken away is gone at the next request. Null once the session
 * ended, for whatever reason, nobody did anything there for too long, or whose it is needs a second factor and has none.
 */
export async function operatorOf(sessionId: string): Promise<SignedIn | null> {
  const { openedAt, seenAt } = live();
  type Row = SignedIn & Record<'mustEnrol' | 'hasFactor' | 'providerFactor', boolean>;
  const [row] = await db().$queryRaw<Row[]>`
    SELECT o.id::text AS id, o.email, o.name, coalesce(${CUSTOM_ROLE}, to_jsonb(o.role)) AS role, o.locale, o.time_zone AS "timeZone",
      s.proven_at AS "provenAt", s.provider_factor AS "providerFactor",
      o.must_enrol AS "mustEnrol", EXISTS (
        SELECT FROM operator_totps t WHERE t.operator_id = o.id AND t.confirmed_at IS NOT NULL
        UNION ALL SELECT FROM passkeys p WHERE p.operator_id = o.id) AS "hasFactor"
    FROM operator_sessions s JOIN operators o ON o.id = s.operator_id
    LEFT JOIN custom_roles r ON r.id = o.custom_role_id
    WHERE s.id = ${sessionId}::uuid AND s.ended_at IS NULL AND o.disabled_at IS NULL
      AND CASE WHEN o.guest_until IS NULL
        THEN s.opened_at > ${openedAt.gt}::timestamptz AND s.seen_at > ${seenAt.gt}::timestamptz
        ELSE o.guest_until > ${new Date()}::timestamptz END`;
  if (!row) return null;
  const { hasFactor, mustEnrol, providerFactor, ...who } = row;
  // Whose own was reset sets up another, whatever a provider says.
  const isShown = hasFactor || (providerFactor && !mustEnrol);
  const operator = { ...who, role: typeof who.role === 'string' ? who.role : customRoleOf(who.role) };
  return isShown || !needsFactor({ ...operator, mustEnrol }) ? operator : null;
}

/**
 * Whether somebody signs in with a second factor alone: who decides on what others ask for or changes rules, keys and
 * people, and whose was reset.
 */
export function needsFactor({ role, mustEnrol = false }: { role: Role; mustEnrol?: boolean }): boolean {
  return mustEnrol || (isWeighty(role) && requiresSecondFactor());
}

/** For how long nobody there is asked again whether it is they. */
export function isProven({ provenAt }: { provenAt: Date }): boolean {
  return Date.now() - provenAt.getTime() < env().STEP_UP_SECONDS * 1_000;
}

/** Somebody is at work there. What a page asks by itself is no work. */
export async function seeSession(sessionId: string): Promise<void> {
  const now = Date.now();
  await db().operatorSession.updateMany({
    where: { id: sessionId, ...live(now), AND: { seenAt: { lt: new Date(now - SEEN_EVERY_MS) } } },
    data: { seenAt: new Date(now) },
  });
}

/** Whether somebody with this address signed in from there lately. Asked of addresses that nobody has as well. */
export async function isOwnPlace(email: string, ip: string): Promise<boolean> {
  const since = new Date(Date.now() - OWN_DAYS * 86_400_000);
  const known = await db().operatorSession.findFirst({
    where: { ip, openedAt: { gt: since }, operator: { email } },
    select: { id: true },
  });
  return known !== null && ip !== '';
}

export type SessionRow = OperatorSession;

/** An operator's own sessions that go on, the newest first. */
export async function listOwnSessions({ id }: Pick<OperatorActor, 'id'>): Promise<SessionRow[]> {
  return db().operatorSession.findMany({
    where: { operatorId: id, ...live() },
    orderBy: { openedAt: 'desc' },
    take: 100,
  });
}

/** The session that somebody leaves. */
export async function signOut(actor: OperatorActor, { sessionId }: { sessionId: string }): Promise<void> {
  authorize(actor, 'console:read');
  await end(actor, { operatorId: actor.id, cause: 'signed_out', only: sessionId });
}

/** Ends one of one's own sessions; one that ended already stays as it is. Throws not_found for somebody else's. */
export async function endOwnSession(
  actor: OperatorActor,
  { sessionId }: { sessionId: string },
): Promise<void> {
  authorize(actor, 'console:read');
  const session = await db().operatorSession.findUnique({ where: { id: sessionId } });
  if (session?.operatorId !== actor.id) throw notFound('session', sessionId);
  await end(actor, { operatorId: actor.id, cause: 'ended', only: sessionId });
}

/** Ends all of one's own sessions but the one that asks. Answers how many. */
export async function endOtherSessions(actor: OperatorActor): Promise<{ ended: number }> {
  authorize(actor, 'console:read');
  return end(actor, { operatorId: actor.id, cause: 'ended', except: actor.sessionId });
}

/** Signs somebody out wherever they are signed in, as when a telephone was lost. Answers how many sessions that were. */
export async function endSessionsOf(
  actor: OperatorActor,
  { operatorId }: { operatorId: string },
): Promise<{ ended: number }> {
  authorize(actor, 'operators:write');
  const whose = await db().operator.findUnique({ where: { id: operatorId }, include: WITH_ROLE });
  if (!whose) throw notFound('operator', operatorId);
  requireReach(actor, roleOf(whose));
  return end(actor, { operatorId, cause: 'ended' });
}

type Ending = {
  operatorId: string;
  cause: SessionEnd;
  only?: string | undefined;
  except?: string | undefined;
};

async function end(actor: OperatorActor, ending: Ending): Promise<{ ended: number }> {
  return transaction(async (tx) => {
    const ended = await endSessions(tx, ending);
    if (ended > 0)
      await recordAudit(tx, actor, {
        action: ending.cause === 'signed_out' ? 'operator.signed_out' : 'operator.sessions_ended',
        ...{ subject: 'operator', id: ending.operatorId, after: { ended } },
      });
    return { ended };
  });
}

/** In the transaction of what ends them. */
export async function endSessions(
  tx: Tx,
  { operatorId, cause, only, except }: Omit<Ending, 'operatorId'> & { operatorId?: string },
): Promise<number> {
  const { count } = await tx.operatorSession.updateMany({
    where: {
      endedAt: null,
      ...(operatorId === undefined ? {} : { operatorId }),
      id: {
        ...(only === undefined ? {} : { equals: only }),
        ...(except === undefined ? {} : { not: except }),
      },
    },
    data: { endedAt: new Date(), endCause: cause },
  });
  return count;
}
