import { ListSkeleton } from '~/app/(console)/movements/list-skeleton';

export default function WithdrawalsLoading() {
  return <ListSkeleton tabs />;
}
