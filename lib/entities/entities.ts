import { type Actor, authorize, SYSTEM } from '~/lib/actor';
import { recordAudit, toJson } from '~/lib/audit/audit';
import { db, type Tx, transaction } from '~/lib/db';
import { isOver, type UploadTarget } from '~/lib/entities/kyb';
import { documentRefusal } from '~/lib/entities/kyb-document';
import { DomainError, InvalidInputError, notFound } from '~/lib/errors';
import { FintocError, isRefusal } from '~/lib/rails/fintoc/answers';
import { getEntity, getOnboarding, listOnboardings, post, uploadDocument } from '~/lib/rails/fintoc/gateway';
import { createOnce } from '~/lib/rails/fintoc/requests';
import { type FintocEntity, type FintocOnboarding, toOnboarding } from '~/lib/rails/fintoc/translate';
import type { Onboarding, Prisma } from '~/prisma/generated/client';

/** Mirrors an entity as Fintoc shows it. A customer, once linked (lib/entities/links.ts), stays. */
export async function saveEntity(tx: Tx, entity: FintocEntity): Promise<void> {
  const facts = {
    holderName: entity.holder_name,
    holderId: entity.holder_id,
    countryCode: entity.country_code,
    isRoot: entity.is_root,
    status: entity.status,
    mode: entity.mode,
    raw: toJson(entity.raw) as Prisma.InputJsonValue,
    syncedAt: new Date(),
  };
  await tx.entity.upsert({ where: { id: entity.id }, create: { id: entity.id, ...facts }, update: facts });
}

/** Brings an entity over from Fintoc before the next sync does. Never inside a transaction. */
export async function bringEntity(id: string): Promise<void> {
  const entity = await getEntity(id);
  await transaction((tx) => saveEntity(tx, entity));
}

/** The same with its KYB, as far as it is. */
export async function bringEntityWithKyb(id: string): Promise<void> {
  await bringEntity(id);
  for await (const onboarding of listOnboardings(id)) {
    await transaction((tx) => saveOnboarding(tx, onboarding));
  }
}

/** What hangs on an entity has to wait for it. */
export class UnknownEntity extends Error {
  constructor(id: string) {
    super(`Entity ${id} isn't known here yet; the next sync brings it.`);
  }
}

/** Mirrors an onboarding; a wallet that waits for its approval goes on at once. */
export async function saveOnboarding(tx: Tx, onboarding: FintocOnboarding): Promise<void> {
  const known = await tx.entity.findUnique({ where: { id: onboarding.entity_id }, select: { id: true } });
  if (!known) throw new UnknownEntity(onboarding.entity_id);
  const before = await tx.onboarding.findUnique({ where: { id: onboarding.id } });
  // A repetition of an earlier word must not reopen what Fintoc has decided.
  if (before && isDecided(before.status) && !isDecided(onboarding.status)) return;
  const facts = {
    entityId: onboarding.entity_id,
    status: onboarding.status,
    submittable: onboarding.submittable,
    submittedAt: onboarding.submitted_at,
    reviewedAt: onboarding.reviewed_at,
    raw: toJson(onboarding.raw) as Prisma.InputJsonValue,
    syncedAt: new Date(),
  };
  await tx.onboarding.upsert({
    where: { id: onboarding.id },
    create: { id: onboarding.id, ...facts },
    update: facts,
  });
  // What was typed for it is at Fintoc now, or can't be sent any more: it would be personal data kept for nothing.
  if (!before && !isOver(onboarding.status))
    await tx.kybDraft.deleteMany({ where: { entityId: onboarding.entity_id } });
  if (before?.status === onboarding.status) return;
  await recordAudit(tx, SYSTEM, {
    action: `onboarding.${onboarding.status}`,
    subject: 'entity',
    id: onboarding.entity_id,
    before: before && { status: before.status },
    after: { status: onboarding.status, onboardingId: onboarding.id },
  });
  await tx.wallet.updateMany({
    where: { entityId: onboarding.entity_id, status: 'opening', openingStep: 'kyb' },
    data: { nextAttemptAt: new Date() },
  });
}

function isDecided(status: string): boolean {
  return status === 'approved' || status === 'rejected' || status === 'cancelled';
}

