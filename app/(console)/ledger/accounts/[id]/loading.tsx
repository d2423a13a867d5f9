import { DetailSkeleton } from '~/app/(console)/ledger/detail-skeleton';

export default function LedgerAccountLoading() {
  return <DetailSkeleton sections={[4, 12]} />;
}
