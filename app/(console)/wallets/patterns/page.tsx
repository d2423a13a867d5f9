import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { Comparison } from '~/app/(console)/wallets/patterns/comparison';
import { PageHeader } from '~/components/layout/page-header';
import { textParam } from '~/components/list/search-params';
import { Button } from '~/components/ui/button';
import { Link } from '~/components/ui/link';
import { to } from '~/components/ui/to';
import { comparePatterns } from '~/lib/patterns/compare';
import { getCustomer } from '~/lib/people/customers';
import { can } from '~/lib/roles';
import { orNotFound, requireOperator } from '~/lib/session';

export async function generateMetadata() {
  return { title: (await getTranslations('patterns.compare'))('title') };
}

/** The patterns for a customer who has no wallet in them yet. */
export default async function PatternsPage({ searchParams }: PageProps<'/wallets/patterns'>) {
  const operator = await requireOperator('console:read');
  const params = await searchParams;
  const customerId = textParam(params, 'customer') ?? notFound();
  const asset = textParam(params, 'asset') ?? 'MXN';
  const [t, wallets, customer] = await Promise.all([
    getTranslations('patterns.compare'),
    getTranslations('wallets'),
    orNotFound(getCustomer(operator, customerId)),
  ]);
  const facts = await comparePatterns(operator, { customerId: customer.id, asset });
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('description', { name: customer.name, asset })}
        breadcrumbs={[{ label: wallets('title'), href: '/wallets' }]}
        actions={
          can(operator.role, 'wallets:provision') ? (
            <Button asChild variant="primary">
              <Link href={to(`/wallets/new?customer=${customer.id}`)}>{t('choose')}</Link>
            </Button>
          ) : null
        }
      />
      <Comparison facts={facts} asset={asset} />
    </>
  );
}
