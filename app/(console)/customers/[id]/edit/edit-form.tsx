'use client';

import { useTranslations } from 'next-intl';
import { changeCustomerAction } from '~/app/(console)/customers/actions';
import { ContactFields, NameField, TaxIdField } from '~/app/(console)/customers/customer-fields';
import { Form, FormActions, SubmitButton } from '~/components/form/form';
import { Button } from '~/components/ui/button';
import { Link } from '~/components/ui/link';
import type { TaxIdCountry } from '~/lib/tax-id';

type EditFormProps = {
  customer: {
    id: string;
    business: boolean;
    name: string;
    country: TaxIdCountry;
    taxId: string;
    email: string;
    phone: string;
  };
  /** An entity at Fintoc has the tax id. */
  linked: boolean;
};

/** Corrects what was typed wrong of a customer. */
export function EditForm({ customer, linked }: EditFormProps) {
  const t = useTranslations('customers.edit');
  const common = useTranslations('common');
  const { id, business, name, country, taxId, email, phone } = customer;
  return (
    <Form act="change_customer" action={changeCustomerAction} hidden={{ customerId: id }} className="gap-5">
      <NameField business={business} value={name} />
      <TaxIdField
        business={business}
        country={country}
        value={taxId}
        locked={linked ? t('taxIdLinked') : undefined}
      />
      <ContactFields email={email} phone={phone} />
      <FormActions>
        <Button asChild>
          <Link href={`/customers/${id}`}>{common('cancel')}</Link>
        </Button>
        <SubmitButton>{t('submit')}</SubmitButton>
      </FormActions>
    </Form>
  );
}
