import { CircleAlert, CircleCheck, CircleHelp } from 'lucide-react';
import { useFormatter, useNow, useTranslations } from 'next-intl';
import { AskFintoc } from '~/app/(console)/overview/ask-fintoc';
import { Money } from '~/components/money/money';
import { Timestamp } from '~/components/record/timestamp';
import type { FintocSaid } from '~/lib/books/fintoc-said';
import { can, type Role } from '~/lib/roles';

const LOOKS = {
  equal: { icon: CircleCheck, tone: 'text-success' },
  differs: { icon: CircleAlert, tone: 'text-warning' },
  unknown: { icon: CircleHelp, tone: 'text-muted-foreground' },
} as const;

type FintocSaidLineProps = { said: FintocSaid | null; asset: string; role: Role };

/** Fintoc's own last word, when it said it, and whether the ledger said the same at that moment. */
export function FintocSaidLine({ said, asset, role }: FintocSaidLineProps) {
  const t = useTranslations('overview.fintoc');
  const formatter = useFormatter();
  const now = useNow();
  const { icon: Icon, tone } = LOOKS[said?.agreement ?? 'unknown'];
  return (
    <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
      <p className="flex min-w-0 flex-1 basis-80 items-start gap-2">
        <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${tone}`} />
        <span>
          {said === null
            ? t('never')
            : t.rich('said', {
                amount: () => <Money amount={said.said} asset={asset} className="font-medium" />,
                at: () => <Timestamp at={said.at} format="time" />,
                ago: formatter.relativeTime(said.at, now),
              })}{' '}
          {said === null
            ? null
            : t.rich(wordOf(said), {
                amount: () => (
                  <Money
                    amount={said.off < 0n ? -said.off : said.off}
                    asset={asset}
                    className="font-medium"
                  />
                ),
              })}
        </span>
      </p>
      {can(role, 'fintoc:sync') ? <AskFintoc label={t('ask')} done={t('asked')} /> : null}
    </div>
  );
}

function wordOf({ agreement, off }: FintocSaid): 'equal' | 'unknown' | 'above' | 'below' {
  if (agreement !== 'differs') return agreement;
  return off > 0n ? 'above' : 'below';
}
