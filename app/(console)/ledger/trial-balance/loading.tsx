import { SectionSkeleton } from '~/components/layout/section-skeleton';

export default function TrialBalanceLoading() {
  return <SectionSkeleton sections={[8]} />;
}
