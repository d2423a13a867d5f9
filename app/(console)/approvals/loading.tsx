import { ListSkeleton } from '~/components/list/list-skeleton';

export default function ApprovalsLoading() {
  return <ListSkeleton tabs />;
}
