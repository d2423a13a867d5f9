import { ListSkeleton } from '~/components/list/list-skeleton';

export default function DayLoading() {
  return <ListSkeleton />;
}
