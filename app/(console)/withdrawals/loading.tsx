import { ListSkeleton } from '~/components/list/list-skeleton';

export default function WithdrawalsLoading() {
  return <ListSkeleton tabs />;
}
