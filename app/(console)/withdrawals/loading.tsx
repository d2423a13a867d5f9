import { ListSkeleton } from '~/components/list-skeleton';

export default function WithdrawalsLoading() {
  return <ListSkeleton tabs />;
}
