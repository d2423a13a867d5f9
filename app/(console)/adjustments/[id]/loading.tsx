import { DetailSkeleton } from '~/components/layout/detail-skeleton';

export default function AdjustmentLoading() {
  return <DetailSkeleton />;
}
