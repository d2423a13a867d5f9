import { type Actor, authorize, type OperatorActor, system } from '~/lib/actor';
import { recordAudit } from '~/lib/audit/audit';
import { db, type Tx, transaction } from '~/lib/db';
import { startOnboarding } from '~/lib/entities/entities';
import { draftPlace, keptJson, openedDrafts } from '~/lib/entities/kept';
import { currentOnboarding, isOver } from '~/lib/entities/kyb';
import { earlierAnswers, knownAnswers, startingAnswers } from '~/lib/entities/kyb-answers';
import { readOnboarding, readPart } from '~/lib/entities/kyb-form';
import { type Answers, answersTo, KYB_PARTS, type KybPart, partOf } from '~/lib/entities/kyb-parts';
import { fieldName } from '~/lib/entities/kyb-rejection';
import { type EntityRecord, getEntityPage } from '~/lib/entities/read';
import { DomainError, InvalidInputError, notFound } from '~/lib/errors';
import type { EventType } from '~/lib/outbox/catalogue';
import { textOf } from '~/lib/people/masking';
import { storable } from '~/lib/storable';
import type { KybDraft } from '~/prisma/generated/client';

/**
 * A KYB as it is typed, kept from the first field on. It holds personal data: only who may write a KYB reads it, the
 * audit log says who wrote which part and never what, and it goes when the KYB starts, when somebody discards it, or
 * when nobody came back to it for three months.
 */
export const DRAFT_DAYS = 90;
const MAX_ANSWERS = 400;
const MAX_LENGTH = 500;

export type SavedPart = { version: number; savedAt: Date; savedBy: string; savedById: string };

export type KybFormRecord = {
  entity: EntityRecord;
  onboarding: EntityRecord['onboardings'][number] | null;
  answers: Answers;
  parts: Partial<Record<KybPart, SavedPart>>;
};

/** What the form of an entity's KYB shows, and how far it is. */
export async function getKybForm(
  actor: Pick<OperatorActor, 'kind' | 'role'>,
  entityId: string,
): Promise<KybFormRecord> {
  authorize(actor as Actor, 'kyb:write');
  // Who answers for people sees what is known of them.
  authorize(actor as Actor, 'people:read');
  const entity = await getEntityPage(actor as Actor, entityId);
  const rows = await openedDrafts(
    db(),
    await db().kybDraft.findMany({
      where: { entityId },
      include: { savedBy: { select: { name: true } } },
    }),
  );
  const saved = Object.fromEntries(rows.map(({ part, answers }) => [part, answers as Answers]));
  const before = currentOnboarding(entity.onboardings);
  const { customer } = entity;
  const known = knownAnswers({
    taxId: textOf(entity.holderId),
    email: customer?.email && textOf(customer.email),
    phone: customer?.phone && textOf(customer.phone),
  });
  const answers = startingAnswers(saved, before ? earlierAnswers(before.raw) : {}, known);
  const parts = Object.fromEntries(
    rows.map(({ part, version, savedAt, savedBy, savedById }) => [
      part,
      { version, savedAt, savedBy: savedBy.name, savedById },
    ]),
  ) as Partial<Record<KybPart, SavedPart>>;
  return { entity, onboarding: before, answers, parts };
}

export type Saving = {
  entityId: string;
  part: KybPart;
  /** Of the whole form; what is no answer to this part is left aside. */
  answers: Record<string, unknown>;
  /** Which saving this one is on top of; zero for none. */
  version: number;
  /** Minted by the form that is open, with the number of its saving. */
  editor: string;
  sequence: number;
};

/**
 * Keeps one part as it is typed. Throws `draft_changed` where somebody saved it since, in another form than this one:
 * nothing is overwritten unless it is sent again on top of their version.
 */
export async function saveDraft(
  actor: OperatorActor,
  saving: Saving,
): Promise<{ version: number; savedAt: Date }> {
  authorize(actor, 'kyb:write');
  return transaction((tx) => save(tx, actor, saving));
}

/**
 * Keeps one part that is complete, and says what comes next: the part after it, or the last look once all are complete.
 * Throws `invalid` with its fields where it isn't, keeping nothing new.
 */
export async function finishPart(
  actor: OperatorActor,
  saving: Saving,
): Promise<{ id: string; next: KybPart | 'review' }> {
  authorize(actor, 'kyb:write');
  const read = readPart(saving.part, stringsOf(saving.answers));
  if (!read.ok) throw new InvalidInputError(read.issues);
  await transaction((tx) => save(tx, actor, saving));
  const { answers } = await getKybForm(actor, saving.entityId);
  const after = KYB_PARTS[KYB_PARTS.indexOf(saving.part) + 1];
  return { id: saving.entityId, next: (!readOnboarding(answers).ok && after) || 'review' };
}

