import { useTranslations } from 'next-intl';
import { Email, Phone, TaxId } from '~/app/(console)/customers/personal-facts';
import { DetailList } from '~/components/detail-list';
import { Identifier } from '~/components/identifier';
import { Section } from '~/components/section';
import { Timestamp } from '~/components/timestamp';
import type { getCustomer } from '~/lib/customers';
import { can, type RoleName } from '~/lib/roles';

type CustomerFactsProps = {
  customer: Awaited<ReturnType<typeof getCustomer>>;
  operator: { role: RoleName };
};

/** Who the customer is, as far as the role may see it. */
export function CustomerFacts({ customer, operator: { role } }: CustomerFactsProps) {
  const t = useTranslations('customers');
  const kinds = useTranslations('kinds.tax');
  const common = useTranslations('common');
  const { taxIdKind, taxId, country, email, phone, externalId, createdAt, id } = customer;
  return (
    <Section title={t('page.facts')} description={can(role, 'people:reveal') ? undefined : t('page.masked')}>
      <DetailList
        // Beside the lists there is no room for labels and values in one line.
        className="-my-2 min-[90rem]:[&>div]:grid-cols-1"
        items={[
          {
            label: kinds.has(taxIdKind as 'rfc') ? kinds(taxIdKind as 'rfc') : t('columns.taxId'),
            value: <TaxId value={taxId} role={role} />,
          },
          {
            label: t('columns.country'),
            value: country === 'cl' ? t('countries.cl') : t('countries.mx'),
          },
          { label: t('form.email'), value: email ? <Email value={email} role={role} /> : common('none') },
          { label: t('form.phone'), value: phone ? <Phone value={phone} role={role} /> : common('none') },
          {
            label: t('columns.externalId'),
            value: externalId ? <Identifier value={externalId} /> : common('none'),
          },
          { label: t('columns.created'), value: <Timestamp at={createdAt} /> },
          { label: t('page.id'), value: <Identifier value={id} /> },
        ]}
      />
    </Section>
  );
}
