import { ListSkeleton } from '~/app/(console)/movements/list-skeleton';

export default function ProofLoading() {
  return <ListSkeleton />;
}
