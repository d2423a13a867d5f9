import { SectionSkeleton } from '~/components/section-skeleton';

export default function TrialBalanceLoading() {
  return <SectionSkeleton sections={[8]} />;
}
