import { useTranslations } from 'next-intl';
import { Badge, type Tone } from '~/components/ui/badge';
import type { RuleMode } from '~/lib/approvals/rule-words';

const TONES: Record<RuleMode, Tone> = { on: 'success', shadow: 'info', off: 'neutral' };

export function RuleModeBadge({ mode }: { mode: RuleMode }) {
  const t = useTranslations('settings.rules.modes');
  return <Badge tone={TONES[mode]}>{t(mode)}</Badge>;
}
