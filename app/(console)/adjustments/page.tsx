import { getTranslations } from 'next-intl/server';
import { AdjustmentList } from '~/app/(console)/adjustments/adjustment-list';
import { requireOperator } from '~/lib/session';

export async function generateMetadata() {
  return { title: (await getTranslations('adjustments'))('title') };
}

export default async function AdjustmentsPage({ searchParams }: PageProps<'/adjustments'>) {
  const operator = await requireOperator('console:read');
  return <AdjustmentList view="waiting" params={await searchParams} operator={operator} />;
}
