import { getLocale, getTranslations } from 'next-intl/server';
import type { SignedFactsProps } from '~/components/money/signed-facts';
import { signedItem } from '~/components/money/signed-withdrawal';
import { heldNow } from '~/components/words/held-words';
import { ruleSentence } from '~/components/words/rule-sentence';
import type { OperatorActor } from '~/lib/actor';
import { type PeopleOn, peopleOn } from '~/lib/approvals/read';
import { firedOn } from '~/lib/approvals/rules-read';
import { payoutEffects } from '~/lib/deciding/effects';
import { findOpenBreak } from '~/lib/proof/breaks-read';
import { approvalFacts } from '~/lib/withdrawals/approval-facts';
import { getWithdrawal, type WithdrawalRecord } from '~/lib/withdrawals/read';
import { approvalEnds } from '~/lib/withdrawals/waiting';

export type WholeWithdrawal = {
  withdrawal: WithdrawalRecord;
  /** What keeps it back now. */
  held: string | null;
  breakId: string | null;
  /** What a decision is about, while it waits for one. */
  signed: Omit<SignedFactsProps, 'now'> | null;
  people: PeopleOn | null;
};

/** One withdrawal with all that a decision on it is about, as its page and a list's side show it. Throws `not_found`. */
export async function wholeWithdrawal(operator: OperatorActor, id: string): Promise<WholeWithdrawal> {
  const withdrawal = await getWithdrawal(operator, id);
  const held = heldNow(withdrawal);
  const waits = withdrawal.status === 'awaiting_approval';
  const [rulesWords, locale, broken, facts, rules, effects, people] = await Promise.all([
    getTranslations('rules'),
    getLocale(),
    held ? findOpenBreak(withdrawal.accountId) : null,
    waits ? approvalFacts(operator, [id]) : null,
    waits ? firedOn('withdrawal.pay', id) : [],
    waits ? payoutEffects([id]) : null,
    waits ? peopleOn('withdrawal.pay', id) : null,
  ]);
  const own = facts?.get(id);
  const signed = own
    ? {
        withdrawal: signedItem({ ...withdrawal, ...own, endsAt: approvalEnds(withdrawal) }),
        rules: rules.map((rule) => ruleSentence(rulesWords, locale, rule)),
        effect: effects?.get(id) ?? null,
      }
    : null;
  return { withdrawal, held, breakId: broken?.id ?? null, signed, people };
}
