import { ListSkeleton } from '~/components/list-skeleton';

export default function CasesLoading() {
  return <ListSkeleton />;
}
