import { ListSkeleton } from '~/app/(console)/movements/list-skeleton';

export default function WebhooksLoading() {
  return <ListSkeleton tabs />;
}
