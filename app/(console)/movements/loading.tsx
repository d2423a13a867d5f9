import { ListSkeleton } from '~/app/(console)/movements/list-skeleton';

export default function MovementsLoading() {
  return <ListSkeleton />;
}
