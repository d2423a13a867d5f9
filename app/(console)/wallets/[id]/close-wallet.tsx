import { Lock } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { closeWalletAction } from '~/app/(console)/wallets/actions';
import { ConfirmDialog } from '~/components/form/confirm-dialog';
import { Field } from '~/components/form/form';
import { Money } from '~/components/money/money';
import { Button } from '~/components/ui/button';
import { Dialog, DialogClose, DialogContent, DialogFooter, DialogTrigger } from '~/components/ui/dialog';
import { RadioGroup } from '~/components/ui/radio-group';
import { canRefuseDeposits, numbersOf } from '~/lib/wallets/frozen-deposits';
import type { WalletHolding, WalletRecord } from '~/lib/wallets/wallets';

/** Closes an empty wallet; of one that isn't, it says what stands in the way. */
export function CloseWallet({ wallet: { id, name, assets } }: { wallet: WalletRecord }) {
  const t = useTranslations('wallets.actions.close');
  const trigger = (
    <>
      <Lock aria-hidden />
      {t('trigger')}
    </>
  );
  const full = assets.filter(
    ({ balances, debt }) => debt > 0n || Object.values(balances).some((balance) => balance !== 0n),
  );
  if (full.length > 0) return <NotEmpty trigger={trigger} full={full} name={name} />;
  return (
    <ConfirmDialog
      act="close_wallet"
      action={closeWalletAction}
      hidden={{ walletId: id }}
      trigger={trigger}
      title={t('title', { name })}
      consequence={t(canRefuseDeposits(numbersOf(assets)) ? 'own' : 'root')}
      confirm={t('confirm')}
      success={t('done')}
      danger
      reason="required"
    >
      <Field name="closedBy" label={t('who')} required group>
        <RadioGroup
          options={[
            { value: 'customer', label: t('byCustomer'), description: t('byCustomerHint') },
            { value: 'platform', label: t('byPlatform'), description: t('byPlatformHint') },
          ]}
        />
      </Field>
    </ConfirmDialog>
  );
}

type Part = 'available' | 'pending' | 'reserved' | 'debt';
type NotEmptyProps = { trigger: React.ReactNode; full: readonly WalletHolding[]; name: string };

function NotEmpty({ trigger, full, name }: NotEmptyProps) {
  const t = useTranslations('wallets');
  const common = useTranslations('common');
  return (
    <Dialog>
      <DialogTrigger asChild>
        <Button>{trigger}</Button>
      </DialogTrigger>
      <DialogContent title={t('actions.close.title', { name })} description={t('actions.close.notEmpty')}>
        <dl className="grid grid-cols-[1fr_auto] gap-x-4 gap-y-1.5 text-sm">
          {full.map(({ asset, balances, debt }) =>
            Object.entries({ ...balances, debt }).map(([part, amount]) => (
              <div key={`${asset} ${part}`} className="contents">
                <dt className="text-muted-foreground">{t(`actions.close.parts.${part as Part}`)}</dt>
                <dd className="text-right">
                  <Money amount={amount} asset={asset} />
                </dd>
              </div>
            )),
          )}
        </dl>
        <DialogFooter>
          <DialogClose asChild>
            <Button variant="primary">{common('back')}</Button>
          </DialogClose>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
