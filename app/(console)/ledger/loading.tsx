import { ListSkeleton } from '~/components/list-skeleton';

export default function LedgerLoading() {
  return <ListSkeleton tabs />;
}
