import { getTranslations } from 'next-intl/server';
import { AdjustmentList } from '~/app/(console)/adjustments/adjustment-list';
import { requireOperator } from '~/lib/session';

export async function generateMetadata() {
  return { title: (await getTranslations('adjustments'))('title') };
}

export default async function AllAdjustmentsPage({ searchParams }: PageProps<'/adjustments/all'>) {
  const operator = await requireOperator('console:read');
  return <AdjustmentList view="all" params={await searchParams} operator={operator} />;
}
