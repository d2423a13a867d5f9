import { UserCheck } from 'lucide-react';
import { getLocale, getTranslations } from 'next-intl/server';
import { changeApprovalAction, changeFirstPaymentAction } from '~/app/(console)/settings/approval/actions';
import { RULE_ASSETS, type Rule, RuleForm } from '~/app/(console)/settings/approval/rule-form';
import { Section } from '~/components/layout/section';
import { WaitsBadge } from '~/components/layout/waits-badge';
import { Timestamp } from '~/components/record/timestamp';
import { waitingAbout } from '~/lib/approvals/read';
import { looserFrom, payoutConditions } from '~/lib/approvals/versions';
import { formatAmount } from '~/lib/money';
import { can } from '~/lib/roles';
import { requireOperator } from '~/lib/session';

export async function generateMetadata() {
  return { title: (await getTranslations('settings.approval'))('title') };
}

/** The words of each rule: for an amount, for all, for none. */
const WORDS = {
  amount: { from: 'from', every: 'every', never: 'never' },
  first: { from: 'firstFrom', every: 'firstEvery', never: 'firstNever' },
} as const;

export default async function ApprovalPage() {
  const operator = await requireOperator('settings:read');
  const [t, locale, { amount: amountRule, firstPayment: firstRule }, looser, waiting] = await Promise.all([
    getTranslations('settings.approval'),
    getLocale(),
    payoutConditions(),
    looserFrom(),
    waitingAbout(operator, 'approval_rule'),
  ]);
  const sentence = (kind: keyof typeof WORDS, rule: Rule, asset: (typeof RULE_ASSETS)[number]) => {
    const threshold = rule[asset];
    if (threshold === null) return t(WORDS[kind].never, { asset });
    const amount = BigInt(threshold);
    if (amount <= 1n) return t(WORDS[kind].every, { asset });
    return t(WORDS[kind].from, { amount: formatAmount(amount, asset, locale), asset });
  };
  const sentences = RULE_ASSETS.flatMap((asset) => [
    sentence('amount', amountRule, asset),
    sentence('first', firstRule, asset),
  ]);
  return (
    <>
      <Section title={t('title')} description={t('description')} className="max-w-3xl">
        <ul className="grid gap-3 text-base">
          {sentences.map((text) => (
            <li key={text} className="flex gap-3">
              <UserCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-muted-foreground" />
              <span className="text-pretty">{text}</span>
            </li>
          ))}
        </ul>
        <p className="mt-3 text-muted-foreground text-sm">{t('who')}</p>
        {waiting.size > 0 ? (
          <p className="mt-3">
            <WaitsBadge />
          </p>
        ) : null}
        {looser ? (
          <p className="mt-1 text-sm text-warning">
            {t('looser')} <Timestamp at={looser} />
          </p>
        ) : null}
      </Section>
      {can(operator.role, 'settings:write') ? (
        <>
          <Section title={t('change')} description={t('onlyNew')} className="max-w-3xl">
            <RuleForm kind="amount" rule={amountRule} action={changeApprovalAction} />
          </Section>
          <Section title={t('changeFirst')} description={t('firstOnlyNew')} className="max-w-3xl">
            <RuleForm kind="first" rule={firstRule} action={changeFirstPaymentAction} />
          </Section>
        </>
      ) : null}
    </>
  );
}
