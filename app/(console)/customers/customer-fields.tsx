'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { TaxIdVerdict } from '~/app/(console)/customers/new/tax-id-verdict';
import { Field } from '~/components/form/form';
import { Input } from '~/components/ui/input';
import type { TaxIdCountry } from '~/lib/tax-id';

/** What is asked of a customer when they are registered and when they are corrected. */
export function NameField({ business, value }: { business: boolean; value?: string }) {
  const t = useTranslations('customers.form');
  return (
    <Field name="name" label={t(business ? 'businessName' : 'individualName')} hint={t('nameHint')} required>
      <Input autoComplete="off" maxLength={120} defaultValue={value} />
    </Field>
  );
}

type TaxIdFieldProps = {
  country: TaxIdCountry;
  business: boolean;
  value?: string;
  /** Why it can't be changed. */
  locked?: string | undefined;
};

/** The tax id is judged while it is typed, by the same rules as on the server. */
export function TaxIdField({ country, business, value = '', locked }: TaxIdFieldProps) {
  const t = useTranslations('customers.form');
  const [typed, setTyped] = useState(value);
  const label = country === 'cl' ? 'taxIdCl' : business ? 'taxIdMxBusiness' : 'taxIdMx';
  return (
    <Field
      name="taxId"
      label={t(label)}
      hint={locked ?? <TaxIdVerdict text={typed} country={country} business={business} />}
      required
    >
      <Input
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        maxLength={40}
        className="font-mono uppercase"
        defaultValue={value}
        readOnly={locked !== undefined}
        onChange={(event) => setTyped(event.target.value)}
      />
    </Field>
  );
}

export function ContactFields({ email, phone }: { email?: string; phone?: string }) {
  const t = useTranslations('customers.form');
  return (
    <div className="grid gap-5 sm:grid-cols-2">
      <Field name="email" label={t('email')}>
        <Input type="email" autoComplete="off" maxLength={254} defaultValue={email} />
      </Field>
      <Field name="phone" label={t('phone')}>
        <Input type="tel" autoComplete="off" maxLength={30} defaultValue={phone} />
      </Field>
    </div>
  );
}
