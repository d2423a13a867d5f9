import { Pencil } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Reveal } from '~/app/(console)/reveals/reveal';
import { DetailList } from '~/components/layout/detail-list';
import { Section } from '~/components/layout/section';
import { Identifier } from '~/components/record/identifier';
import { maskedHint } from '~/components/record/masked-hint';
import { Email, Phone, TaxId } from '~/components/record/personal-facts';
import { Timestamp } from '~/components/record/timestamp';
import { Button } from '~/components/ui/button';
import { Link } from '~/components/ui/link';
import type { CustomerRecord } from '~/lib/people/customers';
import { textOf } from '~/lib/people/masking';

type CustomerFactsProps = {
  customer: CustomerRecord;
  mayEdit: boolean;
};

/** Who the customer is, as far as this operator sees it now. */
export function CustomerFacts({ customer, mayEdit }: CustomerFactsProps) {
  const t = useTranslations('customers');
  const kinds = useTranslations('kinds.tax');
  const common = useTranslations('common');
  const reveals = useTranslations('reveals');
  const { sight } = customer;
  const { taxIdKind, taxId, country, email, phone, externalId, createdAt, id } = customer;
  return (
    <Section
      title={t('page.facts')}
      description={maskedHint(reveals, sight)}
      actions={
        <>
          <Reveal sight={sight} name={customer.name} />
          {mayEdit ? (
            <Button asChild size="sm">
              <Link href={`/customers/${id}/edit`}>
                <Pencil aria-hidden />
                {t('edit.action')}
              </Link>
            </Button>
          ) : null}
        </>
      }
    >
      <DetailList
        // Beside the lists there is no room for labels and values in one line.
        className="-my-2 min-[90rem]:[&>div]:grid-cols-1"
        items={[
          {
            label: kinds.has(taxIdKind as 'rfc') ? kinds(taxIdKind as 'rfc') : t('columns.taxId'),
            value: textOf(taxId) ? <TaxId value={taxId} /> : common('none'),
          },
          {
            label: t('columns.country'),
            value: country === 'cl' ? t('countries.cl') : t('countries.mx'),
          },
          { label: t('form.email'), value: email ? <Email value={email} /> : common('none') },
          { label: t('form.phone'), value: phone ? <Phone value={phone} /> : common('none') },
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
