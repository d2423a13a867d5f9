import { useTranslations } from 'next-intl';
import { useHeldWords } from '~/components/words/held-words';
import { useReasons } from '~/components/words/reason-words';
import type { Match } from '~/lib/whereabouts/evidence';
import type { NumberRule, Verdict } from '~/lib/whereabouts/verdict';

/** Why money is where it is, in words, without a full stop. Empty where there is nothing to say. */
export function useVerdictReason(): (verdict: Verdict, kind: Match['kind']) => string {
  const reasons = useReasons();
  const held = useHeldWords();
  const rules = useTranslations('where.numberRules');
  const suspense = useTranslations('kinds.suspense');
  const statuses = useTranslations('status.withdrawal');
  return ({ reason }) => {
    if (!reason) return '';
    if (reason.of === 'failure') return reasons(reason.code).why;
    if (reason.of === 'gate') return held(reason.code).short;
    if (reason.of === 'number') return rules(reason.code as NumberRule);
    if (reason.of === 'suspense') {
      const key = reason.code as Parameters<typeof suspense>[0];
      return suspense.has(key) ? suspense(key) : reason.code.replaceAll('_', ' ');
    }
    const ended = reason.code as Parameters<typeof statuses>[0];
    return statuses.has(ended) ? statuses(ended) : reason.code;
  };
}
