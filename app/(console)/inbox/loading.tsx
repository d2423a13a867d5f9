import { ListSkeleton } from '~/components/list-skeleton';

export default function InboxLoading() {
  return <ListSkeleton tabs />;
}
