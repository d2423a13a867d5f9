import { ListSkeleton } from '~/components/list/list-skeleton';

export default function WhereLoading() {
  return <ListSkeleton />;
}