/** Starts the KYB of an entity at Fintoc. `data` is the form's company information, representatives and shareholders. */
export async function startOnboarding(actor: Actor, { entityId, data }: { entityId: string; data: object }) {
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
  if (open) throw new DomainError('conflict', 'An onboarding of this entity is under way.', {});
  const raw = await asDomainError(
    () =>
      createOnce({
        purpose: `entity:${entityId}:onboarding:${round}`,
        path: `/v2/entities/${entityId}/onboardings`,
        body: { type: 'account_holder', data },
      }),
    isAnswer,
  );
  return keep(actor, 'onboarding.started', toOnboarding(raw));
}

export async function uploadOnboardingDocument(
  actor: Actor,
  input: { onboardingId: string; target: UploadTarget; file: File },
) {
  authorize(actor, 'kyb:write');
  const refusal = await documentRefusal(input.file);
  if (refusal) throw new InvalidInputError({ file: refusal });
  const onboarding = await getOnboardingRow(input.onboardingId);
  await asDomainError(() => uploadDocument(onboarding, input.target, input.file, input.file.name), isAnswer);
  return refresh(actor, onboarding, 'onboarding.document_uploaded');
}

/** Hands the file to Fintoc for review, which takes about a business day. */
export async function submitOnboarding(actor: Actor, { onboardingId }: { onboardingId: string }) {
  authorize(actor, 'kyb:write');
  const onboarding = await getOnboardingRow(onboardingId);
  if (onboarding.status !== 'submitted') {
    await asDomainError(
      () =>
        post({
          path: `/v2/entities/${onboarding.entityId}/onboardings/${onboarding.id}/submit`,
          body: {},
          // Submitting twice is harmless at Fintoc, and a refusal for a missing document must not stick to the key.
          idempotencyKey: `monedero:onboarding:${onboarding.id}:submit:${Date.now()}`,
        }),
      isAnswer,
    );
  }
  return refresh(actor, onboarding, 'onboarding.submitted_by_operator');
}

/** Asks Fintoc how an onboarding stands now. */
export async function syncOnboarding(actor: Actor, { onboardingId }: { onboardingId: string }) {
  authorize(actor, 'fintoc:sync');
  return refresh(actor, await getOnboardingRow(onboardingId), 'onboarding.synced');
}

/** Brings the entity along: its own status follows the onboarding's. */
async function refresh(actor: Actor, { id, entityId }: Onboarding, action: `${string}.${string}`) {
  const [onboarding, entity] = await asDomainError(() =>
    Promise.all([getOnboarding(entityId, id), getEntity(entityId)]),
  );
  await transaction((tx) => saveEntity(tx, entity));
  return keep(actor, action, onboarding);
}

async function keep(actor: Actor, action: `${string}.${string}`, onboarding: FintocOnboarding) {
  return transaction(async (tx) => {
    await saveOnboarding(tx, onboarding);
    await recordAudit(tx, actor, {
      action,
      subject: 'entity',
      id: onboarding.entity_id,
      after: { onboardingId: onboarding.id, status: onboarding.status },
    });
    return { id: onboarding.entity_id };
  });
}

/**
 * A KYB moves no money: what Fintoc answers is its word, also a conflict, which for a transfer could mean that the
 * transfer stands already.
 */
function isAnswer({ status, isTold }: FintocError): boolean {
  return isTold && status !== null && status >= 400 && status < 500 && ![401, 408, 429].includes(status);
}

/** What Fintoc says no to is told in its words; that it didn't answer is told as that. */
export async function asDomainError<Result>(
  run: () => Promise<Result>,
  isNo: (error: FintocError) => boolean = isRefusal,
): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof FintocError)) throw error;
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

export async function getEntityPage(id: string) {
  const entity = await db().entity.findUnique({
    where: { id },
    include: {
      customer: true,
      onboardings: { orderBy: { createdAt: 'desc' } },
      accounts: { orderBy: { createdAt: 'asc' } },
      wallets: { orderBy: { createdAt: 'asc' } },
    },
  });
  if (!entity) throw notFound('entity', id);
  return entity;
}

export type EntityRecord = Awaited<ReturnType<typeof getEntityPage>>;

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
