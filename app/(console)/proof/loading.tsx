import { ListSkeleton } from '~/components/list-skeleton';

export default function ProofLoading() {
  return <ListSkeleton />;
}
