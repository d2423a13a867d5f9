import { DetailSkeleton } from '~/components/detail-skeleton';

export default function DepositLoading() {
  return <DetailSkeleton />;
}
