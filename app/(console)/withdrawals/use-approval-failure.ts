import { useTranslations } from 'next-intl';
import type { ApprovalResult } from '~/app/(console)/withdrawals/actions';
import { useFailureMessage } from '~/components/form-messages';

type Failed = Extract<ApprovalResult, { ok: false }>;

/** Why one withdrawal of a batch was not approved, in words. */
export function useApprovalFailure(): (result: Failed) => string {
  const t = useTranslations('withdrawals.approve');
  const failureMessage = useFailureMessage();
  return ({ code, details }) => (code === 'unexpected' ? t('unexpected') : failureMessage({ code, details }));
}
