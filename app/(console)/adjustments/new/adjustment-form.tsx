'use client';

import { ArrowRight } from 'lucide-react';
import type { Route } from 'next';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { requestAdjustmentAction } from '~/app/(console)/adjustments/actions';
import { AdjustmentSummary, type FormSide } from '~/app/(console)/adjustments/new/adjustment-summary';
import { AmountField } from '~/components/form/amount-field';
import { Field, Form, FormActions, SubmitButton } from '~/components/form/form';
import { Button } from '~/components/ui/button';
import { Card } from '~/components/ui/card';
import { cn } from '~/components/ui/cn';
import { Link } from '~/components/ui/link';
import { RadioGroup } from '~/components/ui/radio-group';
import { Textarea } from '~/components/ui/textarea';
import { to } from '~/components/ui/to';
import { formatAmount, parseAmount } from '~/lib/money';

export type AdjustmentFormProps = {
  wallet: FormSide;
  other: FormSide;
  asset: string;
  against: 'wallet' | 'account';
  /** Both are customers', and their money stands in different accounts at Fintoc. */
  apart: boolean;
  direction: 'out' | 'in';
  amount: string;
  breakId: string | undefined;
};

const THROUGH_ACCOUNT = { out: 'outOfAccount', in: 'inToAccount' } as const;

/** Asks for an adjustment, and shows as one types how both sides would end. */
export function AdjustmentForm(props: AdjustmentFormProps) {
  const { wallet, other, asset, against, breakId } = props;
  const t = useTranslations('adjustments.new');
  const common = useTranslations('common');
  const [direction, setDirection] = useState(props.direction);
  const [typedAmount, setTypedAmount] = useState(props.amount);
  const [from, to] = direction === 'out' ? [wallet, other] : [other, wallet];
  const summary = { from, to, asset, against, apart: props.apart, amount: parseAmount(typedAmount, asset) };
  return (
    <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
      <Card className="p-4 sm:p-5">
        <Form
          act="request_adjustment"
          action={requestAdjustmentAction}
          hidden={{
            walletId: wallet.id,
            asset,
            [against === 'wallet' ? 'otherWalletId' : 'accountId']: other.id,
            ...(breakId && { breakId }),
          }}
        >
          <Sides wallet={wallet} other={other} asset={asset} direction={direction} />
          <Field name="direction" label={t('direction')} group required>
            <RadioGroup
              defaultValue={props.direction}
              onValueChange={(value) => setDirection(value === 'in' ? 'in' : 'out')}
              className="sm:grid-cols-2"
              options={(['out', 'in'] as const).map((value) => ({
                value,
                label: t(against === 'wallet' ? value : THROUGH_ACCOUNT[value], {
                  wallet: wallet.name,
                  other: other.name,
                }),
              }))}
            />
          </Field>
          <AmountField
            name="amount"
            label={t('amount', { asset })}
            hint={<Room from={from} asset={asset} />}
            asset={asset}
            initial={props.amount}
            onText={setTypedAmount}
            required
          />
          <Field name="reason" label={t('reason')} hint={t('reasonHint')} required>
            <Textarea rows={3} maxLength={500} />
          </Field>
          <div className="lg:hidden">
            <AdjustmentSummary {...summary} />
          </div>
          <FormActions>
            <Button asChild>
              <Link href="/adjustments">{common('cancel')}</Link>
            </Button>
            <SubmitButton>{t('submit')}</SubmitButton>
          </FormActions>
        </Form>
      </Card>
      <div className="max-lg:hidden lg:sticky lg:top-6">
        <AdjustmentSummary {...summary} live />
      </div>
    </div>
  );
}

function Room({ from, asset }: { from: FormSide; asset: string }) {
  const t = useTranslations('adjustments.new');
  const locale = useLocale();
  if (from.bottomless) return t('amountHintHouse', { example: formatAmount(125_050n, asset, locale) });
  return t('amountHint', { available: formatAmount(from.balance, asset, locale) });
}

/** The two sides that were chosen, each to be chosen anew. */
function Sides({
  wallet,
  other,
  asset,
  direction,
}: Pick<AdjustmentFormProps, 'wallet' | 'other' | 'asset' | 'direction'>) {
  return (
    <div className="grid items-center gap-3 rounded-lg border bg-muted px-3.5 py-3 text-sm sm:grid-cols-[minmax(0,1fr)_auto_minmax(0,1fr)]">
      <Chosen side={wallet} href="/adjustments/new" />
      <ArrowRight
        aria-hidden
        className={cn('size-4 text-muted-foreground max-sm:hidden', direction === 'in' && 'rotate-180')}
      />
      <Chosen side={other} href={to(`/adjustments/new?wallet=${wallet.id}&asset=${asset}`)} />
    </div>
  );
}

function Chosen({ side, href }: { side: FormSide; href: Route }) {
  const t = useTranslations('adjustments.new');
  return (
    <div className="flex min-w-0 items-baseline justify-between gap-3">
      <div className="min-w-0">
        <div className="truncate font-medium" title={side.name}>
          {side.name}
        </div>
        <div className="truncate text-muted-foreground" title={side.whose}>
          {side.whose}
        </div>
      </div>
      <Link href={href} className="shrink-0 rounded-sm text-link hover:underline max-sm:py-2">
        {t('change')}
        <span className="sr-only"> {side.name}</span>
      </Link>
    </div>
  );
}
