import { DetailSkeleton } from '~/components/layout/detail-skeleton';

export default function HoldsLoading() {
  return <DetailSkeleton />;
}
