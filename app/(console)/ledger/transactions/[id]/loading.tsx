import { DetailSkeleton } from '~/app/(console)/ledger/detail-skeleton';

export default function LedgerTransactionLoading() {
  return <DetailSkeleton sections={[4, 6]} />;
}
