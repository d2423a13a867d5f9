import { useTranslations } from 'next-intl';
import { returnDepositAction } from '~/app/(console)/deposits/actions';
import { useWalletName } from '~/app/(console)/wallets/wallet-table';
import { ConfirmDialog } from '~/components/confirm-dialog';
import { Money } from '~/components/money';
import { RETURN_WINDOW_DAYS } from '~/lib/transfers/deposits';
import type { getTransferPage } from '~/lib/transfers/read';

type Transfer = Awaited<ReturnType<typeof getTransferPage>>;

/** Sends the whole deposit back to where it came from, as long as Fintoc allows it: in Mexico, for ninety days. */
export function ReturnToSender({ transfer }: { transfer: Transfer }) {
  const t = useTranslations('deposits.return');
  const nameOf = useWalletName();
  if (!isReturnable(transfer)) return null;
  const suspended = transfer.suspenseReason !== null;
  const whom = [transfer.counterpartyName, transfer.counterpartyBank].filter(Boolean).join(' · ');
  return (
    <ConfirmDialog
      action={returnDepositAction}
      hidden={{ transferId: transfer.id }}
      trigger={t('action')}
      title={t('title')}
      consequence={
        <>
          <p className="mb-1.5 text-foreground">
            <Money amount={transfer.amount} asset={transfer.asset} className="font-semibold" />
            {whom ? ` → ${whom}` : null}
          </p>
          <p>
            {t(suspended ? 'fromSuspense' : 'fromWallet', {
              wallet: transfer.wallet ? nameOf(transfer.wallet) : '',
            })}
          </p>
        </>
      }
      confirm={t('action')}
      reason="required"
      danger
      success={t('done')}
    />
  );
}

function isReturnable({ direction, state, asset, returnRequestedAt, transactedAt }: Transfer): boolean {
  return (
    direction === 'inbound' &&
    state === 'succeeded' &&
    asset === 'MXN' &&
    returnRequestedAt === null &&
    Date.now() - transactedAt.getTime() < RETURN_WINDOW_DAYS * 86_400_000
  );
}
