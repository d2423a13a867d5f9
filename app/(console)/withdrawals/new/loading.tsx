import { DetailSkeleton } from '~/app/(console)/movements/detail-skeleton';

export default function NewWithdrawalLoading() {
  return <DetailSkeleton />;
}
