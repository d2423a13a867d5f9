import { CircleAlert, CircleCheck, CircleHelp } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Badge } from '~/components/ui/badge';
import type { NameVerdict } from '~/lib/beneficiaries/names';

const LOOKS = {
  same: { tone: 'success', icon: CircleCheck },
  similar: { tone: 'warning', icon: CircleHelp },
  different: { tone: 'danger', icon: CircleAlert },
} as const;

type HolderToldProps = {
  /** Whose account it is, as its bank says; null where it told nobody. */
  holderName: string | null;
  /** How alike that and the name that was saved are, of 100. */
  score: number | null;
  verdict: NameVerdict | null;
};

/** Whose account the bank says that it is, and how well that goes with the beneficiary's name. */
export function HolderTold({ holderName, score, verdict }: HolderToldProps) {
  const t = useTranslations('customers.beneficiaries.told');
  if (holderName === null || score === null || verdict === null)
    return <span className="text-muted-foreground">{t('nobody')}</span>;
  const { tone, icon } = LOOKS[verdict];
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
      <span className="min-w-0 break-words">{t('holder', { name: holderName })}</span>
      <Badge tone={tone} icon={icon}>
        {t(verdict, { score })}
      </Badge>
    </span>
  );
}
