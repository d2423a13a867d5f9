'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { openWalletAction } from '~/app/(console)/wallets/actions';
import { EntityField } from '~/app/(console)/wallets/new/entity-field';
import { Field, Form, FormActions, SubmitButton } from '~/components/form/form';
import { Button } from '~/components/ui/button';
import { Input } from '~/components/ui/input';
import { Link } from '~/components/ui/link';
import { RadioGroup } from '~/components/ui/radio-group';
import { Select } from '~/components/ui/select';

/** What Fintoc moves; other assets have no rail yet. */
const ASSETS = ['MXN', 'CLP'] as const;
const PATTERNS = ['A', 'B', 'C'] as const;

type WalletFormProps = {
  customer: { id: string; name: string; country: string; hasCurp: boolean; hasWallets: boolean };
  portfolios: readonly { id: string; name: string }[];
  /** Without the default ones, which are what an empty choice means. */
  terms: readonly { id: string; name: string; asset: string }[];
  entities: readonly { id: string; holderName: string }[];
  canCreateEntity: boolean;
  /** On the way from a new company to its KYB: in the company's own name, and on to it afterwards. */
  toKyb: boolean;
};

/** Opens a wallet for a customer. What can't be had in an asset can't be chosen. */
export function WalletForm({
  customer,
  portfolios,
  terms,
  entities,
  canCreateEntity,
  toKyb,
}: WalletFormProps) {
  const t = useTranslations('wallets');
  const common = useTranslations('common');
  const [asset, setAsset] = useState(customer.country === 'cl' ? 'CLP' : 'MXN');
  const [chosen, setPattern] = useState(toKyb ? 'C' : 'A');
  // In Chile an account has one number only, so it can't be shared.
  const shareable = asset === 'MXN';
  const pattern = chosen === 'A' && !shareable ? 'B' : chosen;
  return (
    <Form
      action={openWalletAction}
      hidden={{ customerId: customer.id, ...(toKyb && { next: 'kyb' }) }}
      className="gap-5"
    >
      <Field name="asset" label={t('form.asset')} required className="sm:max-w-64">
        <Select
          defaultValue={asset}
          onChange={(event) => setAsset(event.target.value)}
          options={ASSETS.map((value) => ({ value, label: t(`form.assets.${value}`) }))}
        />
      </Field>
      <Field name="pattern" label={t('form.pattern')} hint={t('form.patternHint')} required group>
        <RadioGroup
          // Another asset may take the chosen pattern away: the group then starts again from what is left.
          key={String(shareable)}
          defaultValue={pattern}
          onValueChange={setPattern}
          options={PATTERNS.map((value) => ({
            value,
            label: `${value} · ${t(`patterns.${value}.title`)}`,
            description:
              value === 'A' && !shareable ? t('form.onlyInMexico') : t(`patterns.${value}.description`),
            disabled: value === 'A' && !shareable,
          }))}
        />
      </Field>
      {pattern === 'C' ? (
        <EntityField customer={customer} entities={entities} canCreate={canCreateEntity} />
      ) : null}
      <Field name="name" label={t('form.name')} hint={t('form.nameHint')} required>
        <Input
          defaultValue={customer.hasWallets ? '' : t('form.firstName')}
          autoComplete="off"
          maxLength={80}
        />
      </Field>
      <div className="grid gap-5 sm:grid-cols-2">
        <Field name="termsId" label={t('form.terms')} hint={t('form.termsHint')}>
          <Select
            placeholder={t('form.defaultTerms')}
            options={terms
              .filter((item) => item.asset === asset)
              .map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Field>
        {portfolios.length > 0 ? (
          <Field name="portfolioId" label={t('form.portfolio')}>
            <Select
              placeholder={t('form.noPortfolio')}
              options={portfolios.map(({ id, name }) => ({ value: id, label: name }))}
            />
          </Field>
        ) : null}
      </div>
      <FormActions>
        <Button asChild>
          <Link href={`/customers/${customer.id}`}>{common('cancel')}</Link>
        </Button>
        <SubmitButton>{t('form.submit')}</SubmitButton>
      </FormActions>
    </Form>
  );
}
