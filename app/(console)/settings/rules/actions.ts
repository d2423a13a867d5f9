'use server';

import { z } from 'zod';
import { ruleForm } from '~/app/(console)/settings/rules/rule-input';
import type { LookedAt } from '~/app/(console)/settings/rules/rule-look';
import { operatorAction } from '~/lib/action';
import type { OperatorActor } from '~/lib/actor';
import { amountIn } from '~/lib/amount-input';
import { changeRule, checkRule, type NewRule } from '~/lib/approvals/own-rules';
import type { AmountPerAsset } from '~/lib/approvals/rules';
import { changePayoutConditions } from '~/lib/approvals/versions';
import { tryRule } from '~/lib/deciding/tryout';
import { type AssetCode, isAsset } from '~/lib/money';
import { changeStopLimits } from '~/lib/stops/limits';
import { typed } from '~/lib/typed-text';

// Switching approval off is an act of its own, never an amount that somebody forgot to type. `assets` are those that the
// form had: of the others nothing changes.
const rule = z
  .object({ assets: typed(), requestId: z.uuid() })
  .catchall(typed())
  .transform(({ assets, requestId, ...sent }, context) => {
    const threshold = (asset: AssetCode): string | null => {
      if (sent[`required${asset}`] !== 'on') return null;
      const field = `amount${asset}`;
      return String(amountIn(context, { field, text: sent[field] ?? '', asset }));
    };
    const asked = assets.split(' ').filter(isAsset);
    const amounts: AmountPerAsset = Object.fromEntries(asked.map((asset) => [asset, threshold(asset)]));
    return { amounts, requestId };
  });

export const changeApprovalAction = operatorAction(rule, (actor, { amounts, requestId }) =>
  changePayoutConditions(actor, { amount: amounts, requestId }),
);
export const changeFirstPaymentAction = operatorAction(rule, (actor, { amounts, requestId }) =>
  changePayoutConditions(actor, { firstPayment: amounts, requestId }),
);

const count = z.coerce.number().int().min(1).max(100_000).nullable().default(null);

export const changeStopLimitsAction = operatorAction(
  z.object({
    ...{ returns: count, failures: count, allReturns: count, allFailures: count, breaks: count },
    requestId: z.uuid(),
  }),
  changeStopLimits,
);

/** Whoever asks for a rule sees first what it would have done. */
async function lookAtRule(actor: OperatorActor, asked: NewRule, cursor: string): Promise<LookedAt> {
  checkRule(asked.action, asked);
  const { action, conditions, steps, mode } = asked;
  const tried = await tryRule(actor, { action, conditions, cursor });
  return { rule: { action, conditions, steps, mode }, tried };
}

export const changeRuleAction = operatorAction(ruleForm, changeRule, {
  redirectTo: () => '/settings/rules',
  look: lookAtRule,
});
