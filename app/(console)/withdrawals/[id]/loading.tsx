import { DetailSkeleton } from '~/components/detail-skeleton';

export default function WithdrawalLoading() {
  return <DetailSkeleton />;
}
