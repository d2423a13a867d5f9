import { ListSkeleton } from '~/app/(console)/movements/list-skeleton';

export default function AdjustmentsLoading() {
  return <ListSkeleton tabs />;
}
