import { DetailSkeleton } from '~/components/detail-skeleton';

export default function NewAdjustmentLoading() {
  return <DetailSkeleton />;
}
