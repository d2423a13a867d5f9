import { createHash } from 'node:crypto';
import { type Actor, authorize, system } from '~/lib/actor';
import { recordAudit, toJson } from '~/lib/audit/audit';
import { db, type Tx, transaction } from '~/lib/db';
import { keptJson, onboardingPlace } from '~/lib/entities/kept';
import { isOver } from '~/lib/entities/kyb';
import { documentRefusal } from '~/lib/entities/kyb-document';
import type { UploadTarget } from '~/lib/entities/kyb-slots';
import { isOfAnother } from '~/lib/entities/links';
import { DomainError, InvalidInputError, notFound } from '~/lib/errors';
import { type Asked, madeUnder, once } from '~/lib/once';
import type { EventType } from '~/lib/outbox/catalogue';
import { emit } from '~/lib/outbox/emit';
import type { Customer } from '~/lib/people/kept';
import { isRefusal, RailError } from '~/lib/rails/failures';
import {
  getOnboarding,
  handIn,
  isAnswer,
  listOnboardings,
  openEntity,
  openOnboarding,
  uploadDocument,
} from '~/lib/rails/fintoc/entities';
import type { FintocOnboarding } from '~/lib/rails/fintoc/translate-entities';
import { railAndId } from '~/lib/rails/ids';
import type { RailHolder } from '~/lib/rails/rail-says';
import { railActor, railOf } from '~/lib/rails/registry';
import type { Onboarding, Prisma } from '~/prisma/generated/client';

/** While Fintoc has it so, nothing leaves its accounts. */
const PAUSED = 'paused';

/** Mirrors an entity as its rail shows it. A customer, once linked (lib/entities/links.ts), stays. */
export async function saveEntity(tx: Tx, entity: RailHolder): Promise<void> {
  const facts = {
    holderName: entity.holderName,
    holderId: entity.holderId,
    countryCode: entity.countryCode,
    isRoot: entity.isRoot,
    status: entity.status,
    mode: entity.mode,
    raw: toJson(entity.raw) as Prisma.InputJsonValue,
    syncedAt: new Date(),
  };
  const before = await tx.entity.findUnique({
    where: { id: entity.id },
    select: { status: true, customer: { select: { erasedAt: true } } },
  });
  const { holderName: _name, holderId: _id, raw: _raw, ...rest } = facts;
  await tx.entity.upsert({
    where: { id: entity.id },
    create: { id: entity.id, rail: railAndId(entity.id).rail, ...facts },
    // Fintoc still knows who it was; here nobody does any more.
    update: before?.customer?.erasedAt ? rest : facts,
  });
  const isPaused = entity.status === PAUSED;
  if (!before || (before.status === PAUSED) === isPaused) return;
  const type = isPaused ? 'entity.paused' : 'entity.resumed';
  const [was, is] = [{ status: before.status }, { status: entity.status }];
  await emit(tx, railActor(entity.id), [{ type, subject: 'entity', id: entity.id, before: was, after: is }]);
}

/** Brings an entity over from its rail before the next sync does. Never inside a transaction. */
export async function bringEntity(id: string): Promise<void> {
  const entity = await railOf(id).holder(id);
  await transaction((tx) => saveEntity(tx, entity));
}

/** The same with its KYB, as far as it is. */
export async function bringEntityWithKyb(id: string): Promise<void> {
  await bringEntity(id);
  for await (const onboarding of listOnboardings(id)) {
    await transaction((tx) => saveOnboarding(tx, onboarding));
  }
}

/** The entity of a customer at Fintoc, made or found there. Answers its id. */
export async function makeEntity(customer: Customer): Promise<string> {
  const id = await openEntity({ customer, isTaken: (entityId) => isOfAnother(entityId, customer.id) });
  // It may have stood there before, and its KYB too.
  await bringEntityWithKyb(id);
  return id;
}

/** What hangs on an entity has to wait for it. */
export class UnknownEntity extends Error {
  constructor(id: string) {
    super(`Entity ${id} isn't known here yet; the next sync brings it.`);
  }
}

