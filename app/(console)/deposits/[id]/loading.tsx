import { DetailSkeleton } from '~/components/layout/detail-skeleton';

export default function DepositLoading() {
  return <DetailSkeleton />;
}
