import type { Actor } from '~/lib/actor';
import { sealedFacts } from '~/lib/audit/sealed';
import type { Tx } from '~/lib/db';
import type { EventType } from '~/lib/outbox/catalogue';
import { emit } from '~/lib/outbox/emit';
import type { Subject } from '~/lib/outbox/subjects';
import { noteWriter } from '~/lib/replica';
import { storable } from '~/lib/storable';
import { Prisma } from '~/prisma/generated/client';

type AuditFacts = {
  action: EventType;
  subject: Subject;
  id: string;
  /** The wallet that it is about, where neither the subject nor what changed says so. */
  walletId?: string | null;
  before?: object | null;
  after?: object | null;
  reason?: string;
};

/**
 * Writes the one audit row of a change, and its event, in the change's own transaction: all commit or none does.
 * Never give it a secret: what it gets is kept for good, and what people wrote of a customer under that one's key.
 */
export function recordAudit(tx: Tx, actor: Actor, facts: AuditFacts): Promise<void> {
  return recordAudits(tx, actor, [facts]);
}

/** Of many changes at once, a row each. */
export async function recordAudits(tx: Tx, actor: Actor, facts: AuditFacts[]): Promise<void> {
  if (facts.length === 0) return;
  const kept = await sealedFacts(tx, facts);
  const rows = await tx.auditEntry.createManyAndReturn({
    data: kept.map((each) => rowOf(actor, each)),
    select: { id: true },
  });
  const events = facts.map(({ action, ...rest }, nth) => ({ type: action, ...rest, auditId: rows[nth]?.id }));
  await emit(tx, actor, events);
  if (actor.kind === 'operator' || actor.kind === 'key') noteWriter(actor);
}

function rowOf(actor: Actor, facts: AuditFacts) {
  return {
    actorKind: actor.kind,
    actorId: 'id' in actor ? actor.id : null,
    actorName: actor.name,
    action: facts.action,
    subjectType: facts.subject,
    subjectId: facts.id,
    before: toJson(facts.before),
    after: toJson(facts.after),
    reason: facts.reason ?? null,
    ip: 'ip' in actor ? (actor.ip ?? null) : null,
    userAgent: actor.kind === 'operator' ? (actor.userAgent ?? null) : null,
  };
}

/** The row of what something is made with, for a statement that writes more than it. */
export function madeRow(facts: Omit<AuditFacts, 'before' | 'reason'>, actor: Actor) {
  const { before: _before, reason: _reason, ...row } = rowOf(actor, facts);
  return row;
}

/** Rows hold bigints and dates, JSON holds neither. */
export function toJson(value: unknown): Prisma.InputJsonValue | typeof Prisma.DbNull {
  if (value === undefined || value === null) return Prisma.DbNull;
  const plain: unknown = JSON.parse(
    JSON.stringify(value, (_key, item: unknown) => (typeof item === 'bigint' ? item.toString() : item)),
  );
  return storable(plain) as Prisma.InputJsonValue;
}
