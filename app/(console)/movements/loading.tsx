import { ListSkeleton } from '~/components/list/list-skeleton';

export default function MovementsLoading() {
  return <ListSkeleton />;
}
