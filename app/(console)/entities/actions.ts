'use server';

import { z } from 'zod';
import { to } from '~/components/ui/to';
import { operatorAction } from '~/lib/action';
import { submitOnboarding, syncOnboarding } from '~/lib/entities/entities';
import { discardDraft, finishPart, sendDraft } from '~/lib/entities/kyb-drafts';
import { KYB_PARTS } from '~/lib/entities/kyb-parts';
import { syncFintoc } from '~/lib/inbox/sync';
import { outsideId, typed } from '~/lib/typed-text';

const id = outsideId();
const onboarding = z.object({ onboardingId: id });
const entity = z.object({ entityId: id });

/** The step's own fields come along under their flat names; a page without JavaScript has no editor. */
const part = z
  .looseObject({
    entityId: id,
    part: z.enum(KYB_PARTS),
    version: z.coerce.number().int().min(0),
    editor: typed(40).default(''),
    sequence: z.coerce.number().int().min(0).default(0),
  })
  .transform(({ entityId, part, version, editor, sequence, ...answers }) => ({
    saving: { entityId, part, version, editor, sequence, answers },
  }));

export const syncAction = operatorAction(z.object({}), syncFintoc);
export const finishPartAction = operatorAction(part, (actor, { saving }) => finishPart(actor, saving), {
  redirectTo: ({ id: entityId, next }) => to(`/entities/${entityId}/onboarding?step=${next}`),
});
export const sendDraftAction = operatorAction(entity.extend({ requestId: z.uuid() }), sendDraft, {
  redirectTo: ({ id: entityId }) => to(`/entities/${entityId}/onboarding`),
});
export const discardDraftAction = operatorAction(entity, discardDraft, {
  redirectTo: ({ id: entityId }) => to(`/entities/${entityId}`),
});
export const submitOnboardingAction = operatorAction(onboarding, submitOnboarding, {
  redirectTo: ({ id: entityId }) => to(`/entities/${entityId}`),
});
export const refreshOnboardingAction = operatorAction(onboarding, syncOnboarding);
