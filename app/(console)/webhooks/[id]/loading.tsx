import { DetailSkeleton } from '~/app/(console)/ledger/detail-skeleton';

export default function WebhookEventLoading() {
  return <DetailSkeleton sections={[5, 3, 12]} />;
}
