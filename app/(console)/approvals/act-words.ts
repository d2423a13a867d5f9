import { getLocale, getTranslations } from 'next-intl/server';
import { z } from 'zod';
import type { WaitingAct } from '~/lib/approvals/read';
import { changeShape } from '~/lib/approvals/rules';
import { formatClabe } from '~/lib/clabe';
import { formatAmount } from '~/lib/money';
import { ROLES } from '~/lib/roles';

const access = z.object({ role: z.enum(ROLES), disabled: z.boolean() });
const person = z.object({ name: z.string(), email: z.string() });
const change = person.extend({ before: access, after: access });

/** What an act would do, in one sentence made of its facts. */
export async function actWords(): Promise<(approval: WaitingAct) => string> {
  const [t, roles, locale] = await Promise.all([
    getTranslations('approvals.acts'),
    getTranslations('kinds.role'),
    getLocale(),
  ]);
  const accessWord = ({ role, disabled }: z.output<typeof access>) =>
    disabled ? t('noAccess') : roles(role);
  const rule = (facts: unknown) =>
    Object.entries(changeShape.parse(facts).change)
      .flatMap(([which, amounts]) =>
        (['MXN', 'CLP'] as const).map((asset) => {
          const amount = amounts?.[asset] ?? null;
          const words = amount === null ? t('never') : formatAmount(BigInt(amount), asset, locale);
          return `${t(which === 'amount' ? 'ruleAmount' : 'ruleFirst', { asset })}: ${words}`;
        }),
      )
      .join('; ');
  return ({ action, facts, subjectId }) => {
    switch (action) {
      case 'operator.enrol': {
        const { name, email, after } = change.parse(facts);
        return t('enrol', { name, email, role: accessWord(after) });
      }
      case 'operator.change': {
        const { name, before, after } = change.parse(facts);
        return t('change', { name, before: accessWord(before), after: accessWord(after) });
      }
      case 'operator.password':
        return t('password', { name: person.parse(facts).name });
      case 'rule.change':
        return t('rule', { what: rule(facts) });
      default:
        return t('unblock', { clabe: formatClabe(subjectId) });
    }
  };
}
