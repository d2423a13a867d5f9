import { CircleCheck, Eye, EyeOff, Lock, type LucideIcon, Snowflake } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { ActionLabel } from '~/components/action-label';
import { Timeline } from '~/components/timeline';
import type { Tone } from '~/components/ui/badge';
import { Link } from '~/components/ui/link';
import { OURSELVES, type TimelineItem } from '~/lib/timeline';

/** Where a kind has a picture of its own. */
const ICONS: Record<string, LucideIcon> = {
  'wallet.opened': CircleCheck,
  'wallet.reopened': CircleCheck,
  'wallet.unfrozen': CircleCheck,
  'wallet.frozen': Snowflake,
  'wallet.opening_cancelled': Lock,
  'wallet.closed': Lock,
  'person.revealed': Eye,
  'person.concealed': EyeOff,
};

const TONES: Record<string, Tone> = {
  'wallet.opened': 'success',
  'wallet.reopened': 'success',
  'wallet.unfrozen': 'success',
  'wallet.frozen': 'warning',
  'proof.broken': 'danger',
  'proof.cured': 'success',
  'onboarding.approved': 'success',
  'onboarding.rejected': 'danger',
  'withdrawal.approved': 'success',
  'withdrawal.declined': 'danger',
  'withdrawal.failed': 'danger',
  'withdrawal.delayed': 'warning',
  'withdrawal.held': 'warning',
  'withdrawal.end_asked': 'warning',
  'withdrawal.ended_by_hand': 'danger',
  'payout.explained': 'success',
  'adjustment.posted': 'success',
  'adjustment.declined': 'danger',
  adjustment: 'success',
  payout_settled: 'success',
  payout_explained: 'success',
  withdrawal_return: 'warning',
  deposit: 'success',
  'deposit.assigned': 'success',
  'withdrawal.return_assigned': 'success',
  deposit_return: 'warning',
  deposit_return_settled: 'warning',
  deposit_return_failed: 'danger',
  deposit_return_undone: 'neutral',
  'person.revealed': 'warning',
};

type HistoryProps = {
  items: readonly TimelineItem[];
  /** Words for kinds that mean something else here. */
  titles?: Readonly<Record<string, ReactNode>>;
};

/**
 * What happened to one thing, from the first to the last: what people did and what the books say, by what caused what
 * (lib/timeline.ts). Each posting leads to its ledger transaction.
 */
export function History({ items, titles = {} }: HistoryProps) {
  const t = useTranslations('common');
  const actors = useTranslations('audit.actors');
  const title = (kind: string) => titles[kind] ?? <ActionLabel kind={kind} />;
  // A posting repeats the reason of the act that made it.
  const told = new Set(items.filter(({ actor }) => actor !== null).map(({ reason }) => reason));
  return (
    <Timeline
      items={items.map(({ at, kind, actor, reason, transactionId }, index) => ({
        id: `${index}/${kind}`,
        at,
        title: transactionId ? (
          <Link
            href={`/ledger/transactions/${transactionId}`}
            title={t('toTransaction')}
            className="rounded-sm hover:text-link hover:underline"
          >
            {title(kind)}
          </Link>
        ) : (
          title(kind)
        ),
        actor: actor === OURSELVES ? actors('system') : actor,
        detail: actor === null && told.has(reason) ? null : reason,
        tone: TONES[kind] ?? 'neutral',
        icon: ICONS[kind],
      }))}
    />
  );
}
