import { useTranslations } from 'next-intl';
import type { ApprovalResult, NoAnswer } from '~/app/(console)/withdrawals/actions';
import { useFailureMessage } from '~/components/form-messages';

type Failed = Extract<ApprovalResult, { ok: false }>;

/** Why one withdrawal of a batch was not approved, in words. */
export function useApprovalFailure(): (result: Failed) => string {
  const t = useTranslations('withdrawals.approve');
  const failureMessage = useFailureMessage();
  return ({ code, details }) => (isNoAnswer(code) ? t(code) : failureMessage({ code, details }));
}

function isNoAnswer(code: string): code is NoAnswer {
  return code === 'unexpected' || code === 'unanswered' || code === 'signed_out';
}
