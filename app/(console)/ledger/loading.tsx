import { ListSkeleton } from '~/components/list/list-skeleton';

export default function LedgerLoading() {
  return <ListSkeleton tabs />;
}
