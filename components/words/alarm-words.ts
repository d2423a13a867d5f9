import { useTranslations } from 'next-intl';
import { useRuleWords } from '~/components/words/rule-words';
import { UNASKED } from '~/lib/alarms/conditions';
import type { AlarmRow } from '~/lib/alarms/read';

/** A kind of a later version has no words here yet, and is shown by its name. */
export function useKindWord(): (kind: string) => string {
  const t = useTranslations('alarms.kinds');
  return (kind) => {
    const key = kind as Parameters<typeof t>[0];
    return t.has(key) ? t(key) : kind;
  };
}

/** What an alarm is about: a thing by its kind and id, a rule or a condition in words. */
export function useSubjectWord(): (alarm: Pick<AlarmRow, 'kind' | 'subject'>) => string {
  const t = useTranslations('alarms.subjects');
  const kindWord = useKindWord();
  const ruleWord = useRuleWords();
  return ({ kind, subject }) => {
    if (kind === 'ledger_red') return ruleWord(subject);
    if (kind === UNASKED) return kindWord(subject);
    const key = kind as Parameters<typeof t>[0];
    return t.has(key) ? t(key, { id: subject }) : subject;
  };
}
