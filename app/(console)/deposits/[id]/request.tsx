import { useFormatter, useTranslations } from 'next-intl';
import { Acceptance } from '~/app/(console)/deposits/[id]/acceptance';
import {
  approveDepositRequestAction,
  cancelDepositRequestAction,
  declineDepositRequestAction,
} from '~/app/(console)/deposits/actions';
import { ConfirmDialog } from '~/components/form/confirm-dialog';
import { Decision } from '~/components/form/decision';
import { type Detail, DetailList } from '~/components/layout/detail-list';
import { ThumbActs } from '~/components/layout/thumb-acts';
import { useEffectFacts } from '~/components/money/effect-facts';
import { Money } from '~/components/money/money';
import { ProtectedClabe } from '~/components/money/protected-clabe';
import { Timestamp } from '~/components/record/timestamp';
import { Alert } from '~/components/ui/alert';
import { useWalletName } from '~/components/words/wallet-name-words';
import { bankShown } from '~/lib/clabe-bank';
import type { DepositEffect } from '~/lib/deciding/effects';
import type { WaitingRequest as Asked } from '~/lib/deposits/requests-read';
import { can, type Role } from '~/lib/roles';
import type { TransferRecord } from '~/lib/transfers/read';

type RequestProps = {
  request: Asked;
  /** The deposit, or the payout that came back. */
  transfer: TransferRecord;
  operator: { id: string; role: Role };
  effect: DepositEffect | null;
};

/** What somebody asked to do with this deposit and another has to decide, with what it would cost. */
export function WaitingRequest({ request, transfer, operator, effect }: RequestProps) {
  const t = useTranslations('deposits.request');
  const wallet = useWalletName()(request.wallet);
  const own = request.requestedById === operator.id;
  const decides = can(operator.role, 'deposits:decide');
  const facts = { request, transfer, wallet, effect };
  return (
    <Alert
      tone="warning"
      className="mb-6"
      title={t(`waits.${request.kind}`, { wallet, name: request.requestedBy })}
      action={
        <ThumbActs>
          {can(operator.role, 'deposits:resolve') ? <Cancel {...facts} /> : null}
          {decides && !own ? <Decline {...facts} /> : null}
          {decides && !own ? <Approve {...facts} /> : null}
        </ThumbActs>
      }
    >
      <p>
        <Timestamp at={request.createdAt} /> · {request.reason}
      </p>
      {request.loss > 0n ? (
        <p className="font-medium">
          {t.rich('loss', { wallet, amount: () => <Money amount={request.loss} asset={transfer.asset} /> })}
        </p>
      ) : null}
      {request.notOpen ? <p className="font-medium">{t('notOpen', { wallet })}</p> : null}
      {request.acceptsOtherAccount ? <p>{t('otherAccount')}</p> : null}
      {own ? <p>{t('own')}</p> : decides ? null : <p>{t('notYours')}</p>}
    </Alert>
  );
}

type Facts = Omit<RequestProps, 'operator'> & { wallet: string };

function Approve(facts: Facts) {
  const t = useTranslations('deposits.request.approve');
  const { request, transfer, wallet } = facts;
  return (
    <ConfirmDialog
      act="approve_deposit_request"
      action={approveDepositRequestAction}
      hidden={{ depositRequestId: request.id }}
      trigger={t('action')}
      triggerVariant="primary"
      title={t(request.kind)}
      consequence={t(`consequence.${request.kind}`, { wallet })}
      confirm={t('action')}
      success={t('done')}
    >
      <SignedFacts {...facts} />
      {request.kind === 'return' ? (
        <Acceptance loss={request.loss} notOpen={request.notOpen} asset={transfer.asset} wallet={wallet} />
      ) : null}
    </ConfirmDialog>
  );
}

function Decline(facts: Facts) {
  const words = useTranslations('deposits.request.decline');
  const hidden = { depositRequestId: facts.request.id };
  return (
    <Decision of="decline" action={declineDepositRequestAction} hidden={hidden} words={words}>
      <SignedFacts {...facts} />
    </Decision>
  );
}

function Cancel(facts: Facts) {
  const words = useTranslations('deposits.request.cancel');
  const hidden = { depositRequestId: facts.request.id };
  return (
    <Decision of="cancel" action={cancelDepositRequestAction} hidden={hidden} words={words}>
      <SignedFacts {...facts} />
    </Decision>
  );
}

/** All that a decision is about, and what it does, so that nobody decides on the wrong one. */
function SignedFacts({ request, transfer, wallet, effect }: Facts) {
  const t = useTranslations('deposits.facts');
  const words = useTranslations('common.columns');
  const formatter = useFormatter();
  const effects = useEffectFacts(new Date());
  const { amount, asset, direction, counterpartyName, counterpartyNumber, counterpartyBank } = transfer;
  const bank = bankShown(counterpartyNumber, counterpartyBank);
  const facts: (Detail | null)[] = [
    { label: t('amount'), value: <Money amount={amount} asset={asset} size="lg" /> },
    { label: t(direction === 'inbound' ? 'from' : 'to'), value: counterpartyName ?? '—' },
    counterpartyNumber
      ? {
          label: t('clabe'),
          value: <ProtectedClabe value={counterpartyNumber} copy={false} className="text-base" />,
        }
      : null,
    bank ? { label: t('bank'), value: bank } : null,
    { label: t('wallet'), value: wallet },
    { label: words('reason'), value: <span className="whitespace-pre-line">{request.reason}</span> },
    {
      label: words('requestedBy'),
      value: (
        <>
          {request.requestedBy} · <Timestamp at={request.createdAt} /> (
          {formatter.relativeTime(request.createdAt, new Date())})
        </>
      ),
    },
    ...(effect ? effects.deposit(effect, asset) : []),
  ];
  return <DetailList items={facts.filter((fact) => fact !== null)} />;
}
