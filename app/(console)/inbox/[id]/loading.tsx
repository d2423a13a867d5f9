import { SectionSkeleton } from '~/components/layout/section-skeleton';

export default function EventLoading() {
  return <SectionSkeleton sections={[5, 3, 12]} />;
}
