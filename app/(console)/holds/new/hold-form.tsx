'use client';

import { useLocale, useTranslations } from 'next-intl';
import { placeHoldAction } from '~/app/(console)/holds/actions';
import { AmountField } from '~/components/form/amount-field';
import { Field, Form, FormActions, SubmitButton } from '~/components/form/form';
import { Button } from '~/components/ui/button';
import { Link } from '~/components/ui/link';
import { Select } from '~/components/ui/select';
import { Textarea } from '~/components/ui/textarea';
import { formatAmount } from '~/lib/money';

const DAYS = [1, 3, 7, 15, 30, 90, 180, 365];

/** How much is set aside, why, and for how long at most. */
export function HoldForm({
  walletId,
  asset,
  available,
}: {
  walletId: string;
  asset: string;
  available: bigint;
}) {
  const t = useTranslations('holds.new');
  const common = useTranslations('common');
  const locale = useLocale();
  return (
    <Form act="place_hold" action={placeHoldAction} hidden={{ walletId, asset }} className="gap-5">
      <AmountField
        name="amount"
        label={t('amount', { asset })}
        hint={t('available', { available: formatAmount(available, asset, locale) })}
        asset={asset}
        required
      />
      <Field name="days" label={t('days')} hint={t('daysHint')} required>
        <Select
          defaultValue="30"
          options={DAYS.map((days) => ({ value: String(days), label: t('dayCount', { days }) }))}
        />
      </Field>
      <Field name="reason" label={t('reason')} hint={t('reasonHint')} required>
        <Textarea rows={3} maxLength={500} />
      </Field>
      <FormActions>
        <Button asChild>
          <Link href={`/wallets/${walletId}?asset=${asset}`}>{common('cancel')}</Link>
        </Button>
        <SubmitButton>{t('submit')}</SubmitButton>
      </FormActions>
    </Form>
  );
}
