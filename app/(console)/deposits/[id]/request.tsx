import { useTranslations } from 'next-intl';
import { Acceptance } from '~/app/(console)/deposits/[id]/acceptance';
import {
  approveDepositRequestAction,
  cancelDepositRequestAction,
  declineDepositRequestAction,
} from '~/app/(console)/deposits/actions';
import { Clabe } from '~/components/clabe';
import { ConfirmDialog } from '~/components/confirm-dialog';
import { Money } from '~/components/money';
import { Timestamp } from '~/components/timestamp';
import { Alert } from '~/components/ui/alert';
import { useWalletName } from '~/components/wallet-name-words';
import type { waitingRequest } from '~/lib/deposits/requests-read';
import { can, type RoleName } from '~/lib/roles';
import { joined } from '~/lib/text';
import type { getTransferPage } from '~/lib/transfers/read';

type Transfer = Awaited<ReturnType<typeof getTransferPage>>;
type Request = NonNullable<Awaited<ReturnType<typeof waitingRequest>>>;
type RequestProps = {
  request: Request;
  /** The deposit, or the payout that came back. */
  transfer: Transfer;
  operator: { id: string; role: RoleName };
};

/** What somebody asked to do with this deposit and another has to decide, with what it would cost. */
export function WaitingRequest({ request, transfer, operator }: RequestProps) {
  const t = useTranslations('deposits.request');
  const wallet = useWalletName()(request.wallet);
  const own = request.requestedById === operator.id;
  const decides = can(operator.role, 'deposits:decide');
  const facts = { request, transfer, wallet };
  return (
    <Alert
      tone="warning"
      className="mb-6"
      title={t(`waits.${request.kind}`, { wallet, name: request.requestedBy })}
      action={
        <span className="flex flex-wrap gap-2">
          {can(operator.role, 'deposits:resolve') ? <Cancel {...facts} /> : null}
          {decides && !own ? <Decline {...facts} /> : null}
          {decides && !own ? <Approve {...facts} /> : null}
        </span>
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
      action={approveDepositRequestAction}
      hidden={{ depositRequestId: request.id }}
      trigger={t('action')}
      triggerVariant="primary"
      title={t(request.kind)}
      consequence={<Consequence {...facts}>{t(`consequence.${request.kind}`, { wallet })}</Consequence>}
      confirm={t('action')}
      success={t('done')}
    >
      {request.kind === 'return' ? (
        <Acceptance loss={request.loss} notOpen={request.notOpen} asset={transfer.asset} wallet={wallet} />
      ) : null}
    </ConfirmDialog>
  );
}

function Decline(facts: Facts) {
  const t = useTranslations('deposits.request.decline');
  return (
    <ConfirmDialog
      action={declineDepositRequestAction}
      hidden={{ depositRequestId: facts.request.id }}
      trigger={t('action')}
      title={t('title')}
      consequence={<Consequence {...facts}>{t('consequence')}</Consequence>}
      confirm={t('action')}
      reason="required"
      danger
      success={t('done')}
    />
  );
}

function Cancel(facts: Facts) {
  const t = useTranslations('deposits.request.cancel');
  return (
    <ConfirmDialog
      action={cancelDepositRequestAction}
      hidden={{ depositRequestId: facts.request.id }}
      trigger={t('action')}
      triggerVariant="ghost"
      title={t('title')}
      consequence={<Consequence {...facts}>{t('consequence')}</Consequence>}
      confirm={t('action')}
      reason="required"
      danger
      success={t('done')}
    />
  );
}

/** How much, of whom and why, so that nobody decides on the wrong one. */
function Consequence({ request, transfer, wallet, children }: Facts & { children: React.ReactNode }) {
  const t = useTranslations('deposits.facts');
  const words = useTranslations('deposits.columns');
  const { amount, asset, direction, counterpartyName, counterpartyNumber, counterpartyBank } = transfer;
  return (
    <>
      <p className="text-foreground">
        <Money amount={amount} asset={asset} className="font-semibold" /> · {wallet}
      </p>
      <p className="text-foreground">
        {t(direction === 'inbound' ? 'from' : 'to')}: {joined([counterpartyName, counterpartyBank]) || '—'}{' '}
        {counterpartyNumber ? <Clabe value={counterpartyNumber} copy={false} /> : null}
      </p>
      <p className="whitespace-pre-line break-words text-foreground">{request.reason}</p>
      <p className="mb-1.5">
        {words('requestedBy')}: {request.requestedBy} · <Timestamp at={request.createdAt} />
      </p>
      <p>{children}</p>
    </>
  );
}