/** What it is to enter a state. One that nobody here knows is told in the facts. */
const ENTERED: Partial<Record<string, EventType>> = {
  pending: 'onboarding.pending',
  in_progress: 'onboarding.in_progress',
  submitted: 'onboarding.submitted',
  approved: 'onboarding.approved',
  rejected: 'onboarding.rejected',
  cancelled: 'onboarding.cancelled',
};

/** Mirrors an onboarding; a wallet that waits for its approval goes on at once. */
export async function saveOnboarding(tx: Tx, onboarding: FintocOnboarding): Promise<void> {
  const known = await tx.entity.findUnique({ where: { id: onboarding.entityId }, select: { id: true } });
  if (!known) throw new UnknownEntity(onboarding.entityId);
  const before = await tx.onboarding.findUnique({ where: { id: onboarding.id } });
  // A repetition of an earlier word must not reopen what Fintoc has decided.
  if (before && isDecided(before.status) && !isDecided(onboarding.status)) return;
  const facts = {
    entityId: onboarding.entityId,
    status: onboarding.status,
    submittable: onboarding.submittable,
    submittedAt: onboarding.submittedAt,
    reviewedAt: onboarding.reviewedAt,
    raw: await keptJson(tx, onboarding.entityId, onboardingPlace(onboarding.id), onboarding.raw),
    syncedAt: new Date(),
  };
  await tx.onboarding.upsert({
    where: { id: onboarding.id },
    create: { id: onboarding.id, ...facts },
    update: facts,
  });
  // What was typed for it is at Fintoc now, or can't be sent any more: it would be personal data kept for nothing.
  if (!before && !isOver(onboarding.status))
    await tx.kybDraft.deleteMany({ where: { entityId: onboarding.entityId } });
  if (before?.status === onboarding.status) return;
  await recordAudit(tx, system('kyb'), {
    action: ENTERED[onboarding.status] ?? 'onboarding.synced',
    subject: 'entity',
    id: onboarding.entityId,
    before: before && { status: before.status },
    after: { status: onboarding.status, onboardingId: onboarding.id },
  });
  await tx.walletAsset.updateMany({
    where: { entityId: onboarding.entityId, state: 'opening', openingStep: 'kyb' },
    data: { nextAttemptAt: new Date() },
  });
}

function isDecided(status: string): boolean {
  return status === 'approved' || status === 'rejected' || status === 'cancelled';
}

type Start = { entityId: string; data: object; requestId?: string | undefined };

/**
 * Starts the KYB of an entity at Fintoc. `data` is the form's company information, representatives and shareholders.
 * Asked twice with one requestId, it is started once.
 */
export async function startOnboarding(actor: Actor, { entityId, data, requestId }: Start) {
  authorize(actor, 'kyb:write');
  const entity = await getEntityRow(entityId);
  if (entity.countryCode && entity.countryCode !== 'mx') {
    throw new DomainError('fintoc_refused', 'Fintoc onboards by API in Mexico only.', {
      code: 'country_not_supported',
    });
  }
  const round = await db().onboarding.count({ where: { entityId } });
  const open = await db().onboarding.findFirst({
    where: { entityId, status: { notIn: ['rejected', 'cancelled'] } },
  });
  const asked: Asked = { act: 'onboarding.start', requestId, content: { entityId, data } };
  // After the look for an open one: that may be what this asked for a moment ago.
  if (await isDone(actor, asked)) return { id: entityId };
  if (open) throw new DomainError('conflict', 'An onboarding of this entity is under way.', {});
  const started = await asDomainError(() => openOnboarding(entityId, round, data), isAnswer);
  return keep(actor, 'onboarding.started', started, asked);
}

type DocumentUpload = {
  onboardingId: string;
  target: UploadTarget;
  file: File;
  /** Minted for this file: an upload that comes again after a later one doesn't take its place. */
  requestId?: string | undefined;
};

