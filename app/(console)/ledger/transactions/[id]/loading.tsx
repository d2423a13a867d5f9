import { SectionSkeleton } from '~/components/layout/section-skeleton';

export default function LedgerTransactionLoading() {
  return <SectionSkeleton sections={[4, 6]} />;
}
