import { CircleCheck, Eye, EyeOff, Lock, type LucideIcon, Snowflake } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Timeline } from '~/components/record/timeline';
import type { Tone } from '~/components/ui/badge';
import { Link } from '~/components/ui/link';
import { ActionLabel } from '~/components/words/action-label';
import { OURSELVES, type TimelineItem } from '~/lib/timeline';

/** Where a kind has a picture of its own. */
const ICONS: Record<string, LucideIcon> = {
  'wallet.opened': CircleCheck,
  'wallet.reopened': CircleCheck,
  'wallet.unfrozen': CircleCheck,
  'wallet.frozen': Snowflake,
  'wallet.opening_cancelled': Lock,
  'wallet.asset_cancelled': Lock,
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
  'withdrawal.rejected': 'danger',
  'withdrawal.delayed': 'warning',
  'withdrawal.held': 'warning',
  'withdrawal.end_asked': 'warning',
  'withdrawal.ended_by_hand': 'danger',
  'withdrawal.succeeded': 'success',
  'withdrawal.returned': 'warning',
  'withdrawal.return_assigned': 'success',
  'payout.explained': 'success',
  'adjustment.posted': 'success',
  'adjustment.declined': 'danger',
  'deposit.credited': 'success',
  'deposit.suspended': 'warning',
  'deposit.rejected': 'danger',
  'deposit.assigned': 'success',
  'deposit.return_pending': 'warning',
  'deposit.returned': 'warning',
  'deposit.return_failed': 'danger',
  'person.revealed': 'warning',
  debt_repaid: 'success',
  payout_settled: 'success',
};

/**
 * What happened to one thing, from the first to the last. What it booked is a link to its ledger transaction.
 */
export function History({ items }: { items: readonly TimelineItem[] }) {
  const t = useTranslations('common');
  const actors = useTranslations('audit.actors');
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
            <ActionLabel kind={kind} />
          </Link>
        ) : (
          <ActionLabel kind={kind} />
        ),
        actor: actor === OURSELVES ? actors('system') : actor,
        detail: actor === null && told.has(reason) ? null : reason,
        tone: TONES[kind] ?? 'neutral',
        icon: ICONS[kind],
      }))}
    />
  );
}
