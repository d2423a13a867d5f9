import { ListSkeleton } from '~/app/(console)/movements/list-skeleton';

export default function DepositsLoading() {
  return <ListSkeleton tabs />;
}
