import { getLocale, getTranslations } from 'next-intl/server';
import { z } from 'zod';
import {
  capChanges,
  ruleChanges,
  termsChanges,
  walletChanges,
} from '~/app/(console)/approvals/change-sentences';
import type { Said } from '~/app/(console)/approvals/items';
import { roleChanges } from '~/app/(console)/approvals/role-sentences';
import { roleWord } from '~/components/words/role-words';
import { ruleSentence } from '~/components/words/rule-sentence';
import type { ApprovalAction } from '~/lib/approvals/actions';
import { formatClabe } from '~/lib/clabe';
import type { InboxRow } from '~/lib/deciding/inbox';
import { formatAmount, isAsset } from '~/lib/money';
import { roleShape } from '~/lib/people/role-of';

const access = z.object({ role: roleShape, disabled: z.boolean() });
const person = z.object({ name: z.string(), email: z.string() });
const guest = z.object({ name: z.string(), hours: z.number() });
const change = person.extend({ before: access, after: access });
const key = z.object({ name: z.string(), mode: z.enum(['test', 'live']), scopes: z.array(z.string()) });
const replay = z.object({ eventIds: z.array(z.string()) });
const number = z.object({ number: z.string() });
const move = z.object({ name: z.string(), from: z.string(), to: z.string() });
const batch = z.object({ count: z.number(), fileName: z.string() });
const money = z.object({
  asset: z.string(),
  amount: z.string().optional(),
  difference: z.string().optional(),
});

const WITHOUT_FACTS = {
  'withdrawal.end': 'endWithdrawal',
  'payout.explain': 'explainPayout',
  'payouts.resume': 'resumePayouts',
  'standstill.release': 'releaseStandstill',
  'customer.erase': 'erase',
} as const;
const isWithoutFacts = (action: ApprovalAction): action is keyof typeof WITHOUT_FACTS =>
  action in WITHOUT_FACTS;

const OF_AMOUNT = {
  'withdrawal.pay': 'pay',
  'adjustment.post': 'adjust',
  'deposit.return': 'returnDeposit',
  'suspense.return': 'returnDeposit',
  'deposit.assign': 'assignDeposit',
  'suspense.assign': 'assignDeposit',
  'break.release': 'releaseBreak',
  'break.accept': 'acceptBreak',
} as const;

/** What would be done, in one sentence made of the facts that are decided on, and the rules that had it wait. */
export async function sentences(): Promise<
  (asked: Pick<InboxRow, 'action' | 'facts' | 'subjectId' | 'rules'>) => Said
> {
  const [t, rules, locale, rule, terms, cap, wallet, role, access] = await Promise.all([
    getTranslations('approvals.sentences'),
    getTranslations('rules'),
    getLocale(),
    ruleChanges(),
    termsChanges(),
    capChanges(),
    walletChanges(),
    roleChanges(),
    accessChanges(),
  ]);
  const amountOf = (facts: unknown) => amountWord(facts, locale);
  const what = ({ action, facts, subjectId }: Pick<InboxRow, 'action' | 'facts' | 'subjectId'>): string => {
    if (isWithoutFacts(action)) return t(WITHOUT_FACTS[action]);
    switch (action) {
      case 'operator.enrol':
      case 'operator.change':
        return access(action, facts);
      case 'operator.password':
        return t('password', { name: person.parse(facts).name });
      case 'operator.second_factor':
        return t('secondFactor', { name: person.parse(facts).name });
      case 'role.change':
        return role(facts);
      case 'operator.guest':
        return t('guest', guest.parse(facts));
      case 'rule.change':
      case 'stops.change':
      case 'settlement.change':
        return rule(facts, subjectId);
      case 'terms.change':
        return terms(facts);
      case 'portfolio.cap':
        return cap(facts);
      case 'key.make':
      case 'key.rotate':
        return t(action === 'key.make' ? 'key' : 'keySecret', ofKey(facts));
      case 'beneficiary.unblock':
        return t('unblock', { clabe: formatClabe(subjectId) });
      case 'wallet.move_pattern':
        return t('movePattern', { ...move.parse(facts), amount: amountOf(facts) });
      case 'batch.pay': {
        const { count, fileName: file } = batch.parse(facts);
        return t('batch', { count, file, amount: amountOf(facts) });
      }
      case 'withdrawal.pay':
      case 'adjustment.post':
      case 'deposit.return':
      case 'suspense.return':
      case 'deposit.assign':
      case 'suspense.assign':
      case 'break.release':
      case 'break.accept':
        return t(OF_AMOUNT[action], { amount: amountOf(facts) });
      case 'event.replay':
        return t('replay', { count: replay.parse(facts).eventIds.length });
      case 'wallet.freeze':
      case 'wallet.unfreeze':
      case 'wallet.close':
      case 'debt.plan':
        return wallet(action, facts);
      case 'number.quarantine':
        return t('quarantine', { clabe: formatClabe(number.parse(facts).number) });
    }
  };
  return (asked) => ({
    sentence: what(asked),
    rules: asked.rules.map((rule) => ruleSentence(rules, locale, rule)),
  });
}

function ofKey(facts: unknown) {
  const { name, mode, scopes } = key.parse(facts);
  return { name, mode, scopes: scopes.join(', ') };
}

function amountWord(facts: unknown, locale: string): string {
  const { asset, amount, difference } = money.parse(facts);
  const text = amount ?? difference ?? '0';
  return isAsset(asset) ? `${formatAmount(BigInt(text), asset, locale)} ${asset}` : asset;
}

/** What somebody gets, or has instead of what they had. */
async function accessChanges(): Promise<
  (action: 'operator.enrol' | 'operator.change', facts: unknown) => string
> {
  const [t, roles] = await Promise.all([
    getTranslations('approvals.sentences'),
    getTranslations('kinds.role'),
  ]);
  const word = ({ role, disabled }: z.output<typeof access>) =>
    disabled ? t('noAccess') : roleWord(roles, role);
  return (action, facts) => {
    const { name, email, before, after } = change.parse(facts);
    return action === 'operator.enrol'
      ? t('enrol', { name, email, role: word(after) })
      : t('change', { name, before: word(before), after: word(after) });
  };
}
