import { ListSkeleton } from '~/components/list-skeleton';

export default function DepositsLoading() {
  return <ListSkeleton tabs />;
}
