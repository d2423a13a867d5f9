import { useTranslations } from 'next-intl';
import { changeAssetAction } from '~/app/(console)/settings/assets/actions';
import { AmountField } from '~/components/form/amount-field';
import { ConfirmDialog } from '~/components/form/confirm-dialog';
import { Field } from '~/components/form/form';
import { Switch } from '~/components/ui/switch';
import { MAX_AMOUNT, toDecimal } from '~/lib/money';

/** Whether wallets may use an asset, and how much of it one act may move. */
export function ChangeAsset({ asset }: { asset: { code: string; enabled: boolean; maxAmount: bigint } }) {
  const t = useTranslations('settings.assets');
  const { code, enabled, maxAmount } = asset;
  return (
    <ConfirmDialog
      act="change_asset"
      action={changeAssetAction}
      hidden={{ code }}
      trigger={
        <>
          {t('change')}
          <span className="sr-only"> {code}</span>
        </>
      }
      title={t('changeTitle', { asset: code })}
      consequence={t('consequence')}
      confirm={t('save')}
      success={t('saved')}
    >
      <Field name="enabled" label={t('enabled')} inline>
        <Switch defaultChecked={enabled} />
      </Field>
      <AmountField
        name="maxAmount"
        label={t('max', { asset: code })}
        hint={t('maxHint')}
        asset={code}
        initial={maxAmount === MAX_AMOUNT ? '' : toDecimal(maxAmount, code)}
      />
    </ConfirmDialog>
  );
}
