import { useLocale, useTranslations } from 'next-intl';
import { AmountField } from '~/components/form/amount-field';
import { Field, Form, FormActions, SubmitButton } from '~/components/form/form';
import type { FormAction } from '~/components/form/use-sending';
import { Switch } from '~/components/ui/switch';
import type { AmountPerAsset } from '~/lib/approvals/rules';
import { type AssetCode, formatAmount } from '~/lib/money';

type ThresholdFormProps = {
  kind: 'amount' | 'first';
  rule: AmountPerAsset;
  /** Those that are asked for, in this order. */
  assets: readonly AssetCode[];
  action: FormAction;
};

/** From which amount a second person decides, per asset, or that none does. */
export function ThresholdForm({ kind, rule, assets, action }: ThresholdFormProps) {
  const t = useTranslations('settings.rules.thresholds');
  const locale = useLocale();
  const first = kind === 'first';
  return (
    <Form act={`threshold.${kind}`} action={action} success={t('saved')}>
      <input type="hidden" name="assets" value={assets.join(' ')} />
      {assets.map((asset) => {
        const threshold = rule[asset] === undefined ? '0' : rule[asset];
        return (
          <div key={asset} className="grid gap-4 border-b pb-4 sm:grid-cols-2">
            <Field
              name={`required${asset}`}
              label={t(first ? 'firstRequired' : 'required', { asset })}
              inline
            >
              <Switch defaultChecked={threshold !== null} />
            </Field>
            <AmountField
              name={`amount${asset}`}
              label={t(first ? 'firstAmount' : 'amount', { asset })}
              hint={t(first ? 'firstHint' : 'amountHint')}
              asset={asset}
              initial={threshold === null ? '' : formatAmount(BigInt(threshold), asset, locale)}
              required
            />
          </div>
        );
      })}
      <FormActions>
        <SubmitButton>{t(first ? 'saveFirst' : 'save')}</SubmitButton>
      </FormActions>
    </Form>
  );
}
