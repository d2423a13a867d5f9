import { ListSkeleton } from '~/components/list/list-skeleton';

export default function CasesLoading() {
  return <ListSkeleton />;
}
