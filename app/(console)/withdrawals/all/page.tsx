import { getTranslations } from 'next-intl/server';
import { WITHDRAWAL_STATUSES } from '~/app/(console)/withdrawals/params';
import { WithdrawalList } from '~/app/(console)/withdrawals/withdrawal-list';
import { requireOperator } from '~/lib/session';

export async function generateMetadata() {
  return { title: (await getTranslations('withdrawals'))('title') };
}

export default async function AllWithdrawalsPage({ searchParams }: PageProps<'/withdrawals/all'>) {
  const operator = await requireOperator('console:read');
  return (
    <WithdrawalList
      view="all"
      statuses={WITHDRAWAL_STATUSES}
      params={await searchParams}
      operator={operator}
    />
  );
}