/** Hands one document to Fintoc. Throws `invalid` for a file that it wouldn't take. */
export async function uploadOnboardingDocument(actor: Actor, input: DocumentUpload) {
  authorize(actor, 'kyb:write');
  const { onboardingId, target, file, requestId } = input;
  const refusal = await documentRefusal(file);
  if (refusal) throw new InvalidInputError({ file: refusal });
  const content = { onboardingId, target, name: file.name, hash: await hashOf(file) };
  const asked: Asked = { act: 'onboarding.upload', requestId, content };
  const onboarding = await getOnboardingRow(onboardingId);
  if (await isDone(actor, asked)) return { id: onboarding.entityId };
  await asDomainError(() => uploadDocument(onboarding, target, file), isAnswer);
  return refresh(actor, onboarding, 'onboarding.document_uploaded', asked);
}

/** Two at once both reach Fintoc, which takes the same file for the same slot as one; these books note one. */
async function isDone(actor: Actor, asked: Asked): Promise<boolean> {
  return (await transaction((tx) => madeUnder(tx, actor, asked))) !== null;
}

async function hashOf(file: File): Promise<string> {
  return createHash('sha256')
    .update(new Uint8Array(await file.arrayBuffer()))
    .digest('hex');
}

/** Hands the file to Fintoc for review, which takes about a business day. */
export async function submitOnboarding(actor: Actor, { onboardingId }: { onboardingId: string }) {
  authorize(actor, 'kyb:write');
  const onboarding = await getOnboardingRow(onboardingId);
  if (onboarding.status !== 'submitted') {
    await asDomainError(() => handIn(onboarding), isAnswer);
  }
  return refresh(actor, onboarding, 'onboarding.submitted_by_operator');
}

/** Asks Fintoc how an onboarding stands now. */
export async function syncOnboarding(actor: Actor, { onboardingId }: { onboardingId: string }) {
  authorize(actor, 'fintoc:sync');
  return refresh(actor, await getOnboardingRow(onboardingId), 'onboarding.synced');
}

/** What an operator does with a KYB. */
type KybAct = Extract<
  EventType,
  | 'onboarding.started'
  | 'onboarding.document_uploaded'
  | 'onboarding.submitted_by_operator'
  | 'onboarding.synced'
>;

/** Brings the entity along: its own status follows the onboarding's. */
async function refresh(actor: Actor, { id, entityId }: Onboarding, action: KybAct, asked?: Asked) {
  const [onboarding, entity] = await asDomainError(() =>
    Promise.all([getOnboarding(entityId, id), railOf(entityId).holder(entityId)]),
  );
  await transaction((tx) => saveEntity(tx, entity));
  return keep(actor, action, onboarding, asked);
}

async function keep(actor: Actor, action: KybAct, onboarding: FintocOnboarding, asked?: Asked) {
  const note = async (tx: Tx) => {
    // The act before what it led to at Fintoc: a history reads from cause to effect.
    await recordAudit(tx, actor, {
      action,
      subject: 'entity',
      id: onboarding.entityId,
      after: { onboardingId: onboarding.id, status: onboarding.status },
    });
    await saveOnboarding(tx, onboarding);
    return { id: onboarding.entityId };
  };
  return transaction((tx) =>
    asked
      ? once(
          tx,
          actor,
          asked,
          async (id) => ({ id }),
          () => note(tx),
        )
      : note(tx),
  );
}

/** What a rail says no to is told in its words; that it didn't answer is told as that. */
export async function asDomainError<Result>(
  run: () => Promise<Result>,
  isNo: (error: RailError) => boolean = isRefusal,
): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof RailError)) throw error;
    if (isNo(error)) {
      const param = error.param ?? '';
      throw new DomainError('fintoc_refused', error.message, {
        code: error.code,
        reason: error.message,
        param,
      });
    }
    throw new DomainError('fintoc_unavailable', error.message, { code: error.code });
  }
}

async function getEntityRow(id: string) {
  const entity = await db().entity.findUnique({ where: { id } });
  if (!entity) throw notFound('entity', id);
  return entity;
}

async function getOnboardingRow(id: string): Promise<Onboarding> {
  const onboarding = await db().onboarding.findUnique({ where: { id } });
  if (!onboarding) throw notFound('onboarding', id);
  return onboarding;
}
