import type { Actor } from '~/lib/actor';
import type { Tx } from '~/lib/db';
import { CATALOGUE, type EventType } from '~/lib/outbox/catalogue';
import type { Subject } from '~/lib/outbox/subjects';
import { isUuid } from '~/lib/uuid';

export type NewEvent = {
  type: EventType;
  subject: Subject;
  id: string;
  walletId?: string | null | undefined;
  /** Its row in the audit log, where it is an act that is audited. */
  auditId?: bigint | undefined;
  /** When it happened, where that isn't now. */
  at?: Date;
  /** How it was and how it is, as far as either is known. What of it may be told is taken from it. */
  before?: object | null | undefined;
  after?: object | null | undefined;
};

/**
 * Writes what happened into the outbox, in the transaction of the change: both commit or neither does. The caller holds
 * the subject's lock, so that of one subject the order of ids is the order in which it happened. What a batch of the
 * engine changes is written by apply_transfers, from rows of the same making.
 */
export async function emit(tx: Tx, actor: Actor, events: NewEvent[]): Promise<void> {
  if (events.length === 0) return;
  const rows = JSON.stringify(events.map((event) => eventRow(event, actor)));
  await tx.$executeRaw`
    INSERT INTO outbox_events (type, subject_kind, subject_id, wallet_id, audit_id, actor_kind, actor_id, occurred_at, data)
    SELECT type, subject_kind, subject_id, wallet_id, audit_id, actor_kind, actor_id, coalesce(occurred_at, now()), data
    FROM jsonb_to_recordset(${rows}::jsonb) AS e(
      type text, subject_kind text, subject_id text, wallet_id uuid, audit_id bigint, actor_kind text, actor_id text,
      occurred_at timestamptz, data jsonb)`;
}

/** An event as PostgreSQL's JSON has it. Throws where the catalogue knows no such thing of the subject. */
export function eventRow(event: NewEvent, actor: Actor) {
  const { type, subject, id, walletId, auditId, at, before, after } = event;
  const subjects: readonly Subject[] = CATALOGUE[type].subjects;
  if (!subjects.includes(subject)) throw new Error(`${type} doesn't happen to a ${subject}.`);
  return {
    type,
    subject_kind: subject,
    subject_id: id,
    wallet_id: walletId ?? walletOf(event),
    audit_id: auditId?.toString(),
    actor_kind: actor.kind,
    actor_id: 'id' in actor ? actor.id : actor.name,
    occurred_at: at,
    data: factsOf(before, after),
  };
}

function walletOf({ subject, id, before, after }: NewEvent): string | null {
  if (subject === 'wallet') return id;
  const named = { ...before, ...after } as Record<string, unknown>;
  return typeof named.walletId === 'string' && isUuid(named.walletId) ? named.walletId : null;
}

/** Ids, states and amounts. Names, numbers, concepts and whatever else may be somebody's own is not among them. */
export const OPEN: ReadonlySet<string> = new Set(
  (
    'accountId accountNumberId beneficiaryId breakId customerId entityId exchangeId fromWalletId holdId onboardingId orderId portfolioId termsId toWalletId ' +
    'transferId walletId withdrawalId status state kind pattern outcome cure heldReason failureCode suspenseReason ' +
    'amount fromAmount toAmount fromAsset toAsset rate feeAmount difference asset attempt count closedBy frozenDeposits frozenDirection ' +
    'direction limit percent'
  ).split(' '),
);

/** Never news: they change with every write. */
const NOISE: ReadonlySet<string> = new Set(['updatedAt', 'syncedAt', 'raw']);

/** What of a change may leave the house; of all else, only that it changed. */
export function factsOf(
  before: object | null | undefined,
  after: object | null | undefined,
): Record<string, unknown> {
  const was = (before ?? {}) as Record<string, unknown>;
  const facts: Record<string, unknown> = {};
  const changed: string[] = [];
  for (const [name, value] of Object.entries(after ?? {})) {
    if (isOpen(name, value)) facts[name] = plain(value);
    if (before && !NOISE.has(name) && name in was && !isSame(was[name], value)) changed.push(name);
  }
  return { ...facts, ...(changed.length > 0 && { changed: changed.sort() }) };
}

function isOpen(name: string, value: unknown): boolean {
  return OPEN.has(name) && value !== null && value !== undefined && typeof value !== 'object';
}

/** JSON holds no bigint. */
const plain = (value: unknown) => (typeof value === 'bigint' ? value.toString() : value);

function isSame(one: unknown, other: unknown): boolean {
  const text = (value: unknown) => JSON.stringify(value, (_key, item: unknown) => plain(item));
  return text(one) === text(other);
}
