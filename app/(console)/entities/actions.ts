'use server';

import type { Route } from 'next';
import { z } from 'zod';
import { operatorAction } from '~/lib/action';
import { startOnboarding, submitOnboarding, syncOnboarding, uploadOnboardingDocument } from '~/lib/entities';
import type { UploadTarget } from '~/lib/kyb';
import { onboardingForm } from '~/lib/kyb-form';
import { syncFintoc } from '~/lib/sync';
import { outsideId } from '~/lib/text';

const id = outsideId();
const onboarding = z.object({ onboardingId: id });

const upload = z
  .object({
    onboardingId: id,
    slot: id.optional(),
    shareholderId: id.optional(),
    representativeId: id.optional(),
    file: z.instanceof(File),
  })
  .transform(({ onboardingId, file, ...where }, context) => {
    const target = targetOf(where);
    if (target) return { onboardingId, file, target };
    context.addIssue('required');
    return z.NEVER;
  });

type Where = {
  slot?: string | undefined;
  shareholderId?: string | undefined;
  representativeId?: string | undefined;
};

function targetOf({ slot, shareholderId, representativeId }: Where): UploadTarget | null {
  if (shareholderId) return { shareholderId };
  if (!slot) return null;
  return representativeId ? { representativeId, slot } : { slot };
}

export const syncAction = operatorAction(z.object({}), syncFintoc);
export const startOnboardingAction = operatorAction(onboardingForm, startOnboarding, {
  redirectTo: ({ id: entityId }) => `/entities/${entityId}` as Route,
});
export const uploadDocumentAction = operatorAction(upload, uploadOnboardingDocument);
export const submitOnboardingAction = operatorAction(onboarding, submitOnboarding);
export const refreshOnboardingAction = operatorAction(onboarding, syncOnboarding);
