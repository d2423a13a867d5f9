import { SectionSkeleton } from '~/components/section-skeleton';

export default function WebhookEventLoading() {
  return <SectionSkeleton sections={[5, 3, 12]} />;
}
