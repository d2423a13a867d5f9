import { DetailSkeleton } from '~/components/layout/detail-skeleton';

export default function NewAdjustmentLoading() {
  return <DetailSkeleton />;
}
