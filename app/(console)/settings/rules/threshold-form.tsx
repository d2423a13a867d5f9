import { useLocale, useTranslations } from 'next-intl';
import { AmountField } from '~/components/form/amount-field';
import { Field, Form, FormActions, SubmitButton } from '~/components/form/form';
import type { FormAction } from '~/components/form/use-sending';
import { Switch } from '~/components/ui/switch';
import { formatAmount } from '~/lib/money';

export const RULE_ASSETS = ['MXN', 'CLP'] as const;
export type Threshold = Record<(typeof RULE_ASSETS)[number], string | null>;

type ThresholdFormProps = { kind: 'amount' | 'first'; rule: Threshold; action: FormAction };

/** From which amount a second person decides, per asset, or that none does. */
export function ThresholdForm({ kind, rule, action }: ThresholdFormProps) {
  const t = useTranslations('settings.rules.thresholds');
  const locale = useLocale();
  const first = kind === 'first';
  return (
    <Form action={action} success={t('saved')}>
      {RULE_ASSETS.map((asset) => {
        const threshold = rule[asset];
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
