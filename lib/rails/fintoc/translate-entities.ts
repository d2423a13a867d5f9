import { z } from 'zod';
import {
  type Facts,
  optionalInstant,
  optionalShown,
  optionalText,
  shown,
  taxId,
  translator,
} from '~/lib/rails/fintoc/fields';
import type { RailHolder } from '~/lib/rails/rail-says';

const entitySchema = z.looseObject({
  id: z.string(),
  holder_name: shown,
  holder_id: taxId,
  country_code: optionalText,
  is_root: z.boolean(),
  status: optionalText,
  mode: z.string(),
});

// Fintoc's pages don't show a slot's fields; lib/entities/kyb.ts reads what is there.
const slot = z.looseObject({});

const onboardingSchema = z.looseObject({
  id: z.string(),
  entity_id: z.string(),
  status: z.string(),
  submittable: z.boolean().default(false),
  submitted_at: optionalInstant,
  reviewed_at: optionalInstant,
  documents: z
    .array(slot)
    .nullish()
    .transform((value) => value ?? []),
  shareholders: z
    .array(z.looseObject({ id: z.string(), name: optionalShown, document: slot.nullish() }))
    .nullish()
    .transform((value) => value ?? []),
});

/** The KYB of an entity. lib/entities/kyb reads the slots of its documents in `raw`. */
export type FintocOnboarding = {
  id: string;
  entityId: string;
  status: string;
  submittable: boolean;
  submittedAt: Date | null;
  reviewedAt: Date | null;
  raw: object;
};

export const toEntity = translator(
  entitySchema,
  (said): Facts<RailHolder> => ({
    id: said.id,
    holderName: said.holder_name,
    holderId: said.holder_id,
    countryCode: said.country_code,
    isRoot: said.is_root,
    status: said.status,
    mode: said.mode,
  }),
);

export const toOnboarding = translator(
  onboardingSchema,
  (said): Facts<FintocOnboarding> => ({
    id: said.id,
    entityId: said.entity_id,
    status: said.status,
    submittable: said.submittable,
    submittedAt: said.submitted_at,
    reviewedAt: said.reviewed_at,
  }),
);
