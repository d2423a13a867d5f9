import { useTranslations } from 'next-intl';
import type { DecisionResult, NoAnswer } from '~/app/(console)/approvals/actions';
import { useFailureMessage } from '~/components/form/form-messages';

type Failed = Extract<DecisionResult, { ok: false }>;

/** Why one of a selection was not decided, in words; where a colleague was first, who did what. */
export function useDecisionFailure(): (result: Failed) => string {
  const t = useTranslations('approvals.noAnswer');
  const failureMessage = useFailureMessage();
  return ({ code, details }) =>
    isNoAnswer(code) ? t(code, { name: String(details.name ?? '') }) : failureMessage({ code, details });
}

function isNoAnswer(code: string): code is NoAnswer {
  return ['unexpected', 'unsent', 'signed_out', 'other_operator'].includes(code);
}
