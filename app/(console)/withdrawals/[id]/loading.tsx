import { DetailSkeleton } from '~/components/layout/detail-skeleton';

export default function WithdrawalLoading() {
  return <DetailSkeleton />;
}
