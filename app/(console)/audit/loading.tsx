import { ListSkeleton } from '~/app/(console)/movements/list-skeleton';

export default function AuditLoading() {
  return <ListSkeleton />;
}
