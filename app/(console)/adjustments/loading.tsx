import { ListSkeleton } from '~/components/list/list-skeleton';

export default function AdjustmentsLoading() {
  return <ListSkeleton tabs />;
}
