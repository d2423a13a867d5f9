import { useLocale, useTranslations } from 'next-intl';
import type { RuledAction } from '~/lib/approvals/actions';
import type { Conditions } from '~/lib/approvals/conditions';
import type { Steps } from '~/lib/approvals/steps';
import { formatAmount, isAsset } from '~/lib/money';

type Words = ReturnType<typeof useTranslations<'rules'>>;
type Rule = { action: RuledAction; conditions: Conditions; steps: Steps };

/** A rule read back as one sentence. */
export function useRuleSentence(): (rule: Rule) => string {
  const t = useTranslations('rules');
  const locale = useLocale();
  return (rule) => ruleSentence(t, locale, rule);
}

/** The same for who has the words already. */
export function ruleSentence(t: Words, locale: string, { action, conditions, steps }: Rule): string {
  const what = action.replace('.', '_') as 'withdrawal_pay';
  const when = conditionsOf(t, locale, conditions).join(', ');
  const who = steps.map(({ people, role }) => t('step', { people, role: role ?? 'any' })).join(t('then'));
  return when === ''
    ? t('always', { what: t(`every.${what}`), who })
    : t('sentence', { what: t(`one.${what}`), when, who });
}

function conditionsOf(t: Words, locale: string, conditions: Conditions): string[] {
  const {
    asset,
    amount,
    sum,
    walletKinds,
    patterns,
    terms,
    beneficiary,
    customerYoungerDays: days,
    outside,
  } = conditions;
  const money = (text = '0') => (asset && isAsset(asset) ? formatAmount(BigInt(text), asset, locale) : text);
  const or = (words: string[]) => new Intl.ListFormat(locale, { type: 'disjunction' }).format(words);
  const range = amount?.from !== undefined ? (amount.to !== undefined ? 'between' : 'from') : 'upto';
  return [
    asset && amount && t(`amount.${range}`, { from: money(amount.from), to: money(amount.to), asset }),
    asset && !amount && !sum && t('amount.any', { asset }),
    asset && sum && t('sum', { of: sum.of, within: sum.within, from: money(sum.from), asset }),
    walletKinds && t('kinds', { kinds: or(walletKinds.map((kind) => t(`kind.${kind}`))) }),
    patterns && t('patterns', { patterns: or(patterns) }),
    terms && t('terms', { terms }),
    beneficiary && t(`beneficiary.${beneficiary.is}`, { days: beneficiary.days }),
    days !== undefined && t('customer', { days }),
    outside && t('outside', outside),
  ].filter((words) => typeof words === 'string');
}
