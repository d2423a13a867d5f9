import { useTranslations } from 'next-intl';

/** The key of a rule's words: its name in `lib/proof`, without what keys can't hold. */
export function ruleKey(rule: string): string {
  return rule.toLowerCase().replaceAll(/[^a-z]+/g, '_');
}

/** What the books promise, in the reader's words. A rule of a later version keeps its own. */
export function useRuleWords(): (rule: string) => string {
  const t = useTranslations('proof.rules');
  return (rule) => {
    const key = ruleKey(rule) as Parameters<typeof t>[0];
    return t.has(key) ? t(key) : rule;
  };
}

/** What a row that is wrong is called and told in, the longest first: `transaction 7`, `at least 5`. */
export const FAULT_PHRASES = [
  'entries up to sequence',
  'nothing before sequence',
  'no such transaction',
  'suspense or unexplained',
  'no such entry',
  'in transit',
  'transactions',
  'transaction',
  'withdrawal',
  'receivable',
  'one return',
  'an account',
  'at Fintoc',
  'no return',
  'swept out',
  'before it',
  'sequence',
  'at least',
  'movement',
  'transfer',
  'reserved',
  'outbound',
  'entries',
  'returns',
  'account',
  'inbound',
  'or more',
  'wallet',
  'up to',
  'entry',
  'cash',
  'none',
  'of',
  'to',
  'a',
] as const;
type FaultPhrase = (typeof FAULT_PHRASES)[number];

/** Not within a code or an id: `wallet/…/reserved`, `withdrawal:…:hold`. */
const PHRASE = new RegExp(`(?<![\\w/:])(?:${FAULT_PHRASES.join('|')})(?![\\w/]|:\\S)`, 'g');

/** The phrases of a text in other words; ids, codes and amounts stay. */
export function faultWords(text: string, wordOf: (phrase: FaultPhrase) => string): string {
  return text.replaceAll(PHRASE, (phrase) => wordOf(phrase as FaultPhrase));
}

/** A row that is wrong, what it should be and what it is, in the reader's words. */
export function useFaultWords(): (text: string) => string {
  const t = useTranslations('proof.faults');
  return (text) => faultWords(text, (phrase) => t(phrase));
}
