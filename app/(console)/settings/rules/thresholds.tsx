import { UserCheck } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import type { AmountPerAsset, PayoutConditions } from '~/lib/approvals/rules';
import { type AssetCode, formatAmount } from '~/lib/money';

/** The words of each: for an amount, for all, for none. */
const WORDS = {
  amount: { from: 'from', every: 'every', never: 'never' },
  first: { from: 'firstFrom', every: 'firstEvery', never: 'firstNever' },
} as const;

/** From which amounts a withdrawal waits, as sentences. */
export function Thresholds({
  conditions,
  assets,
}: {
  conditions: PayoutConditions;
  assets: readonly AssetCode[];
}) {
  const t = useTranslations('settings.rules.thresholds');
  const locale = useLocale();
  const sentence = (kind: keyof typeof WORDS, rule: AmountPerAsset, asset: AssetCode) => {
    const threshold = rule[asset];
    if (threshold === null) return t(WORDS[kind].never, { asset });
    const amount = BigInt(threshold ?? 0);
    if (amount <= 1n) return t(WORDS[kind].every, { asset });
    return t(WORDS[kind].from, { amount: formatAmount(amount, asset, locale), asset });
  };
  const sentences = assets.flatMap((asset) => [
    sentence('amount', conditions.amount, asset),
    sentence('first', conditions.firstPayment, asset),
  ]);
  return (
    <ul className="grid gap-3 text-base">
      {sentences.map((text) => (
        <li key={text} className="flex gap-3">
          <UserCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-muted-foreground" />
          <span className="text-pretty">{text}</span>
        </li>
      ))}
    </ul>
  );
}
