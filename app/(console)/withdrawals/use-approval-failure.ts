import { useTranslations } from 'next-intl';
import type { ApprovalResult, NoAnswer } from '~/app/(console)/withdrawals/actions';
import { useGoneWords } from '~/app/(console)/withdrawals/use-gone-words';
import { useFailureMessage } from '~/components/form-messages';

type Failed = Extract<ApprovalResult, { ok: false }>;

/** Why one withdrawal of a batch was not decided, in words; where a colleague was first, who did what. */
export function useApprovalFailure(): (result: Failed) => string {
  const t = useTranslations('approvals');
  const failureMessage = useFailureMessage();
  const goneWords = useGoneWords();
  return ({ code, details, decided }) => {
    if (decided) return goneWords(decided);
    return isNoAnswer(code) ? t(code) : failureMessage({ code, details });
  };
}

function isNoAnswer(code: string): code is NoAnswer {
  return code === 'unexpected' || code === 'unsent' || code === 'signed_out';
}
