'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { NameFields } from '~/app/(console)/withdrawals/new/name-fields';
import { planScheduleAction } from '~/app/(console)/withdrawals/scheduled/actions';
import { AmountField } from '~/components/form/amount-field';
import { DestinationField } from '~/components/form/destination-field';
import { Field, Form, FormActions, SubmitButton } from '~/components/form/form';
import { type Chosen, LookupField } from '~/components/form/lookup-field';
import { Button } from '~/components/ui/button';
import { Card } from '~/components/ui/card';
import { Input } from '~/components/ui/input';
import { Link } from '~/components/ui/link';
import { Select } from '~/components/ui/select';
import type { PayingFacts } from '~/lib/withdrawals/paying';

const ASSET = 'MXN';
const EVERY = ['once', 'week', 'fortnight', 'month'] as const;

type ScheduleFormProps = {
  paidBy: Chosen | null;
  /** Of the rail that pays. */
  paying: PayingFacts;
};

/** Whom to pay, how much, and on which days. */
export function ScheduleForm({ paidBy, paying }: ScheduleFormProps) {
  const t = useTranslations('schedules');
  const words = useTranslations('withdrawals.new');
  const common = useTranslations('common');
  const [every, setEvery] = useState<string>('once');
  return (
    <Card className="max-w-2xl p-4 sm:p-5">
      <Form action={planScheduleAction} hidden={{ asset: ASSET }}>
        <LookupField
          name="walletId"
          label={words('wallet')}
          source="/api/wallets"
          search={words('searchWallet')}
          initial={paidBy}
          words={(wallet) => wallet}
          clear={words('otherWallet')}
          required
        />
        <DestinationField
          name="destination"
          kinds={paying.destinations}
          banks={paying.institutions}
          clabeLabel={words('clabe')}
        />
        <NameFields wallet={paying} />
        <AmountField name="amount" label={words('amount', { asset: ASSET })} asset={ASSET} required />
        <div className="grid gap-4 sm:grid-cols-3">
          <Field name="every" label={t('columns.every')} required>
            <Select
              value={every}
              onChange={(event) => setEvery(event.target.value)}
              options={EVERY.map((value) => ({ value, label: t(`every.${value}`) }))}
            />
          </Field>
          <Field name="startsOn" label={t(every === 'once' ? 'new.on' : 'new.startsOn')} required>
            <Input type="date" />
          </Field>
          {every === 'once' ? null : (
            <Field name="endsOn" label={t('new.endsOn')}>
              <Input type="date" />
            </Field>
          )}
        </div>
        <Field name="comment" label={words('concept')}>
          <Input autoComplete="off" maxLength={120} />
        </Field>
        <p className="text-muted-foreground text-sm">{t('new.hint')}</p>
        <FormActions>
          <Button asChild>
            <Link href="/withdrawals/scheduled">{common('cancel')}</Link>
          </Button>
          <SubmitButton>{t('new.submit')}</SubmitButton>
        </FormActions>
      </Form>
    </Card>
  );
}
