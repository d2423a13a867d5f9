import type { Route } from 'next';
import { useTranslations } from 'next-intl';
import { Alert } from '~/components/ui/alert';
import { Button } from '~/components/ui/button';
import { Link } from '~/components/ui/link';
import { to } from '~/components/ui/to';
import { heldNow, useHeldWords } from '~/components/words/held-words';
import { can, type Role } from '~/lib/roles';
import type { WithdrawalRecord } from '~/lib/withdrawals/read';

type HeldProps = {
  withdrawal: WithdrawalRecord;
  role: Role;
  /** The break that keeps its account's payouts waiting, where one does. */
  breakId: string | null;
};

/** What keeps it in the queue, what ends that, and where. */
export function Held({ withdrawal, role, breakId }: HeldProps) {
  const t = useTranslations('gate');
  const meaning = useTranslations('withdrawals.meaning');
  const wordsOf = useHeldWords();
  const reason = heldNow(withdrawal);
  if (reason === null) return null;
  const { title, hint } = wordsOf(reason);
  return (
    <Alert
      tone={reason === 'credit_unconfirmed' ? 'info' : 'warning'}
      title={title}
      className="mb-6"
      action={<HeldAction withdrawal={withdrawal} role={role} breakId={breakId} />}
    >
      <p>{meaning('queuedHeld')}</p>
      <p>
        {hint}
        {reason === 'changed_since_approval' ? null : ` ${t('cancellable')}`}
      </p>
    </Alert>
  );
}

/** The way to where somebody ends what it waits for. */
export function HeldAction({ withdrawal, role, breakId }: HeldProps) {
  const wordsOf = useHeldWords();
  const reason = heldNow(withdrawal);
  const href = reason && hrefOf(reason, withdrawal, breakId, role);
  const action = reason && wordsOf(reason).action;
  if (!href || !action) return null;
  return (
    <Button asChild size="sm">
      <Link href={href}>{action}</Link>
    </Button>
  );
}

/** Where somebody sees what it waits for, and mends it. */
function hrefOf(
  reason: string,
  { wallet, accountId }: WithdrawalRecord,
  breakId: string | null,
  role: Role,
): Route | null {
  const account = to(`/proof/accounts/${encodeURIComponent(accountId)}`);
  switch (reason) {
    case 'wallet_frozen':
    case 'wallet_closed':
    case 'account_blocked':
    case 'entity_paused':
      return to(`/wallets/${wallet.id}`);
    case 'beneficiary_blocked':
      return can(role, 'people:read') ? '/settings/beneficiaries' : null;
    case 'unexplained_payout':
    case 'account_paused':
      return breakId ? to(`/proof/breaks/${breakId}`) : account;
    case 'proof_late':
    case 'credit_unconfirmed':
      return account;
    case 'ledger_red':
    case 'ledger_late':
      return '/proof';
    case 'not_covered':
      return '/ledger/trial-balance';
    case 'payouts_stopped':
      return '/cash';
    case 'books_older':
      return '/proof/restored';
    default:
      return null;
  }
}
