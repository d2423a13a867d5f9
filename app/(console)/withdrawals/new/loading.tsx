import { DetailSkeleton } from '~/components/detail-skeleton';

export default function NewWithdrawalLoading() {
  return <DetailSkeleton />;
}
