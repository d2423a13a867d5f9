import { ListSkeleton } from '~/components/list-skeleton';

export default function AuditLoading() {
  return <ListSkeleton />;
}
