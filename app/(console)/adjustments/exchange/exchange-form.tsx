'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { requestExchangeAction } from '~/app/(console)/adjustments/actions';
import { AmountField } from '~/components/form/amount-field';
import { Field, Form, FormActions, SubmitButton } from '~/components/form/form';
import { Alert } from '~/components/ui/alert';
import { Button } from '~/components/ui/button';
import { Input } from '~/components/ui/input';
import { Link } from '~/components/ui/link';
import { Select } from '~/components/ui/select';
import { Textarea } from '~/components/ui/textarea';
import { exchanged, readRate } from '~/lib/adjustments/rate';
import { formatAmount, parseAmount } from '~/lib/money';

type Held = { asset: string; available: bigint };

/** How much of which asset becomes which other, at what rate; what it comes to is shown as one types. */
export function ExchangeForm({ walletId, held }: { walletId: string; held: readonly Held[] }) {
  const t = useTranslations('adjustments.exchange');
  const common = useTranslations('common');
  const locale = useLocale();
  const [from, setFrom] = useState(held[0]?.asset ?? '');
  const others = held.filter(({ asset }) => asset !== from);
  const [chosen, setTo] = useState('');
  const to = others.find(({ asset }) => asset === chosen)?.asset ?? others[0]?.asset ?? '';
  const [typed, setTyped] = useState('');
  const [rateText, setRate] = useState('');
  const available = held.find(({ asset }) => asset === from)?.available ?? 0n;
  const [amount, rate] = [parseAmount(typed, from), readRate(rateText)];
  const options = (of: readonly Held[]) => of.map(({ asset }) => ({ value: asset, label: asset }));
  return (
    <Form act="request_exchange" action={requestExchangeAction} hidden={{ walletId }} className="gap-5">
      <div className="grid gap-4 sm:grid-cols-2">
        <Field name="fromAsset" label={t('from')} required>
          <Select value={from} onChange={({ target }) => setFrom(target.value)} options={options(held)} />
        </Field>
        <Field name="toAsset" label={t('to')} required>
          <Select value={to} onChange={({ target }) => setTo(target.value)} options={options(others)} />
        </Field>
      </div>
      <AmountField
        name="amount"
        label={t('amount', { asset: from })}
        hint={t('available', { available: formatAmount(available, from, locale) })}
        asset={from}
        required
        onText={setTyped}
      />
      <Field name="rate" label={t('rate', { from, to })} hint={t('rateHint')} required>
        <Input
          inputMode="decimal"
          autoComplete="off"
          maxLength={25}
          value={rateText}
          onChange={({ target }) => setRate(target.value)}
        />
      </Field>
      <Field name="reason" label={t('reason')} required>
        <Textarea rows={3} maxLength={500} />
      </Field>
      <div role="status">
        {amount !== null && amount > 0n && rate ? (
          <Alert tone="neutral">
            {t('comesTo', {
              from: `${formatAmount(amount, from, locale)} ${from}`,
              to: `${formatAmount(exchanged(amount, from, to, rate), to, locale)} ${to}`,
            })}
          </Alert>
        ) : null}
      </div>
      <FormActions>
        <Button asChild>
          <Link href={`/wallets/${walletId}`}>{common('cancel')}</Link>
        </Button>
        <SubmitButton>{t('submit')}</SubmitButton>
      </FormActions>
    </Form>
  );
}
