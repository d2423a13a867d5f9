import { getTranslations } from 'next-intl/server';
import { WithdrawalList } from '~/app/(console)/withdrawals/withdrawal-list';
import { requireOperator } from '~/lib/session';
import { IN_FLIGHT } from '~/lib/withdrawals/waiting';

export async function generateMetadata() {
  return { title: (await getTranslations('withdrawals'))('title') };
}

export default async function InFlightWithdrawalsPage({ searchParams }: PageProps<'/withdrawals/in-flight'>) {
  const operator = await requireOperator('console:read');
  return (
    <WithdrawalList view="inFlight" statuses={IN_FLIGHT} params={await searchParams} operator={operator} />
  );
}
