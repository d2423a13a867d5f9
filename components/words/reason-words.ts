import { useTranslations } from 'next-intl';
import { type Reason, reasonOf, statusOf } from '~/lib/reasons';

export type ReasonWords = Reason & {
  /** Why, without a full stop. What nobody here knows is shown as it came. */
  why: string;
  /** What to do about it, in sentences. */
  what: string;
  /** Who can. */
  who: string;
};

/** Why a payment failed, waits or came back, what to do about it and who can, in words. */
export function useReasons(): (code: string) => ReasonWords {
  const [why, what, who] = [
    useTranslations('kinds.failure'),
    useTranslations('kinds.remedy'),
    useTranslations('kinds.fixer'),
  ];
  return (code) => {
    const reason = reasonOf(code);
    const { word, remedy, fixer } = reason;
    return {
      ...reason,
      why: why(word, { code, status: statusOf(code) ?? '' }),
      what: what(remedy),
      who: who(fixer),
    };
  };
}
