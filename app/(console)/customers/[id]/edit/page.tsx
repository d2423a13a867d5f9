import { getTranslations } from 'next-intl/server';
import { EditForm } from '~/app/(console)/customers/[id]/edit/edit-form';
import { PageHeader } from '~/components/layout/page-header';
import { Card } from '~/components/ui/card';
import { to } from '~/components/ui/to';
import { getCustomer } from '~/lib/people/customers';
import { textOf } from '~/lib/people/masking';
import { noteSeen, orNotFound, requireOperator } from '~/lib/session';

export async function generateMetadata() {
  return { title: (await getTranslations('customers'))('edit.title') };
}

export default async function EditCustomerPage({ params }: PageProps<'/customers/[id]/edit'>) {
  const operator = await requireOperator('customers:write');
  const [t, customer] = await Promise.all([
    getTranslations('customers'),
    orNotFound(getCustomer(operator, (await params).id)),
  ]);
  const { id, kind, name, country, taxId, email, phone } = customer;
  await noteSeen(id, customer.sight);
  return (
    <div className="mx-auto max-w-2xl">
      <PageHeader
        title={t('edit.title')}
        description={t('edit.description')}
        breadcrumbs={[
          { label: t('title'), href: '/customers' },
          { label: name, href: to(`/customers/${id}`) },
        ]}
      />
      <Card className="p-4 sm:p-6">
        <EditForm
          customer={{
            id,
            name,
            taxId: textOf(taxId),
            business: kind === 'business',
            country: country === 'cl' ? 'cl' : 'mx',
            email: email ? textOf(email) : '',
            phone: phone ? textOf(phone) : '',
          }}
          linked={customer._count.entities > 0}
        />
      </Card>
    </div>
  );
}
