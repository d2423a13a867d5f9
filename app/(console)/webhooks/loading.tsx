import { ListSkeleton } from '~/components/list-skeleton';

export default function WebhooksLoading() {
  return <ListSkeleton tabs />;
}
