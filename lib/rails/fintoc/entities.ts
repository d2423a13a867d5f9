import type { UploadTarget } from '~/lib/entities/kyb-slots';
import type { RailError } from '~/lib/rails/failures';
import { FintocError } from '~/lib/rails/fintoc/answers';
import * as gateway from '~/lib/rails/fintoc/gateway';
import { createOnce } from '~/lib/rails/fintoc/requests';
import { type FintocOnboarding, toEntity, toOnboarding } from '~/lib/rails/fintoc/translate-entities';
import { isGenericTaxId, isSameTaxId } from '~/lib/tax-id';

/** Fintoc's own product beside the rail: how holders of accounts are made, and their KYB, in our words. */

export type NewEntity = {
  customer: { id: string; name: string; taxId: string; country: string; createdAt: Date };
  /** Whether an entity that stands at Fintoc belongs to somebody else here. */
  isTaken: (entityId: string) => Promise<boolean>;
};

/** Makes the entity of a customer, once, ever; one that stands there already is it. Answers its id. */
export async function openEntity({ customer, isTaken }: NewEntity): Promise<string> {
  const { id, name, taxId, country, createdAt } = customer;
  const raw = await createOnce({
    // A corrected tax id is another holder, and so another entity.
    purpose: `customer:${id}:entity:${encodeURIComponent(taxId)}`,
    path: '/v2/entities',
    body: { country_code: country, holder_name: name, holder_id: taxId },
    find: () => findRaw({ name, taxId }, isTaken),
    since: createdAt,
  });
  return toEntity(raw).id;
}

/** By tax id; by name too, where many share the tax id. */
async function findRaw(
  { name, taxId }: { name: string; taxId: string },
  isTaken: NewEntity['isTaken'],
): Promise<object | null> {
  for await (const { raw, ...entity } of gateway.listEntities()) {
    if (entity.isRoot || !isSameTaxId(entity.holderId, taxId)) continue;
    if (isGenericTaxId(taxId) && entity.holderName !== name) continue;
    if (!(await isTaken(entity.id))) return raw;
  }
  return null;
}

export const getOnboarding: (entityId: string, id: string) => Promise<FintocOnboarding> =
  gateway.getOnboarding;
export const listOnboardings = gateway.listOnboardings;

type OnboardingOf = { entityId: string; id: string };

/** Starts a KYB. `data` is the form's company information, representatives and shareholders, as Fintoc takes them. */
export async function openOnboarding(
  entityId: string,
  round: number,
  data: object,
): Promise<FintocOnboarding> {
  return toOnboarding(
    await createOnce({
      purpose: `entity:${entityId}:onboarding:${round}`,
      path: `/v2/entities/${entityId}/onboardings`,
      body: { type: 'account_holder', data },
    }),
  );
}

/** One document: the company's, a representative's or a shareholder's. PDF, JPEG or PNG up to 20 MB. */
export function uploadDocument(onboarding: OnboardingOf, target: UploadTarget, file: File): Promise<void> {
  return gateway.uploadDocument(onboarding, target, file, file.name);
}

/** Hands an onboarding in for review. */
export async function handIn({ entityId, id }: OnboardingOf): Promise<void> {
  await gateway.post({
    path: `/v2/entities/${entityId}/onboardings/${id}/submit`,
    body: {},
    // Submitting twice is harmless at Fintoc, and a refusal for a missing document must not stick to the key.
    idempotencyKey: `monedero:onboarding:${id}:submit:${Date.now()}`,
  });
}

/**
 * A KYB moves no money: what Fintoc answers is its word, also a conflict, which for a transfer could mean that the
 * transfer stands already.
 */
export function isAnswer(error: RailError): boolean {
  if (!(error instanceof FintocError) || !error.isTold) return false;
  const { status } = error;
  return status !== null && status >= 400 && status < 500 && ![401, 408, 429].includes(status);
}
