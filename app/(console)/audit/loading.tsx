import { ListSkeleton } from '~/components/list/list-skeleton';

export default function AuditLoading() {
  return <ListSkeleton />;
}
