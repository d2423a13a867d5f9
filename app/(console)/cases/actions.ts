'use server';

import { z } from 'zod';
import { to } from '~/components/ui/to';
import { operatorAction } from '~/lib/action';
import { amountIn } from '~/lib/amount-input';
import {
  changeClaim,
  changeClock,
  closeCase,
  handOver,
  MOST_DUE_HOURS,
  openCase,
  reopenCase,
} from '~/lib/cases/cases';
import { CASE_SUBJECTS, CASE_TYPES, WAITS_FOR } from '~/lib/cases/kinds';
import { addNote } from '~/lib/people/notes';
import { note, optionalLine, outsideId, typed } from '~/lib/typed-text';

const hours = z.coerce.number().int().min(1).max(MOST_DUE_HOURS);
const caseId = z.uuid();
const requestId = z.uuid();

const claimFields = {
  trackingKey: optionalLine(40),
  operationDay: z.iso.date().optional(),
  amount: typed().optional(),
  sendingBank: optionalLine(80),
  receivingBank: optionalLine(80),
  beneficiaryAccount: optionalLine(40),
};

/** The amount as typed, in pesos: SPEI moves nothing else. Undefined for none. */
function pesosIn(context: z.RefinementCtx, text: string | undefined): bigint | undefined {
  return text === undefined || text.trim() === ''
    ? undefined
    : (amountIn(context, { text, asset: 'MXN' }) ?? undefined);
}

const newCase = z
  .object({
    type: z.enum(CASE_TYPES),
    subjectType: z.enum(CASE_SUBJECTS),
    subjectId: outsideId(),
    ownerId: z.uuid().optional(),
    dueInHours: hours.optional(),
    note: note(2_000),
    requestId,
    ...claimFields,
  })
  .transform(
    (
      { type, subjectType, subjectId, ownerId, dueInHours, note: said, requestId: id, amount, ...claim },
      context,
    ) => {
      const facts = { type, subjectType, subjectId, ownerId, dueInHours, note: said, requestId: id };
      return { ...facts, claim: { ...claim, amount: pesosIn(context, amount) } };
    },
  );

export const openCaseAction = operatorAction(newCase, openCase, {
  redirectTo: ({ id }) => to(`/cases/${id}`),
});

export const handOverAction = operatorAction(
  z.object({ caseId, ownerId: z.uuid(), note: note(2_000), requestId }),
  handOver,
);

export const changeClockAction = operatorAction(
  z.object({
    caseId,
    waitsFor: z.enum(WAITS_FOR),
    dueInHours: hours.optional(),
    note: note(2_000, 0).optional(),
    requestId,
  }),
  changeClock,
);

export const changeClaimAction = operatorAction(
  z
    .object({ caseId, requestId, ...claimFields })
    .transform(({ caseId: id, requestId: request, amount, ...claim }, context) => {
      return { caseId: id, requestId: request, claim: { ...claim, amount: pesosIn(context, amount) } };
    }),
  changeClaim,
);

const ending = z.object({ caseId, reason: note(2_000), requestId });

export const closeCaseAction = operatorAction(ending, (actor, { reason, ...input }) =>
  closeCase(actor, { ...input, note: reason }),
);
export const reopenCaseAction = operatorAction(ending, (actor, { reason, ...input }) =>
  reopenCase(actor, { ...input, note: reason }),
);

export const addCaseNoteAction = operatorAction(
  z.object({ subjectId: z.uuid(), body: note(2_000), requestId }),
  (actor, written) => addNote(actor, { subjectType: 'case', ...written }),
);
