import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { AmountField } from '~/components/form/amount-field';
import { Field } from '~/components/form/form';
import { Switch } from '~/components/ui/switch';
import { formatAmount } from '~/lib/money';
import type { TermsFacts } from '~/lib/terms/terms';

type TermsFieldsProps = {
  asset: string;
  terms?: TermsFacts;
};

type AmountName = 'withdrawalMaxAmount' | 'withdrawalDayAmount' | 'depositFeeAmount' | 'withdrawalFeeAmount';

/** Switches, limits and fees. Amounts are typed in the asset's own decimals. */
export function TermsFields({ asset, terms }: TermsFieldsProps) {
  const t = useTranslations('settings.terms');
  const locale = useLocale();
  const typed = (name: AmountName) => {
    const amount = terms?.[name];
    // No fee is left empty, as no limit is.
    return amount ? formatAmount(amount, asset, locale) : undefined;
  };
  const amount = (name: AmountName, hint: string) => (
    <AmountField name={name} label={t(name)} hint={hint} asset={asset} initial={typed(name) ?? ''} />
  );
  const plain = asset === 'MXN';
  const limitHint = plain ? t('limitHint') : t('limitHintCode', { asset });
  const feeHint = plain ? t('feeHint') : t('feeHintCode', { asset });
  return (
    <>
      <Group title={t('rails')}>
        <Field name="depositsEnabled" label={t('depositsEnabled')} hint={t('depositsHint')} inline>
          <Switch defaultChecked={terms?.depositsEnabled ?? true} />
        </Field>
        <Field name="withdrawalsEnabled" label={t('withdrawalsEnabled')} hint={t('withdrawalsHint')} inline>
          <Switch defaultChecked={terms?.withdrawalsEnabled ?? true} />
        </Field>
      </Group>
      <Group title={t('limits')}>
        {amount('withdrawalMaxAmount', limitHint)}
        {amount('withdrawalDayAmount', limitHint)}
      </Group>
      <Group title={t('fees')}>
        {amount('depositFeeAmount', feeHint)}
        {amount('withdrawalFeeAmount', feeHint)}
        <Field name="refundFeeOnReturn" label={t('refundFeeOnReturn')} hint={t('refundHint')} inline>
          <Switch defaultChecked={terms?.refundFeeOnReturn ?? true} />
        </Field>
      </Group>
    </>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className="not-first:border-t not-first:pt-4">
      <legend className="sr-only">{title}</legend>
      <div aria-hidden className="mb-3 font-semibold text-sm">
        {title}
      </div>
      <div className="grid gap-4 sm:grid-cols-2">{children}</div>
    </fieldset>
  );
}
