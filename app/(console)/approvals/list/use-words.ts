import { useLocale, useTranslations } from 'next-intl';
import type { WaitingItem } from '~/app/(console)/approvals/items';
import { useAgo } from '~/app/(console)/approvals/list/clock';
import type { Ending } from '~/lib/approvals/read';
import { formatAmount } from '~/lib/money';
import { textOf } from '~/lib/people/masking';

/** One thing that waits, in a few words. */
export function useItemWords(): (item: WaitingItem) => string {
  const t = useTranslations('approvals');
  const locale = useLocale();
  return (item) => {
    if (item.kind !== 'payout') return item.sentence;
    const { amount, asset, beneficiaryName, destination } = item.payout;
    return t('amountTo', {
      amount: `${formatAmount(amount, asset, locale)} ${asset}`,
      name: beneficiaryName ?? textOf(destination),
    });
  };
}

/** Why this reader does not decide on something in the list; null: they do. */
export function useWhyNot(): (item: WaitingItem) => string | null {
  const t = useTranslations('approvals.whyNot');
  return ({ standing, onItsPage, askedBy, action }) => {
    if (standing === 'tied') return t('tied', { name: askedBy });
    if (standing !== 'decides') return t(standing);
    if (!onItsPage) return null;
    return t(action === 'deposit.return' ? 'loss' : 'word', { name: askedBy });
  };
}

/** How something that was shown as waiting ended, by whom, and when. */
export function useGoneWords(): (ending: Ending | null) => string {
  const t = useTranslations('approvals.gone');
  const ago = useAgo();
  return (ended) => {
    if (!ended) return t('unknown');
    const words = { name: ended.by, ago: ago(ended.at) };
    return ended.by === '' && ended.ending !== 'expired' ? t('itself', words) : t(ended.ending, words);
  };
}
