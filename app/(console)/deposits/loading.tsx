import { ListSkeleton } from '~/components/list/list-skeleton';

export default function DepositsLoading() {
  return <ListSkeleton tabs />;
}
