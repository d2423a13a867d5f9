import type { Route } from 'next';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { ActionLabel } from '~/components/action-label';
import { Timeline } from '~/components/timeline';
import type { Tone } from '~/components/ui/badge';
import type { TimelineItem } from '~/lib/transfers/read';

const TONES: Record<string, Tone> = {
  'withdrawal.approved': 'success',
  'withdrawal.declined': 'danger',
  'withdrawal.failed': 'danger',
  'withdrawal.delayed': 'warning',
  payout_settled: 'success',
  withdrawal_return: 'warning',
  deposit: 'success',
  'deposit.assigned': 'success',
  deposit_return: 'warning',
  deposit_return_settled: 'warning',
  deposit_return_failed: 'danger',
};

/** What people did and what the books say, in order; each posting leads to its ledger transaction. */
export function History({ items }: { items: readonly TimelineItem[] }) {
  const t = useTranslations('withdrawals.detail');
  return (
    <Timeline
      items={items.map(({ at, kind, actor, reason, transactionId }) => ({
        id: `${kind}/${transactionId ?? at.toISOString()}`,
        at,
        title: transactionId ? (
          <Link
            href={`/ledger/transactions/${transactionId}` as Route}
            title={t('toTransaction')}
            className="rounded-sm hover:text-link hover:underline"
          >
            <ActionLabel kind={kind} />
          </Link>
        ) : (
          <ActionLabel kind={kind} />
        ),
        actor,
        detail: reason,
        tone: TONES[kind] ?? 'neutral',
      }))}
    />
  );
}
