import { ListSkeleton } from '~/components/list/list-skeleton';

export default function ProofLoading() {
  return <ListSkeleton />;
}
