'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { FieldGroup, Rows } from '~/app/(console)/entities/[id]/onboarding/rows';
import { startOnboardingAction } from '~/app/(console)/entities/actions';
import { Field, Form, FormActions, SubmitButton } from '~/components/form';
import { Input } from '~/components/ui/input';
import { Select } from '~/components/ui/select';
import { SHAREHOLDER_TYPES } from '~/lib/kyb-form';

/** What Fintoc asks for when a KYB starts. Field names are flat; lib/kyb-form.ts makes Fintoc's body of them. */
export function OnboardingForm({ entityId }: { entityId: string }) {
  const t = useTranslations('entities.form');
  return (
    <Form action={startOnboardingAction} hidden={{ entityId }} className="max-w-3xl gap-6">
      <CompanyFields />
      <Rows
        list="legal_representatives"
        title={t('representatives')}
        rowTitle={(number) => t('representative', { number })}
        add={t('addRepresentative')}
      >
        {(name) => <RepresentativeFields name={name} />}
      </Rows>
      <ProfileFields />
      <ShareholderRows />
      <FormActions>
        <SubmitButton>{t('submit')}</SubmitButton>
      </FormActions>
    </Form>
  );
}

function CompanyFields() {
  const t = useTranslations('entities.form');
  return (
    <FieldGroup title={t('company')}>
      <Field name="company_information.incorporation_date" label={t('incorporationDate')} required>
        <Input type="date" />
      </Field>
      <Field name="company_information.business_activity" label={t('businessActivity')} required>
        <Input maxLength={200} />
      </Field>
      <Field name="company_information.fiscal_address" label={t('fiscalAddress')} required>
        <Input maxLength={300} />
      </Field>
      <Field name="company_information.business_address" label={t('businessAddress')} required>
        <Input maxLength={300} />
      </Field>
      <Field
        name="company_information.settlement_account"
        label={t('settlementAccount')}
        hint={t('settlementAccountHint')}
        required
      >
        <Input inputMode="numeric" autoComplete="off" className="font-mono" maxLength={30} />
      </Field>
      <Field name="company_information.phone" label={t('phone')} hint={t('phoneHint')} required>
        <Input type="tel" autoComplete="off" maxLength={30} />
      </Field>
    </FieldGroup>
  );
}

function RepresentativeFields({ name }: { name: (field: string) => string }) {
  const t = useTranslations('entities.form');
  return (
    <>
      <Field name={name('first_name')} label={t('firstName')} required>
        <Input autoComplete="off" maxLength={100} />
      </Field>
      <Field name={name('last_name')} label={t('lastName')} required>
        <Input autoComplete="off" maxLength={100} />
      </Field>
      <Field name={name('identification_number')} label={t('identification')} required>
        <Input autoComplete="off" spellCheck={false} className="font-mono uppercase" maxLength={18} />
      </Field>
      <Nationality name={name('nationality')} />
      <Field name={name('email')} label={t('email')} required>
        <Input type="email" autoComplete="off" maxLength={200} />
      </Field>
      <Field name={name('position')} label={t('position')} required>
        <Input autoComplete="off" maxLength={100} />
      </Field>
    </>
  );
}

function ProfileFields() {
  const t = useTranslations('entities.form');
  return (
    <FieldGroup title={t('profile')}>
      <Field
        name="transactional_profile.resource_origins"
        label={t('origins')}
        hint={t('originsHint')}
        required
        className="sm:col-span-2"
      >
        <Input autoComplete="off" spellCheck={false} maxLength={200} />
      </Field>
      <Field
        name="transactional_profile.monthly_amount_range"
        label={t('amountRange')}
        hint={t('amountRangeHint')}
        required
      >
        <Input autoComplete="off" spellCheck={false} className="font-mono" maxLength={31} />
      </Field>
      <Field
        name="transactional_profile.monthly_operations_range"
        label={t('operationsRange')}
        hint={t('operationsRangeHint')}
        required
      >
        <Input autoComplete="off" spellCheck={false} className="font-mono" maxLength={31} />
      </Field>
    </FieldGroup>
  );
}

/** With the sum of the shares, as it stands while one types. */
function ShareholderRows() {
  const t = useTranslations('entities.form');
  const [total, setTotal] = useState(0);

  function sum(event: FormEvent<HTMLDivElement>) {
    const inputs = event.currentTarget.querySelectorAll<HTMLInputElement>('input[name$=".percentage"]');
    const shares = Array.from(inputs, ({ value }) => Number(value.replace(',', '.').replace('%', '')) || 0);
    setTotal(Math.round(shares.reduce((all, share) => all + share * 100, 0)) / 100);
  }

  return (
    <div onInput={sum}>
      <Rows
        list="shareholders"
        title={t('shareholders')}
        rowTitle={(number) => t('shareholder', { number })}
        add={t('addShareholder')}
        note={<span role="status">{t('total', { total })}</span>}
      >
        {(name) => <ShareholderFields name={name} />}
      </Rows>
    </div>
  );
}

function ShareholderFields({ name }: { name: (field: string) => string }) {
  const t = useTranslations('entities.form');
  return (
    <>
      <Field name={name('type')} label={t('type')} required>
        <Select options={SHAREHOLDER_TYPES.map((value) => ({ value, label: t(`types.${value}`) }))} />
      </Field>
      <Field name={name('percentage')} label={t('percentage')} required>
        <Input inputMode="decimal" autoComplete="off" maxLength={8} />
      </Field>
      <Field name={name('name')} label={t('shareholderName')} required>
        <Input autoComplete="off" maxLength={200} />
      </Field>
      <Field name={name('last_name')} label={t('shareholderLastName')}>
        <Input autoComplete="off" maxLength={100} />
      </Field>
      <Field name={name('holder_id')} label={t('holderId')}>
        <Input autoComplete="off" spellCheck={false} className="font-mono uppercase" maxLength={18} />
      </Field>
      <Nationality name={name('nationality')} />
    </>
  );
}

function Nationality({ name }: { name: string }) {
  const t = useTranslations('entities.form');
  return (
    <Field name={name} label={t('nationality')} hint={t('nationalityHint')} required>
      <Input defaultValue="mx" autoComplete="off" spellCheck={false} maxLength={2} />
    </Field>
  );
}
