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
          detail={change(day.figures[figure], day.before[figure], look.before.isPart)}
          href={known(linesHref(look, look, figure))}
        />
      ))}
    </section>
  );
}

/** What changed against the days before, in words. Without days before to compare with, that there are none. */
export function useChange() {
  const t = useTranslations('day.change');
  const formatter = useFormatter();
  return (now: Told, before: Told, isPart: boolean): string => {
    if (before.amount === 0n) return t(now.amount === 0n ? 'neither' : 'none');
    const share = shareOf(now.amount - before.amount, before.amount);
    const percent = formatter.number(share, {
      ...{ style: 'percent', maximumFractionDigits: 1, signDisplay: 'exceptZero' },
    });
    return t(isPart ? 'part' : 'whole', { percent });
  };
}

/** A part of an amount for the eye, to a tenth of a percent: money itself is never made a float. */
export function shareOf(part: bigint, whole: bigint): number {
  return whole === 0n ? 0 : Number((part * 1_000n) / whole) / 1_000;
}
