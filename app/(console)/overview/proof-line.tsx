import { CircleAlert, CircleCheck, CircleDashed } from 'lucide-react';
import { useFormatter, useNow, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { ProvenLine, WaitsLine } from '~/components/money/proven-line';
import { Timestamp } from '~/components/record/timestamp';
import { Button } from '~/components/ui/button';
import { Link } from '~/components/ui/link';
import type { Proven } from '~/lib/overview/overview';
import type { ProofSummary } from '~/lib/proof/read';

const LOOKS = {
  green: { icon: CircleCheck, tone: 'text-success' },
  amber: { icon: CircleAlert, tone: 'text-warning' },
  red: { icon: CircleAlert, tone: 'text-danger' },
  new: { icon: CircleDashed, tone: 'text-muted-foreground' },
} as const;

const TONES = {
  green: 'text-muted-foreground',
  amber: undefined,
  red: 'font-medium',
  new: 'text-muted-foreground',
} as const;

/** The proof light of an asset: how far the books equal Fintoc's, movement by movement, and what speaks against it. */
export function ProofLine({ proof: { light, summary, ledger } }: { proof: Proven }) {
  const t = useTranslations('proof.overview');
  const { icon: Icon, tone } = LOOKS[light];
  return (
    <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
      <div className="flex min-w-0 flex-1 basis-80 items-start gap-2">
        <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${tone}`} />
        <div className="grid min-w-0 gap-1">
          {summary?.last ? (
            <p>
              <ProvenLine
                last={summary.last}
                count={summary.movements}
                difference={summary.off}
                asset={summary.asset}
                accounts={summary.accounts}
              />
            </p>
          ) : null}
          <LedgerWord ledger={ledger} />
          <p className={TONES[summary?.light ?? 'new']}>{summary ? <Word summary={summary} /> : t('new')}</p>
        </div>
      </div>
      <Button asChild size="sm">
        <Link href="/proof">{t('see')}</Link>
      </Button>
    </div>
  );
}

/** What the accounts' light stands for. */
function Word({ summary }: { summary: ProofSummary }): ReactNode {
  const t = useTranslations('proof.overview');
  const formatter = useFormatter();
  const now = useNow();
  const { light, open, laggingCount, laggingSince, provenAt } = summary;
  if (open > 0) return t('red', { count: open });
  if (laggingSince) return <WaitsLine count={laggingCount} since={laggingSince} />;
  if (light === 'green') return t('green', { ago: provenAt ? formatter.relativeTime(provenAt, now) : '' });
  return t(light, { count: 0 });
}

function LedgerWord({ ledger: { light, faults, at } }: Pick<Proven, 'ledger'>) {
  const t = useTranslations('proof.overview');
  if (faults > 0)
    return (
      <p className="font-medium">
        {t.rich('ledger', {
          count: faults,
          link: (chunks) => (
            <Link href="/proof" className="rounded-sm text-link underline underline-offset-2 max-sm:py-2">
              {chunks}
            </Link>
          ),
        })}
      </p>
    );
  if (!at || (light !== 'amber' && light !== 'red')) return null;
  return (
    <p className="font-medium">
      {t.rich('ledgerLate', { at: () => <Timestamp at={at} format="seconds" /> })}
    </p>
  );
}
