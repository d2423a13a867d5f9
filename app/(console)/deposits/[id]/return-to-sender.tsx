import { useTranslations } from 'next-intl';
import { Acceptance } from '~/app/(console)/deposits/[id]/acceptance';
import { returnDepositAction } from '~/app/(console)/deposits/actions';
import { ConfirmDialog } from '~/components/form/confirm-dialog';
import { Money } from '~/components/money/money';
import { ProtectedClabe } from '~/components/money/protected-clabe';
import { useWalletName } from '~/components/words/wallet-name-words';
import { bankShown } from '~/lib/clabe-bank';
import type { ReturnCover } from '~/lib/deposits/requests-read';
import { isReturnable } from '~/lib/deposits/returns';
import { joined } from '~/lib/text';
import type { TransferRecord } from '~/lib/transfers/read';

type ReturnToSenderProps = { transfer: TransferRecord; cover: ReturnCover | null };

/** Sends the whole deposit back to where it came from, as long as Fintoc allows it: in Mexico, for ninety days. */
export function ReturnToSender({ transfer, cover }: ReturnToSenderProps) {
  const t = useTranslations('deposits.return');
  const nameOf = useWalletName();
  if (!isReturnable(transfer)) return null;
  const wallet = transfer.wallet ? nameOf(transfer.wallet) : '';
  const { counterpartyName, counterpartyNumber, counterpartyBank } = transfer;
  const whom = joined([counterpartyName, bankShown(counterpartyNumber, counterpartyBank)]);
  return (
    <ConfirmDialog
      act="return_deposit"
      action={returnDepositAction}
      hidden={{ transferId: transfer.id }}
      trigger={t('action')}
      title={t(cover ? 'askTitle' : 'title')}
      consequence={
        <>
          <p className="mb-1.5 text-foreground">
            <Money amount={transfer.amount} asset={transfer.asset} className="font-semibold" />
            {whom ? ` → ${whom}` : null}{' '}
            {counterpartyNumber ? <ProtectedClabe value={counterpartyNumber} copy={false} /> : null}
          </p>
          <p>{t(cover ? 'fromWallet' : 'fromSuspense', { wallet })}</p>
        </>
      }
      confirm={t(cover ? 'ask' : 'action')}
      reason="required"
      danger
      success={t(cover ? 'asked' : 'done')}
    >
      {cover ? <Acceptance {...cover} asset={transfer.asset} wallet={wallet} /> : null}
    </ConfirmDialog>
  );
}
