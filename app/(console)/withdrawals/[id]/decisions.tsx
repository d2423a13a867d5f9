import { useTranslations } from 'next-intl';
import type { WholeWithdrawal } from '~/app/(console)/withdrawals/[id]/whole';
import {
  approveWithdrawalAction,
  cancelWithdrawalAction,
  declineWithdrawalAction,
} from '~/app/(console)/withdrawals/actions';
import { Decision } from '~/components/form/decision';
import { Money } from '~/components/money/money';
import { ProtectedClabe } from '~/components/money/protected-clabe';
import { SignedFacts } from '~/components/money/signed-facts';
import { can, type Role } from '~/lib/roles';
import { joined } from '~/lib/text';
import type { WithdrawalRecord } from '~/lib/withdrawals/read';

type DecisionsProps = {
  withdrawal: WithdrawalRecord;
  operator: { id: string; role: Role };
  signed: WholeWithdrawal['signed'];
};
type Signed = NonNullable<WholeWithdrawal['signed']>;

/** What this operator can still do about a withdrawal. */
export function Decisions({ withdrawal, operator, signed }: DecisionsProps) {
  const { status, requestedById, batchId } = withdrawal;
  const waits = status === 'awaiting_approval';
  const decides =
    waits && !batchId && requestedById !== operator.id && can(operator.role, 'withdrawals:approve');
  const untouched = waits || status === 'queued';
  return (
    <>
      {untouched && can(operator.role, 'withdrawals:request') ? <Cancel withdrawal={withdrawal} /> : null}
      {decides && signed ? <Decline signed={signed} /> : null}
      {decides && signed ? <Approve signed={signed} /> : null}
    </>
  );
}

function Approve({ signed }: { signed: Signed }) {
  const words = useTranslations('withdrawals.decide.approve');
  return (
    <Decision
      of="approve"
      action={approveWithdrawalAction}
      hidden={hiddenOf(signed.withdrawal)}
      words={words}
    >
      <SignedFacts {...signed} now={new Date()} />
    </Decision>
  );
}

function Decline({ signed }: { signed: Signed }) {
  const t = useTranslations('withdrawals.decide.decline');
  return (
    <Decision
      of="decline"
      action={declineWithdrawalAction}
      hidden={hiddenOf(signed.withdrawal)}
      words={t}
      confirm={t('confirm')}
    >
      <SignedFacts {...signed} now={new Date()} />
    </Decision>
  );
}

function Cancel({ withdrawal }: { withdrawal: WithdrawalRecord }) {
  const t = useTranslations('withdrawals.decide.cancel');
  const consequence = (
    <>
      <Amount withdrawal={withdrawal} />
      <p>{t('consequence')}</p>
    </>
  );
  return (
    <Decision
      of="cancel"
      action={cancelWithdrawalAction}
      hidden={hiddenOf(withdrawal)}
      words={t}
      consequence={consequence}
    />
  );
}

const hiddenOf = ({ id }: { id: string }) => ({ withdrawalId: id });

/** How much and to whom, so that nobody decides on the wrong one. */
function Amount({ withdrawal }: { withdrawal: WithdrawalRecord }) {
  const { amount, asset, beneficiaryName, beneficiaryBank, destination } = withdrawal;
  return (
    <p className="mb-1.5 text-foreground">
      <Money amount={amount} asset={asset} className="font-semibold" /> →{' '}
      {joined([beneficiaryName, beneficiaryBank])} <ProtectedClabe value={destination} copy={false} />
    </p>
  );
}
