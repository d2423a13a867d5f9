import type { Actor } from '~/lib/actor';
import type { Tx } from '~/lib/db';
import { storable } from '~/lib/storable';
import { Prisma } from '~/prisma/generated/client';

/** What an audit row can be about. */
export const AUDIT_SUBJECTS = [
  'operator',
  'customer',
  'wallet',
  'wallet_terms',
  'entity',
  'onboarding',
  'account_number',
  'transfer',
  'withdrawal',
  'adjustment',
  'event',
  'setting',
  'approval_rule',
  'approval',
  'beneficiary',
  'inbox_endpoint',
  'fintoc',
  'proof_break',
  'movements',
  'list',
  'alarm',
  'standstill',
] as const;
export type AuditSubject = (typeof AUDIT_SUBJECTS)[number];

type AuditFacts = {
  action: `${string}.${string}`;
  subject: AuditSubject;
  id: string;
  before?: object | null;
  after?: object | null;
  reason?: string;
};

/**
 * Writes the one audit row of a change, in the change's own transaction: both commit or neither does.
 * Never give it a secret: what it gets is kept for good.
 */
export async function recordAudit(tx: Tx, actor: Actor, facts: AuditFacts): Promise<void> {
  await tx.auditEntry.create({ data: rowOf(actor, facts) });
}

/** Of many changes at once, a row each. */
export async function recordAudits(tx: Tx, actor: Actor, facts: AuditFacts[]): Promise<void> {
  if (facts.length > 0) await tx.auditEntry.createMany({ data: facts.map((each) => rowOf(actor, each)) });
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

/** Rows hold bigints and dates, JSON holds neither. */
export function toJson(value: unknown): Prisma.InputJsonValue | typeof Prisma.DbNull {
  if (value === undefined || value === null) return Prisma.DbNull;
  const plain: unknown = JSON.parse(
    JSON.stringify(value, (_key, item: unknown) => (typeof item === 'bigint' ? item.toString() : item)),
  );
  return storable(plain) as Prisma.InputJsonValue;
}
