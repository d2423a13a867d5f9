import { ListSkeleton } from '~/components/list-skeleton';

export default function AdjustmentsLoading() {
  return <ListSkeleton tabs />;
}
