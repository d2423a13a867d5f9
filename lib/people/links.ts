import { createHash, randomBytes } from 'node:crypto';
import type { OperatorActor } from '~/lib/actor';
import { recordAudit } from '~/lib/audit/audit';
import { db, type Tx, transaction } from '~/lib/db';
import { env } from '~/lib/env';
import { DomainError, InvalidInputError } from '~/lib/errors';
import { setPassword } from '~/lib/people/operators';
import { hashNewPassword } from '~/lib/people/passwords';
import { roleOf, WITH_ROLE } from '~/lib/people/role-of';
import type { Place } from '~/lib/people/sessions';
import type { Operator } from '~/prisma/generated/client';

/** For who was invited while they were away. */
const INVITATION_HOURS = 7 * 24;
/** From when it was decided, for somebody who asked for it. */
const RESET_HOURS = 24;
/** An asked one is decided on before, or never opens. */
const ASKED_HOURS = 14 * 24;

const HOUR_MS = 3_600_000;
const hoursFromNow = (hours: number) => new Date(Date.now() + hours * HOUR_MS);

type ForWhom = { operatorId: string; madeById: string | null };

/** The address under which somebody who was invited sets their password. It is told this once: only its hash is kept. */
export function makeInvitation(tx: Tx, whom: ForWhom): Promise<string> {
  return makeLink(tx, {
    ...{ ...whom, kind: 'invitation', openedAt: new Date(), expiresAt: hoursFromNow(INVITATION_HOURS) },
  });
}

/** The same for who lost theirs: it opens once what was asked for is decided. */
export function makeAskedReset(tx: Tx, whom: ForWhom & { approvalId: string }): Promise<string> {
  return makeLink(tx, { ...whom, kind: 'reset', openedAt: null, expiresAt: hoursFromNow(ASKED_HOURS) });
}

/** For a guest, who signs in under it: it opens once what was asked for is decided. */
export function makeGuestLink(tx: Tx, whom: ForWhom & { approvalId: string }): Promise<string> {
  return makeLink(tx, { ...whom, kind: 'guest', openedAt: null, expiresAt: hoursFromNow(ASKED_HOURS) });
}

/** From now on, and for a day; every other link of theirs is over. */
export async function openAskedLink(tx: Tx, approvalId: string): Promise<void> {
  const { id, operatorId } = await tx.accessLink.findUniqueOrThrow({ where: { approvalId } });
  await endLinks(tx, operatorId, id);
  await tx.accessLink.update({
    where: { id },
    data: { openedAt: new Date(), expiresAt: hoursFromNow(RESET_HOURS) },
  });
}

export const LINK_KINDS = ['invitation', 'reset', 'guest'] as const;
export type LinkKind = (typeof LINK_KINDS)[number];

type NewLink = ForWhom & {
  kind: LinkKind;
  openedAt: Date | null;
  expiresAt: Date;
  approvalId?: string;
};

async function makeLink(tx: Tx, link: NewLink): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  await tx.accessLink.create({ data: { ...link, tokenHash: hashOf(token) } });
  return new URL(`/login/link/${token}`, env().NEXTAUTH_URL).href;
}

/** All links of somebody's, but for one that is kept. */
export async function endLinks(tx: Tx, operatorId: string, except?: string): Promise<void> {
  const now = new Date();
  await tx.accessLink.updateMany({
    where: { operatorId, ...(except && { id: { not: except } }), usedAt: null, expiresAt: { gt: now } },
    data: { expiresAt: now },
  });
}

/**
 * For books that a backup was put in place of: what is good once may have been used since, and nobody remembers. Links
 * are asked for anew, and recovery codes made anew.
 */
export async function endGoodOnce(tx: Tx): Promise<void> {
  const now = new Date();
  await tx.accessLink.updateMany({
    where: { usedAt: null, expiresAt: { gt: now } },
    data: { expiresAt: now },
  });
  await tx.recoveryCode.deleteMany({});
  await tx.factorChallenge.deleteMany({});
}

export type LinkState = {
  state: 'open' | 'waits' | 'over';
  kind: LinkKind;
  whose: Pick<Operator, 'name' | 'email'>;
};

/** What a link says to who has it; null for one that was never made. Whoever has it may know whose it is. */
export async function readLink(token: string): Promise<LinkState | null> {
  const link = await db().accessLink.findUnique({
    where: { tokenHash: hashOf(token) },
    include: { operator: true },
  });
  if (!link) return null;
  const isOver = link.usedAt !== null || link.expiresAt <= new Date();
  const state = isOver ? 'over' : link.openedAt === null ? 'waits' : 'open';
  return { state, kind: link.kind as LinkKind, whose: link.operator };
}

/**
 * The password that somebody sets under a link, which is over with it; so are their sessions. Throws `link_over`, and
 * for a password that may not be. Who made the link decides on nothing of theirs for a day, and the other way round.
 */
export async function setPasswordByLink(
  from: Place,
  { token, newPassword, repeatedPassword }: { token: string; newPassword: string; repeatedPassword: string },
): Promise<void> {
  if (newPassword !== repeatedPassword) throw new InvalidInputError({ repeatedPassword: 'passwords_differ' });
  const good = { ...goodIs(token), kind: { not: 'guest' } };
  const link = await db().accessLink.findFirst({
    where: good,
    include: { operator: { include: WITH_ROLE } },
  });
  if (!link) throw over();
  const { id, operatorId, madeById, kind, operator } = link;
  const passwordHash = await hashNewPassword('newPassword', newPassword, operator);
  await transaction(async (tx) => {
    const now = new Date();
    const used = await tx.accessLink.updateMany({ where: { ...goodIs(token), id }, data: { usedAt: now } });
    if (used.count !== 1) throw over();
    await endLinks(tx, operatorId, id);
    await setPassword(tx, operator, passwordHash);
    if (madeById !== null && madeById !== operatorId)
      await tx.operatorChange.create({ data: { operatorId, byId: madeById, what: 'password' } });
    const role = roleOf(operator);
    const actor: OperatorActor = { kind: 'operator', id: operatorId, name: operator.name, role, ...from };
    await recordAudit(tx, actor, {
      ...{ action: 'operator.password_set', subject: 'operator', id: operatorId, after: { by: kind } },
    });
  });
}

/** Whose link for a guest it is, which is over with it; null where it isn't one that is open. */
export async function spendGuestLink(tx: Tx, token: string): Promise<string | null> {
  const [used] = await tx.accessLink.updateManyAndReturn({
    where: { ...goodIs(token), kind: 'guest' },
    data: { usedAt: new Date() },
  });
  return used?.operatorId ?? null;
}

function goodIs(token: string) {
  const now = new Date();
  return {
    tokenHash: hashOf(token),
    usedAt: null,
    openedAt: { not: null },
    expiresAt: { gt: now },
  };
}

function over(): DomainError {
  return new DomainError('link_over', 'This link was used already, is too old, or waits for somebody.');
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
