import { ListSkeleton } from '~/components/list/list-skeleton';

export default function InboxLoading() {
  return <ListSkeleton tabs />;
}
