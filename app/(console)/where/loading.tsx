import { ListSkeleton } from '~/components/list-skeleton';

export default function WhereLoading() {
  return <ListSkeleton />;
}
