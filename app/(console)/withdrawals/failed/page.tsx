import { getTranslations } from 'next-intl/server';
import { WithdrawalList } from '~/app/(console)/withdrawals/withdrawal-list';
import { requireOperator } from '~/lib/session';
import { CAME_BACK } from '~/lib/withdrawals/waiting';

export async function generateMetadata() {
  return { title: (await getTranslations('withdrawals'))('title') };
}

export default async function FailedWithdrawalsPage({ searchParams }: PageProps<'/withdrawals/failed'>) {
  const operator = await requireOperator('console:read');
  return (
    <WithdrawalList view="failed" statuses={CAME_BACK} params={await searchParams} operator={operator} />
  );
}
