'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { openWalletAction } from '~/app/(console)/wallets/actions';
import { type AssetOption, HoldingFields } from '~/app/(console)/wallets/new/holding-fields';
import { Field, Form, FormActions, SubmitButton } from '~/components/form/form';
import { Button } from '~/components/ui/button';
import { Input } from '~/components/ui/input';
import { Link } from '~/components/ui/link';
import { Select } from '~/components/ui/select';

export type WalletFormProps = {
  customer: { id: string; name: string; country: string; hasCurp: boolean; hasWallets: boolean };
  assets: readonly AssetOption[];
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
  assets,
  portfolios,
  terms,
  entities,
  canCreateEntity,
  toKyb,
}: WalletFormProps) {
  const t = useTranslations('wallets');
  const common = useTranslations('common');
  const usual = customer.country === 'cl' ? 'CLP' : 'MXN';
  const first = (assets.find(({ code }) => code === usual) ?? assets[0])?.code ?? '';
  const [asset, setAsset] = useState(first);
  return (
    <Form
      act="open_wallet"
      action={openWalletAction}
      hidden={{ customerId: customer.id, ...(toKyb && { next: 'kyb' }) }}
      className="gap-5"
    >
      <HoldingFields
        {...{ customer, assets, entities, canCreateEntity }}
        initial={first}
        pattern={toKyb ? 'C' : 'A'}
        onAsset={setAsset}
        customerId={customer.id}
      />
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
