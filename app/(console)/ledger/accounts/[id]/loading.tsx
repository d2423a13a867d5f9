import { SectionSkeleton } from '~/components/section-skeleton';

export default function LedgerAccountLoading() {
  return <SectionSkeleton sections={[4, 12]} />;
}