async function save(tx: Tx, actor: OperatorActor, saving: Saving) {
  const { entityId, part, version, editor, sequence } = saving;
  await requireOpen(tx, entityId);
  const answers = answersTo(part, boundedAnswers(saving.answers));
  const before = await tx.kybDraft.findUnique({
    where: { entityId_part: { entityId, part } },
    include: { savedBy: { select: { name: true } } },
  });
  if (before && before.editor === editor && editor !== '') {
    // One that was under way while the next was sent: what it says is older.
    if (sequence <= before.sequence) return pick(before);
  } else if (before && before.version !== version) {
    throw new DomainError('draft_changed', 'Somebody saved this part since.', {
      by: before.savedBy.name,
      own: before.savedById === actor.id ? 1 : 0,
      at: before.savedAt.toISOString(),
      version: before.version,
    });
  }
  const data = {
    answers: await keptJson(tx, entityId, draftPlace(saving), storable(answers)),
    version: (before?.version ?? 0) + 1,
    editor,
    sequence,
    savedById: actor.id,
    savedAt: new Date(),
  };
  const after = await tx.kybDraft.upsert({
    where: { entityId_part: { entityId, part } },
    create: { entityId, part, ...data },
    update: data,
  });
  // Once for each who takes it up, not for each second in which they type.
  if (before?.savedById !== actor.id) await told(tx, actor, entityId, 'onboarding.draft_saved', { part });
  return pick(after);
}

const pick = ({ version, savedAt }: KybDraft) => ({ version, savedAt });

/** Waits for whoever starts or saves at the same moment. */
async function requireOpen(tx: Tx, entityId: string): Promise<void> {
  const [entity] = await tx.$queryRaw<
    { id: string }[]
  >`SELECT id FROM entities WHERE id = ${entityId} FOR UPDATE`;
  if (!entity) throw notFound('entity', entityId);
  const onboardings = await tx.onboarding.findMany({ where: { entityId }, select: { status: true } });
  const standing = onboardings.find(({ status }) => !isOver(status));
  if (standing) throw new DomainError('conflict', 'Its KYB has started.', { status: standing.status });
}

/** Starts the KYB at Fintoc with what was saved. Throws `invalid` with every field that isn't right, of all parts. */
export async function sendDraft(
  actor: OperatorActor,
  { entityId, requestId }: { entityId: string; requestId?: string | undefined },
): Promise<{ id: string }> {
  authorize(actor, 'kyb:write');
  const { answers, onboarding } = await getKybForm(actor, entityId);
  // Its answer was lost, or a colleague was quicker: there it stands.
  if (onboarding && !isOver(onboarding.status)) return { id: entityId };
  const read = readOnboarding(answers);
  if (!read.ok) throw new InvalidInputError(read.issues);
  try {
    return await startOnboarding(actor, { entityId, data: read.data, requestId });
  } catch (error) {
    throw namedRefusal(error);
  }
}

/** Fintoc names the field that it doesn't take: the operator is told of which step it is. */
export function namedRefusal(error: unknown): unknown {
  if (!(error instanceof DomainError) || error.code !== 'fintoc_refused') return error;
  const part = partOf(fieldName(String(error.details.param ?? '')));
  return part ? new DomainError('kyb_refused', error.message, { ...error.details, part }) : error;
}

/** Throws away what was typed. */
export async function discardDraft(
  actor: OperatorActor,
  { entityId }: { entityId: string },
): Promise<{ id: string }> {
  authorize(actor, 'kyb:write');
  return transaction(async (tx) => {
    const { count } = await tx.kybDraft.deleteMany({ where: { entityId } });
    if (count > 0) await told(tx, actor, entityId, 'onboarding.draft_discarded', { parts: count });
    return { id: entityId };
  });
}

/** Throws away what nobody came back to. Answers how many entities it was of. */
export async function forgetDrafts(now = new Date()): Promise<number> {
  const since = new Date(now.getTime() - DRAFT_DAYS * 86_400_000);
  return transaction(async (tx) => {
    const old = await tx.kybDraft.groupBy({ by: ['entityId'], having: { savedAt: { _max: { lt: since } } } });
    for (const { entityId } of old) {
      const { count } = await tx.kybDraft.deleteMany({ where: { entityId } });
      await told(tx, system('kyb'), entityId, 'onboarding.draft_forgotten', { parts: count });
    }
    return old.length;
  });
}

async function told(
  tx: Tx,
  actor: Actor,
  entityId: string,
  action: Extract<EventType, `onboarding.draft_${string}`>,
  after: object,
) {
  await recordAudit(tx, actor, { action, subject: 'entity', id: entityId, after });
}

/** How many of the parts are complete, and who saved last. */
export type DraftSummary = { savedAt: Date; savedBy: string; complete: number; parts: number };

/** How far a draft is, without a word of what it says: everybody who sees the entity may see this. */
export async function draftSummary(entityId: string): Promise<DraftSummary | null> {
  const rows = await openedDrafts(
    db(),
    await db().kybDraft.findMany({
      where: { entityId },
      select: {
        entityId: true,
        savedAt: true,
        answers: true,
        part: true,
        savedBy: { select: { name: true } },
      },
      orderBy: { savedAt: 'desc' },
    }),
  );
  const [latest] = rows;
  if (!latest) return null;
  const complete = rows.filter(
    ({ part, answers }) => readPart(part as KybPart, answers as Answers).ok,
  ).length;
  return { savedAt: latest.savedAt, savedBy: latest.savedBy.name, complete, parts: KYB_PARTS.length };
}

function boundedAnswers(fields: Record<string, unknown>): Answers {
  const entries = Object.entries(stringsOf(fields));
  if (
    entries.length > MAX_ANSWERS ||
    entries.some(([name, value]) => name.length > 100 || value.length > MAX_LENGTH)
  )
    throw new InvalidInputError({ answers: 'too_long' });
  return Object.fromEntries(entries);
}

function stringsOf(fields: Record<string, unknown>): Answers {
  return Object.fromEntries(
    Object.entries(fields).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
