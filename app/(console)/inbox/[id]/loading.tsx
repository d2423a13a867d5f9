import { SectionSkeleton } from '~/components/section-skeleton';

export default function EventLoading() {
  return <SectionSkeleton sections={[5, 3, 12]} />;
}
