import { ArrowLeftRight, ArrowUpFromLine, Ban, Coins, HandCoins, LockOpen, Scale, Sun } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { CloseWallet } from '~/app/(console)/wallets/[id]/close-wallet';
import { FreezeWallet } from '~/app/(console)/wallets/[id]/freeze-wallet';
import { MoveWallet } from '~/app/(console)/wallets/[id]/move-wallet';
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
import { can, type Role } from '~/lib/roles';
import { freezeOf, pays, takes } from '~/lib/wallets/frozen';
import { canRefuseDeposits, numbersOf } from '~/lib/wallets/frozen-deposits';
import type { WalletView } from '~/lib/wallets/wallets';
import { isPaidOut } from '~/lib/withdrawals/paying';

type WalletActionsProps = {
  wallet: WalletView;
  operator: { role: Role };
  testMode: boolean;
  portfolios: readonly { id: string; name: string }[];
};

/** What this role may do with a wallet in this state. The verbs check again. */
export function WalletActions({ wallet, operator: { role }, testMode, portfolios }: WalletActionsProps) {
  const { status, kind, accountNumberId, asset } = wallet;
  const open = status === 'open';
  return (
    <>
      {pays(wallet) && kind !== 'general' && isPaidOut(wallet) && can(role, 'withdrawals:request') ? (
        <Withdraw walletId={wallet.id} asset={asset} />
      ) : null}
      {(pays(wallet) || takes(wallet)) && can(role, 'adjustments:request') ? (
        <Adjust walletId={wallet.id} asset={asset} />
      ) : null}
      {open && kind !== 'house' && wallet.assets.length > 1 && can(role, 'adjustments:request') ? (
        <Exchange walletId={wallet.id} />
      ) : null}
      {(open || status === 'frozen') && kind !== 'house' && can(role, 'wallets:freeze') ? (
        <SetAside walletId={wallet.id} asset={asset} />
      ) : null}
      {open && can(role, 'wallets:provision') ? <Enable walletId={wallet.id} /> : null}
      {testMode && accountNumberId && status !== 'opening' && can(role, 'deposits:simulate') ? (
        <SimulateDeposit accountNumberId={accountNumberId} asset={asset} />
      ) : null}
      {can(role, 'wallets:provision') ? <CancelOpening wallet={wallet} /> : null}
      {can(role, 'customers:write') ? <MoveWallet wallet={wallet} portfolios={portfolios} /> : null}
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

function Exchange({ walletId }: { walletId: string }) {
  const t = useTranslations('adjustments.exchange');
  return (
    <Button asChild>
      <Link href={`/adjustments/exchange?wallet=${walletId}`}>
        <ArrowLeftRight aria-hidden />
        {t('action')}
      </Link>
    </Button>
  );
}

function SetAside({ walletId, asset }: { walletId: string; asset: string }) {
  const t = useTranslations('holds.new');
  return (
    <Button asChild>
      <Link href={`/holds/new?wallet=${walletId}&asset=${asset}`}>
        <HandCoins aria-hidden />
        {t('action')}
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
        {/* One place, so that who did the one has the other under their hand. */}
        {status === 'open' ? <FreezeWallet wallet={wallet} /> : dialog('unfreeze')}
        {status === 'frozen' && !isWhole(wallet) ? <FreezeWallet wallet={wallet} /> : null}
        <CloseWallet wallet={wallet} />
      </>
    );
  return status === 'closed' && closedBy === 'customer' ? dialog('reopen') : null;
}

/** Whether nothing more of it could be frozen, nor for longer. */
function isWhole(wallet: WalletView): boolean {
  const freeze = freezeOf(wallet);
  return freeze?.direction === 'both' && freeze.until === null;
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
