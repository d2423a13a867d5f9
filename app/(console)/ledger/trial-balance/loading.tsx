import { DetailSkeleton } from '~/app/(console)/ledger/detail-skeleton';

export default function TrialBalanceLoading() {
  return <DetailSkeleton sections={[8]} />;
}
