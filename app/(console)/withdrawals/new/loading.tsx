import { DetailSkeleton } from '~/components/layout/detail-skeleton';

export default function NewWithdrawalLoading() {
  return <DetailSkeleton />;
}
