import { ListSkeleton } from '~/components/list-skeleton';

export default function ApprovalsLoading() {
  return <ListSkeleton tabs />;
}
