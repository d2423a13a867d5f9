import { getTranslations } from 'next-intl/server';
import { CustomerForm } from '~/app/(console)/customers/new/customer-form';
import { PageHeader } from '~/components/layout/page-header';
import { Card } from '~/components/ui/card';
import { requireOperator } from '~/lib/session';

export async function generateMetadata() {
  return { title: (await getTranslations('customers'))('form.title') };
}

export default async function NewCustomerPage() {
  await requireOperator('customers:write');
  const t = await getTranslations('customers');
  return (
    <div className="mx-auto max-w-2xl">
      <PageHeader
        title={t('form.title')}
        description={t('form.description')}
        breadcrumbs={[{ label: t('title'), href: '/customers' }]}
      />
      <Card className="p-4 sm:p-6">
        <CustomerForm />
      </Card>
    </div>
  );
}
