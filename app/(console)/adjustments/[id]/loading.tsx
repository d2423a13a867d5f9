import { DetailSkeleton } from '~/components/detail-skeleton';

export default function AdjustmentLoading() {
  return <DetailSkeleton />;
}
