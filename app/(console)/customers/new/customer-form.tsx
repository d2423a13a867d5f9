'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { createCustomerAction } from '~/app/(console)/customers/actions';
import { ContactFields, NameField, TaxIdField } from '~/app/(console)/customers/customer-fields';
import { Field, Form, FormActions, SubmitButton } from '~/components/form/form';
import { Button } from '~/components/ui/button';
import { Input } from '~/components/ui/input';
import { Link } from '~/components/ui/link';
import { RadioGroup } from '~/components/ui/radio-group';
import { Select } from '~/components/ui/select';
import type { TaxIdCountry } from '~/lib/tax-id';

type Kind = 'individual' | 'business';

/** Registers a customer; the tax id is judged while it is typed, by the same rules as on the server. */
export function CustomerForm() {
  const t = useTranslations('customers');
  const kinds = useTranslations('kinds.customer');
  const common = useTranslations('common');
  const [kind, setKind] = useState<Kind>('individual');
  const [country, setCountry] = useState<TaxIdCountry>('mx');
  const business = kind === 'business';
  // Fintoc makes entities by API in Mexico only.
  const goesOn = business && country === 'mx';
  return (
    <Form act="create_customer" action={createCustomerAction} className="gap-5">
      <Field name="kind" label={t('form.kind')} required group>
        <RadioGroup
          className="sm:grid-cols-2"
          defaultValue="individual"
          onValueChange={(value) => setKind(value === 'business' ? 'business' : 'individual')}
          options={[
            { value: 'individual', label: kinds('individual'), description: t('form.individualHint') },
            { value: 'business', label: kinds('business'), description: t('form.businessHint') },
          ]}
        />
      </Field>
      <NameField business={business} />
      <div className="grid gap-5 sm:grid-cols-[10rem_1fr]">
        <Field name="country" label={t('form.country')} required>
          <Select
            defaultValue="mx"
            onChange={(event) => setCountry(event.target.value === 'cl' ? 'cl' : 'mx')}
            options={[
              { value: 'mx', label: t('countries.mx') },
              { value: 'cl', label: t('countries.cl') },
            ]}
          />
        </Field>
        <TaxIdField country={country} business={business} />
      </div>
      <ContactFields />
      <Field name="externalId" label={t('form.externalId')} hint={t('form.externalIdHint')}>
        <Input autoComplete="off" spellCheck={false} maxLength={100} className="font-mono" />
      </Field>
      <FormActions>
        <Button asChild>
          <Link href="/customers">{common('cancel')}</Link>
        </Button>
        {goesOn ? (
          <>
            <SubmitButton variant="secondary">{t('form.submit')}</SubmitButton>
            <SubmitButton name="next" value="wallet">
              {t('form.submitAndGoOn')}
            </SubmitButton>
          </>
        ) : (
          <SubmitButton>{t('form.submit')}</SubmitButton>
        )}
      </FormActions>
      {goesOn ? (
        <p className="-mt-2 text-muted-foreground text-sm sm:text-right">{t('form.goOnHint')}</p>
      ) : null}
    </Form>
  );
}
