import { ListSkeleton } from '~/app/(console)/movements/list-skeleton';

export default function LedgerLoading() {
  return <ListSkeleton tabs />;
}
