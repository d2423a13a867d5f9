import { DetailSkeleton } from '~/app/(console)/movements/detail-skeleton';

export default function NewAdjustmentLoading() {
  return <DetailSkeleton />;
}
