import { CircleAlert, CircleCheck, CircleDashed } from 'lucide-react';
import type { Route } from 'next';
import Link from 'next/link';
import { useFormatter, useNow, useTranslations } from 'next-intl';
import { Money } from '~/components/money';
import { Button } from '~/components/ui/button';
import type { ProofSummary } from '~/lib/proof/read';

const LOOKS = {
  green: { icon: CircleCheck, tone: 'text-success' },
  amber: { icon: CircleAlert, tone: 'text-warning' },
  red: { icon: CircleAlert, tone: 'text-danger' },
  new: { icon: CircleDashed, tone: 'text-muted-foreground' },
} as const;

/** The proof light of an asset: whether the books equal Fintoc's, movement by movement. */
export function ProofLine({ proof }: { proof: ProofSummary | null }) {
  const t = useTranslations('proof.overview');
  const formatter = useFormatter();
  const now = useNow();
  const { light, movements, asset, open, provenAt } = proof ?? NOTHING;
  const { icon: Icon, tone } = LOOKS[light];
  return (
    <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
      <p className="flex min-w-0 flex-1 basis-80 items-start gap-2">
        <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${tone}`} />
        <span className={light === 'red' ? 'font-medium' : undefined}>
          {light === 'green'
            ? t.rich('green', {
                count: Number(movements),
                zero: () => <Money amount={0n} asset={asset} className="font-medium" />,
                ago: () => (provenAt ? formatter.relativeTime(provenAt, now) : ''),
              })
            : t(light, { count: open })}
        </span>
      </p>
      <Button asChild size="sm">
        <Link href={'/proof' as Route}>{t('see')}</Link>
      </Button>
    </div>
  );
}

const NOTHING: ProofSummary = {
  asset: 'MXN',
  light: 'new',
  accounts: 0,
  green: 0,
  open: 0,
  movements: 0n,
  provenAt: null,
};
