import { ArrowUpFromLine, Ban, Coins, LockOpen, Scale, Sun } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { CloseWallet } from '~/app/(console)/wallets/[id]/close-wallet';
import { FreezeWallet } from '~/app/(console)/wallets/[id]/freeze-wallet';
import { SimulateDeposit } from '~/app/(console)/wallets/[id]/simulate-deposit';
import {
  cancelAssetAction,
  cancelOpeningAction,
  reopenWalletAction,
  unfreezeWalletAction,
} from '~/app/(console)/wallets/actions';
import { ConfirmDialog } from '~/components/form/confirm-dialog';
import { Button } from '~/components/ui/button';
import { Link } from '~/components/ui/link';
import { can, type RoleName } from '~/lib/roles';
import { canRefuseDeposits, numbersOf } from '~/lib/wallets/frozen-deposits';
import type { WalletView } from '~/lib/wallets/wallets';
import { isPaidOut } from '~/lib/withdrawals/paying';

type WalletActionsProps = { wallet: WalletView; operator: { role: RoleName }; testMode: boolean };

/** What this role may do with a wallet in this state. The verbs check again. */
export function WalletActions({ wallet, operator: { role }, testMode }: WalletActionsProps) {
  const { status, kind, accountNumberId, asset } = wallet;
  const open = status === 'open';
  return (
    <>
      {open && kind !== 'general' && isPaidOut(wallet) && can(role, 'withdrawals:request') ? (
        <Withdraw walletId={wallet.id} asset={asset} />
      ) : null}
      {open && can(role, 'adjustments:request') ? <Adjust walletId={wallet.id} asset={asset} /> : null}
      {open && can(role, 'wallets:provision') ? <Enable walletId={wallet.id} /> : null}
      {testMode && accountNumberId && status !== 'opening' && can(role, 'deposits:simulate') ? (
        <SimulateDeposit accountNumberId={accountNumberId} asset={asset} />
      ) : null}
      {can(role, 'wallets:provision') ? <CancelOpening wallet={wallet} /> : null}
      {kind === 'customer' && can(role, 'wallets:freeze') ? <ChangeStatus wallet={wallet} /> : null}
    </>
  );
}

function Withdraw({ walletId, asset }: { walletId: string; asset: string }) {
  const t = useTranslations('wallets.actions');
  return (
    <Button asChild variant="primary">
      <Link href={`/withdrawals/new?wallet=${walletId}&asset=${asset}`}>
        <ArrowUpFromLine aria-hidden />
        {t('withdraw')}
      </Link>
    </Button>
  );
}

function Adjust({ walletId, asset }: { walletId: string; asset: string }) {
  const t = useTranslations('wallets.actions');
  return (
    <Button asChild>
      <Link href={`/adjustments/new?wallet=${walletId}&asset=${asset}`}>
        <Scale aria-hidden />
        {t('adjust')}
      </Link>
    </Button>
  );
}

function Enable({ walletId }: { walletId: string }) {
  const t = useTranslations('wallets.actions');
  return (
    <Button asChild>
      <Link href={`/wallets/${walletId}/assets/new`}>
        <Coins aria-hidden />
        {t('enable')}
      </Link>
    </Button>
  );
}

/** Of the wallet, or of the one asset that still opens beside others. */
function CancelOpening({ wallet }: { wallet: WalletView }) {
  const t = useTranslations('wallets.actions.cancelAsset');
  const dialog = useStatusDialog(wallet);
  const { id, name, asset, state, status, assets } = wallet;
  if (status === 'closed') return null;
  return (
    <>
      {state === 'opening' && assets.length > 1 ? (
        <ConfirmDialog
          action={cancelAssetAction}
          act="cancelAsset"
          hidden={{ walletId: id, asset }}
          trigger={
            <>
              <Ban aria-hidden />
              {t('trigger', { asset })}
            </>
          }
          title={t('title', { name, asset })}
          consequence={t('consequence', { asset })}
          confirm={t('confirm', { asset })}
          success={t('done', { asset })}
          danger
          reason="required"
        />
      ) : null}
      {status === 'opening' ? dialog('cancelOpening') : null}
    </>
  );
}

function ChangeStatus({ wallet }: { wallet: WalletView }) {
  const { status, closedBy } = wallet;
  const dialog = useStatusDialog(wallet);
  if (status === 'open' || status === 'frozen')
    return (
      <>
        {status === 'open' ? <FreezeWallet wallet={wallet} /> : dialog('unfreeze')}
        <CloseWallet wallet={wallet} />
      </>
    );
  return status === 'closed' && closedBy === 'customer' ? dialog('reopen') : null;
}

const DIALOGS = {
  cancelOpening: { action: cancelOpeningAction, icon: Ban, danger: true },
  unfreeze: { action: unfreezeWalletAction, icon: Sun, danger: false },
  reopen: { action: reopenWalletAction, icon: LockOpen, danger: false },
} as const;

function useStatusDialog({ id, name, assets, frozenDeposits }: WalletView) {
  const t = useTranslations('wallets.actions');
  const refusable = canRefuseDeposits(numbersOf(assets));
  const consequenceOf = (act: keyof typeof DIALOGS) => {
    if (act === 'unfreeze') return t(`unfreeze.${frozenDeposits === 'refuse' ? 'refused' : 'suspended'}`);
    if (act === 'reopen') return t(`reopen.${refusable ? 'own' : 'root'}`);
    return t('cancelOpening.consequence');
  };
  return (act: keyof typeof DIALOGS) => {
    const { action, icon: Icon, danger } = DIALOGS[act];
    return (
      <ConfirmDialog
        action={action}
        act={act}
        hidden={{ walletId: id }}
        trigger={
          <>
            <Icon aria-hidden />
            {t(`${act}.trigger`)}
          </>
        }
        title={t(`${act}.title`, { name })}
        consequence={consequenceOf(act)}
        confirm={t(`${act}.confirm`)}
        success={t(`${act}.done`)}
        danger={danger}
        reason="required"
      />
    );
  };
}
