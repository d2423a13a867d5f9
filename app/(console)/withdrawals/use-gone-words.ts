import { useTranslations } from 'next-intl';
import { useAgo } from '~/app/(console)/withdrawals/approval-clock';
import type { Decision } from '~/lib/withdrawals/approvals';

/** Who decided what on a withdrawal that was shown as waiting, and when. */
export function useGoneWords(): (decision: Decision | null) => string {
  const t = useTranslations('approvals.gone');
  const ago = useAgo();
  return (made) => (made ? t(made.decision, { name: made.by, ago: ago(made.at) }) : t('unknown'));
}
