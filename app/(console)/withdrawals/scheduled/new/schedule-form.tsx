'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { ConceptField } from '~/app/(console)/withdrawals/new/concept-field';
import { NameFields } from '~/app/(console)/withdrawals/new/name-fields';
import { planScheduleAction } from '~/app/(console)/withdrawals/scheduled/actions';
import { ScheduleLooked } from '~/app/(console)/withdrawals/scheduled/new/schedule-look';
import { AmountField } from '~/components/form/amount-field';
import { DestinationField } from '~/components/form/destination-field';
import { Field, Form, FormActions, SubmitButton } from '~/components/form/form';
import { type Chosen, LookupField } from '~/components/form/lookup-field';
import { Button } from '~/components/ui/button';
import { Card } from '~/components/ui/card';
import { Input } from '~/components/ui/input';
import { Link } from '~/components/ui/link';
import { Select } from '~/components/ui/select';
import { to } from '~/components/ui/to';
import type { PayingFacts } from '~/lib/withdrawals/paying';

const EVERY = ['once', 'week', 'fortnight', 'month'] as const;

type ScheduleFormProps = {
  asset: string;
  /** Every asset that is paid out. */
  assets: readonly string[];
  paidBy: Chosen | null;
  /** Of the rail that pays. */
  paying: PayingFacts;
};

/** Whom to pay, how much, and on which days. */
export function ScheduleForm({ asset, assets, paidBy, paying }: ScheduleFormProps) {
  const t = useTranslations('schedules');
  const words = useTranslations('withdrawals.new');
  const common = useTranslations('common');
  const [every, setEvery] = useState<string>('once');
  return (
    <Card className="max-w-2xl p-4 sm:p-5">
      <Form
        act="plan_schedule"
        action={planScheduleAction}
        hidden={{ asset }}
        look={(look) => <ScheduleLooked look={look} />}
      >
        <AssetLinks asset={asset} assets={assets} walletId={paidBy?.id} />
        <LookupField
          name="walletId"
          label={words('wallet')}
          of="wallets"
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
        <AmountField name="amount" label={words('amount', { asset })} asset={asset} required />
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
        <ConceptField paying={paying} />
        <p className="text-muted-foreground text-sm">{t('new.hint', { asset })}</p>
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

type AssetLinksProps = { asset: string; assets: readonly string[]; walletId: string | undefined };

/** What is paid: each asset goes to destinations of its own, so that another one is another form. */
function AssetLinks({ asset, assets, walletId }: AssetLinksProps) {
  const t = useTranslations('schedules.new');
  if (assets.length < 2) return null;
  const of = walletId ? `wallet=${walletId}&` : '';
  return (
    <nav aria-label={t('asset')} className="flex gap-3 text-sm">
      {assets.map((each) => (
        <Link
          key={each}
          href={to(`/withdrawals/scheduled/new?${of}asset=${each}`)}
          aria-current={each === asset ? 'page' : undefined}
          className={each === asset ? 'font-medium' : 'text-link hover:underline'}
        >
          {each}
        </Link>
      ))}
    </nav>
  );
}
