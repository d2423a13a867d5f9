import { useTranslations } from 'next-intl';
import { Alert } from '~/components/ui/alert';
import { Button } from '~/components/ui/button';
import { Link } from '~/components/ui/link';
import { useHeldWords } from '~/components/words/held-words';
import { useReasons } from '~/components/words/reason-words';
import { findLook } from '~/components/words/status-looks';
import type { HeldReason } from '~/lib/gate/gate';
import type { TransferRecord } from '~/lib/transfers/read';

const SUSPENSE_REASONS = [
  'unknown_number',
  'wallet_frozen',
  'wallet_closed',
  'deposits_disabled',
  'outside_limits',
  'outside_portfolio_limits',
] as const;

type MeaningProps = {
  transfer: TransferRecord;
  /** What its return waits for at the gate. */
  held: HeldReason | null;
};

/** Where the money is now, and what can be done about it. */
export function DepositMeaning({ transfer, held }: MeaningProps) {
  const t = useTranslations('deposits.meaning');
  const reasonOf = useReasons();
  const heldWords = useHeldWords();
  const waits = held && t('returnWaitsHint', { reason: heldWords(held).short });
  const { state, suspenseReason, returnReason, errorReason, direction } = transfer;
  const why = returnReason ?? errorReason;
  if (suspenseReason && direction === 'outbound') {
    return (
      <Alert tone="warning" className="mb-6" title={t('payoutReturned')}>
        {t('payoutSuspended')}
      </Alert>
    );
  }
  if (suspenseReason) {
    const known = SUSPENSE_REASONS.find((reason) => reason === suspenseReason) ?? 'other';
    return (
      <Alert tone="warning" className="mb-6" title={t(`suspense.${known}`)}>
        {waits
          ? `${t('returnWaits')}. ${waits}`
          : t(transfer.returnRequestedAt ? 'returnRequested' : 'suspended')}
      </Alert>
    );
  }
  if (direction === 'outbound') {
    return <Outbound transfer={transfer} />;
  }
  if (transfer.purpose === 'move')
    return (
      <Alert tone="info" className="mb-6">
        {t('broughtAlong')}
      </Alert>
    );
  if (waits)
    return (
      <Alert tone="warning" className="mb-6" title={t('returnWaits')}>
        {waits}
      </Alert>
    );
  return (
    <Alert
      tone={findLook('transfer', state)?.tone ?? 'neutral'}
      className="mb-6"
      title={t(transfer.returnRequestedAt ? 'returnRequested' : `state.${state}`)}
    >
      {why ? `${reasonOf(why).why}.` : null}
    </Alert>
  );
}

const PURPOSES = ['unexplained', 'external', 'verification', 'settlement', 'wallet', 'move'] as const;

/** A payout that is no withdrawal's: what it was, or that somebody has to say so. */
function Outbound({ transfer: { purpose, state, unexplained } }: { transfer: TransferRecord }) {
  const t = useTranslations('deposits.meaning.outbound');
  const known = PURPOSES.find((each) => each === purpose) ?? 'external';
  const isOpen = known === 'unexplained' && (state === 'pending' || state === 'succeeded');
  return (
    <Alert
      tone={isOpen ? 'danger' : 'info'}
      className="mb-6"
      action={
        isOpen && unexplained ? (
          <Button asChild size="sm">
            <Link href={`/proof/breaks/${unexplained.id}`}>{t('action')}</Link>
          </Button>
        ) : null
      }
    >
      {t(known === 'unexplained' && !isOpen ? 'undone' : known)}
    </Alert>
  );
}
