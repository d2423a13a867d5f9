import { SectionSkeleton } from '~/components/section-skeleton';

export default function LedgerTransactionLoading() {
  return <SectionSkeleton sections={[4, 6]} />;
}
