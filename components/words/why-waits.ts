import { useTranslations } from 'next-intl';
import type { WhyApproval } from '~/lib/approvals/rules';

/** Why a withdrawal waits: by what was there from the start, by the sentences of rules that people made, or by both. */
export function useWhyWaits(): (reason: WhyApproval, rules: readonly string[]) => string {
  const t = useTranslations('approvals');
  return (reason, rules) => {
    const own = rules.join(' ');
    if (own === '') return t(`why.${reason}`);
    return reason === 'rule' ? own : `${t(`why.${reason}`)}. ${own}`;
  };
}
