import { SectionSkeleton } from '~/components/layout/section-skeleton';

export default function LedgerAccountLoading() {
  return <SectionSkeleton sections={[4, 12]} />;
}
