import { getFormatter, getLocale, getTranslations } from 'next-intl/server';
import { ruleSentence } from '~/components/words/rule-sentence';
import { TERMS_FIELDS, termsValue } from '~/components/words/terms-words';
import { ownChangeShape } from '~/lib/approvals/own-rules';
import { changeShape } from '~/lib/approvals/rules';
import { formatClabe } from '~/lib/clabe';
import { formatAmount, isAsset } from '~/lib/money';
import { stopChangeShape } from '~/lib/stops/limits';
import { capShape } from '~/lib/terms/cap-portfolio';
import { termsChangeShape } from '~/lib/terms/change';
import { debtPlanShape } from '~/lib/transfers/debt-plans';
import { settlementChangeShape } from '~/lib/transfers/settlement-number';
import { lifecycleShape } from '~/lib/wallets/unless-ruled';

/**
 * What a change of a rule says: of the amounts that are there from the start, of a rule that people made, of when payouts
 * stop by themselves, or of where the daily settlement goes.
 */
export async function ruleChanges(): Promise<(facts: unknown, subjectId: string) => string> {
  const [t, rules, locale] = await Promise.all([
    getTranslations('approvals.sentences'),
    getTranslations('rules'),
    getLocale(),
  ]);
  const amounts = (facts: unknown) =>
    Object.entries(changeShape.parse(facts).change)
      .flatMap(([which, perAsset]) =>
        Object.entries(perAsset ?? {}).flatMap(([asset, amount]) => {
          if (!isAsset(asset) || amount === undefined) return [];
          const words = amount === null ? t('never') : formatAmount(BigInt(amount), asset, locale);
          return [`${t(which === 'amount' ? 'ruleAmount' : 'ruleFirst', { asset })}: ${words}`];
        }),
      )
      .join('; ');
  const stops = (facts: unknown) => {
    const { returns, failures, allReturns, allFailures, breaks } = stopChangeShape.parse(facts).after;
    const from = (count: number | null) => count ?? t('noStop');
    return t('stops', {
      ...{ returns: from(returns), failures: from(failures), breaks: from(breaks) },
      hasAll: String(allReturns !== undefined && allFailures !== undefined),
      ...{ allReturns: from(allReturns ?? null), allFailures: from(allFailures ?? null) },
    });
  };
  const settlement = (facts: unknown) => {
    const { MXN } = settlementChangeShape.parse(facts).after;
    return t('settlement', { isSet: String(MXN !== null), clabe: formatClabe(MXN ?? '') });
  };
  return (facts, subjectId) => {
    if (subjectId === 'withdrawal.pay') return t('rule', { what: amounts(facts) });
    if (subjectId === 'payoutStops') return stops(facts);
    if (subjectId === 'settlementNumber') return settlement(facts);
    const { action, before, after } = ownChangeShape.parse(facts);
    const { name, mode } = after;
    const what = ruleSentence(rules, locale, { action, ...after });
    return t('ownRule', { isNew: String(before === null), name, mode, what });
  };
}

type WalletChange = 'wallet.freeze' | 'wallet.unfreeze' | 'wallet.close' | 'debt.plan';

/** What would be done to a wallet, or to all of a customer's or portfolio's. */
export async function walletChanges(): Promise<(action: WalletChange, facts: unknown) => string> {
  const [t, formatter, locale] = await Promise.all([
    getTranslations('approvals.sentences'),
    getFormatter(),
    getLocale(),
  ]);
  const money = (amount: bigint, asset: string) =>
    isAsset(asset) ? `${formatAmount(amount, asset, locale)} ${asset}` : asset;
  return (action, facts) => {
    if (action === 'debt.plan') {
      const { name, amount, owed, asset, every, inDays } = debtPlanShape.parse(facts);
      return t('debtPlan', {
        ...{ name, every, days: inDays },
        ...{ amount: money(amount, asset), owed: money(owed, asset) },
      });
    }
    const { of, name, direction = 'both', until, closedBy = 'platform' } = lifecycleShape.parse(facts);
    if (action === 'wallet.unfreeze') return t('unfreeze', { of, name });
    if (action === 'wallet.close') return t('close', { of, name, by: closedBy });
    const end = until ? formatter.dateTime(until, { dateStyle: 'medium', timeStyle: 'short' }) : '';
    return t('freeze', { of, name, direction, hasEnd: String(until !== undefined), until: end });
  };
}

/** What a new version of terms changes, or how many wallets come under it. */
export async function termsChanges(): Promise<(facts: unknown) => string> {
  const [t, termsWords, kinds, locale] = await Promise.all([
    getTranslations('approvals.sentences'),
    getTranslations('terms'),
    getTranslations('kinds.customer'),
    getLocale(),
  ]);
  const words = { t: termsWords, kinds, locale };
  return (facts) => {
    const asked = termsChangeShape.parse(facts);
    const { name, asset, version } = asked;
    if (asked.kind === 'assign') return t('termsAssign', { name, version, count: asked.wallets });
    const changes = TERMS_FIELDS.map((field) => ({
      label: termsWords(`fields.${field}`),
      was: termsValue(words, asset, field, asked.before),
      now: termsValue(words, asset, field, asked.after),
    })).filter(({ was, now }) => was !== now);
    const what = changes.map(({ label, was, now }) => `${label}: ${was} → ${now}`).join('; ');
    return t('termsVersion', { name, asset, version: version + 1, what: what || t('termsSame') });
  };
}

/** What all wallets of a portfolio may hold and pay out together, before and after. */
export async function capChanges(): Promise<(facts: unknown) => string> {
  const [t, words, locale] = await Promise.all([
    getTranslations('approvals.sentences'),
    getTranslations('terms.values'),
    getLocale(),
  ]);
  return (facts) => {
    const { name, customer, asset, before, after } = capShape.parse(facts);
    const says = (amount: bigint | null) =>
      amount === null || !isAsset(asset) ? words('none') : formatAmount(amount, asset, locale);
    return t('portfolioCap', {
      ...{ name, customer, asset },
      ...{ dayWas: says(before.dayAmount), day: says(after.dayAmount) },
      ...{ balanceWas: says(before.balanceAmount), balance: says(after.balanceAmount) },
    });
  };
}
