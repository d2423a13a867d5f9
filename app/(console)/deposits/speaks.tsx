import { useTranslations } from 'next-intl';
import { Badge } from '~/components/ui/badge';
import type { Suggestion } from '~/lib/deposits/suggestions';

/** From here on it is more likely than not. */
const LIKELY = 60;

/** How likely it is, and what speaks for it. */
export function Speaks({ suggestion: { score, evidence } }: { suggestion: Suggestion }) {
  const t = useTranslations('deposits.evidence');
  return (
    <p className="mt-0.5 flex flex-wrap items-center gap-x-2 gap-y-0.5 text-xs">
      <Badge tone={score >= LIKELY ? 'success' : 'neutral'}>{t('score', { score })}</Badge>
      <span className="text-muted-foreground">{evidence.map((each) => t(each)).join(' · ')}</span>
    </p>
  );
}
