import { useFormatter, useTranslations } from 'next-intl';
import { type DayLook, linesHref } from '~/app/(console)/day/params';
import { Stat } from '~/components/layout/stat';
import { Money } from '~/components/money/money';
import { known } from '~/components/ui/to';
import type { Day, Told } from '~/lib/books/day';
import type { Figure } from '~/lib/ledger/figures';

/** The three numbers that people ask for first, each beside what it was before. */
export function Glance({ day, look }: { day: Day; look: DayLook }) {
  const t = useTranslations('day.glance');
  const change = useChange();
  const figures = ['in', 'out', ...(look.accountId ? [] : ['fees' as const])] as const satisfies Figure[];
  return (
    <section aria-label={t('title')} className="mb-6 grid gap-3 sm:grid-cols-3">
      {figures.map((figure) => (
        <Stat
          key={figure}
          label={t(figure, { count: day.figures[figure].entries })}
          value={<Money amount={day.figures[figure].amount} asset={look.asset} size="lg" />}
          detail={change(day.figures[figure], day.before[figure], look.before.isPart ? 'part' : 'whole')}
          href={known(linesHref(look, look, figure))}
        />
      ))}
    </section>
  );
}

/** What changed against the days before, in words; beside their own column, `brief`. */
export function useChange() {
  const t = useTranslations('day.change');
  const formatter = useFormatter();
  return (now: Told, before: Told, how: 'whole' | 'part' | 'brief'): string => {
    if (before.amount === 0n) return how === 'brief' ? '' : t(now.amount === 0n ? 'neither' : 'none');
    const share = shareOf(now.amount - before.amount, before.amount);
    const percent = formatter.number(share, {
      ...{ style: 'percent', maximumFractionDigits: 1, signDisplay: 'exceptZero' },
    });
    // The minus of amounts, as wide as the plus.
    return t(how, { percent: percent.replace('-', '\u2212') });
  };
}

/** A part of an amount for the eye, to a tenth of a percent: money itself is never made a float. */
export function shareOf(part: bigint, whole: bigint): number {
  return whole === 0n ? 0 : Number((part * 1_000n) / whole) / 1_000;
}
