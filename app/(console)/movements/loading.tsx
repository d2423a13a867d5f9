import { ListSkeleton } from '~/components/list-skeleton';

export default function MovementsLoading() {
  return <ListSkeleton />;
}
