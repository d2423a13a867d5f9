'use client';

import { useLocale, useTranslations } from 'next-intl';
import { captureHoldAction } from '~/app/(console)/holds/actions';
import { AmountField } from '~/components/form/amount-field';
import { Field, Form, FormActions, SubmitButton } from '~/components/form/form';
import { Alert } from '~/components/ui/alert';
import { Button } from '~/components/ui/button';
import { Link } from '~/components/ui/link';
import { Textarea } from '~/components/ui/textarea';
import { formatAmount, toDecimal } from '~/lib/money';
import { joined } from '~/lib/text';

type CaptureFormProps = {
  hold: { id: string; asset: string; left: bigint };
  to: { id: string; name: string; whose: string | null };
};

/** How much of the hold goes to the other wallet, and why. */
export function CaptureForm({ hold: { id, asset, left }, to }: CaptureFormProps) {
  const t = useTranslations('holds.capture');
  const common = useTranslations('common');
  const locale = useLocale();
  return (
    <Form
      act="capture_hold"
      action={captureHoldAction}
      hidden={{ holdId: id, toWalletId: to.id, asset }}
      className="gap-5"
    >
      <p className="flex flex-wrap items-baseline gap-x-3 text-sm">
        <span>{t('to', { wallet: joined([to.name, to.whose]) })}</span>
        <Link href={`/holds/${id}/capture`} className="text-link hover:underline">
          {t('change')}
        </Link>
      </p>
      <AmountField
        name="amount"
        label={t('amount', { asset })}
        hint={t('left', { left: formatAmount(left, asset, locale) })}
        asset={asset}
        required
        initial={toDecimal(left, asset)}
      />
      <Field name="reason" label={t('reason')} required>
        <Textarea rows={3} maxLength={500} />
      </Field>
      <Alert tone="neutral">{t('approval')}</Alert>
      <FormActions>
        <Button asChild>
          <Link href={`/holds/${id}`}>{common('cancel')}</Link>
        </Button>
        <SubmitButton>{t('submit')}</SubmitButton>
      </FormActions>
    </Form>
  );
}
