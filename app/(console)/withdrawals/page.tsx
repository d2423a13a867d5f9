import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { WithdrawalList } from '~/app/(console)/withdrawals/withdrawal-list';
import { type SearchParams, textParam } from '~/components/list/search-params';
import { requireOperator } from '~/lib/session';

export async function generateMetadata() {
  return { title: (await getTranslations('withdrawals'))('title') };
}

export default async function WithdrawalsPage({ searchParams }: PageProps<'/withdrawals'>) {
  const operator = await requireOperator('console:read');
  const params = await searchParams;
  sendStatusesToAll(params);
  return (
    <WithdrawalList view="waiting" statuses={['awaiting_approval']} params={params} operator={operator} />
  );
}

/** A link may ask for other states: they are listed elsewhere. */
function sendStatusesToAll(params: SearchParams): void {
  const status = textParam(params, 'status');
  if (status && status !== 'awaiting_approval')
    redirect(`/withdrawals/all?status=${encodeURIComponent(status)}`);
}
