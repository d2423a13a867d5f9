import { CircleAlert, CircleCheck, CircleDashed } from 'lucide-react';
import type { Route } from 'next';
import { useFormatter, useNow, useTranslations } from 'next-intl';
import { type ReactNode, useId } from 'react';
import { Money } from '~/components/money/money';
import { Card } from '~/components/ui/card';
import { cn } from '~/components/ui/cn';
import { Link } from '~/components/ui/link';
import { known } from '~/components/ui/to';
import type { UsualDay } from '~/lib/books/usual';
import type { Queued } from '~/lib/cash/queued';
import type { Books } from '~/lib/overview/overview';
import type { Light } from '~/lib/proof/read';

const LIGHTS: Record<Light, { icon: typeof CircleCheck; tone: string }> = {
  green: { icon: CircleCheck, tone: 'text-success' },
  amber: { icon: CircleAlert, tone: 'text-warning' },
  red: { icon: CircleAlert, tone: 'text-danger' },
  new: { icon: CircleDashed, tone: 'text-muted-foreground' },
};

/** How today stands, in the zone in which the asset's days are counted. */
export type Today = { usual: UsualDay; timeZone: string };
type TodayCardsProps = { books: Books; today: Today; queued: Queued | undefined };

/** An asset in a glance: what is owed and held with its light, today beside a usual day, and cash for what is to leave. */
export function TodayCards({ books, today, queued }: TodayCardsProps) {
  const t = useTranslations('overview.glance');
  const { asset, owed, held, proof } = books;
  const { icon: Icon, tone } = LIGHTS[proof.light];
  return (
    <section aria-label={t('label', { asset })} className="mb-6">
      <Card className="grid divide-y sm:grid-cols-2 sm:divide-y-0 xl:grid-cols-4 xl:divide-x">
        <Cell
          label={t('owed')}
          amount={owed}
          asset={asset}
          href={known(
            `/ledger?group=customer_available,customer_reserved,customer_pending,suspense&asset=${asset}`,
          )}
        >
          <span className={cn('flex items-center gap-1.5', tone)}>
            <Icon aria-hidden className="size-4 shrink-0" />
            <Link href="/proof" className="rounded-sm hover:underline max-sm:py-1">
              {t(`light.${proof.light}`)}
            </Link>
          </span>
          <span>{t.rich('held', { amount: () => <Money amount={held} asset={asset} /> })}</span>
        </Cell>
        <Side side="in" today={today} asset={asset} />
        <Side side="out" today={today} asset={asset} />
        <QueuedCell queued={queued} asset={asset} />
      </Card>
    </section>
  );
}

type CellProps = {
  label: string;
  amount: bigint;
  asset: string;
  /** The list that sums to it. */
  href: Route;
  children: ReactNode;
};

function Cell({ label, amount, asset, href, children }: CellProps) {
  const id = useId();
  return (
    <div className="grid content-start gap-1 p-4 sm:px-5">
      <h2 id={id} className="text-muted-foreground text-sm">
        {label}
      </h2>
      <Link
        href={href}
        aria-describedby={id}
        className="w-fit rounded-sm hover:text-link hover:underline max-sm:py-1"
      >
        <Money amount={amount} asset={asset} size="lg" />
      </Link>
      <div className="grid gap-0.5 text-muted-foreground text-sm">{children}</div>
    </div>
  );
}

/** What came in or went out today; and of the hours that are over, how much that was, beside what is usual by then. */
function Side({ side, today, asset }: { side: 'in' | 'out'; today: Today; asset: string }) {
  const t = useTranslations('overview.glance');
  const formatter = useFormatter();
  const now = useNow();
  const { timeZone, usual } = today;
  const { now: amount, untilHour, usual: median } = usual[side];
  const day = formatter.dateTime(now, { weekday: 'long', timeZone });
  const at = `${String(usual.hours).padStart(2, '0')}:00`;
  const of = asset === 'MXN' ? '' : `&asset=${asset}`;
  const href = known(`/day/lines?figure=${side}${of}`);
  const dayHref = known(`/day${of.replace('&', '?')}`);
  return (
    <Cell label={t(side)} amount={amount} asset={asset} href={href}>
      {usual.hours === 0 ? (
        <span>{t('early')}</span>
      ) : median === null ? (
        <span>{t('noUsual')}</span>
      ) : median === 0n ? (
        <span>{t('usuallyNone', { day, at })}</span>
      ) : (
        <>
          <Link href={dayHref} className="w-fit rounded-sm hover:text-link hover:underline max-sm:py-1">
            {t('against', {
              day,
              percent: formatter.number(Number(((untilHour - median) * 1_000n) / median) / 1_000, {
                ...{ style: 'percent', maximumFractionDigits: 0, signDisplay: 'exceptZero' },
              }),
            })}
          </Link>
          <dl className="grid w-fit grid-cols-[auto_auto] gap-x-3">
            <Until label={t('until', { at })} amount={untilHour} asset={asset} />
            <Until label={t('usual')} amount={median} asset={asset} />
          </dl>
        </>
      )}
    </Cell>
  );
}

function Until({ label, amount, asset }: { label: string; amount: bigint; asset: string }) {
  return (
    <div className="col-span-2 grid grid-cols-subgrid">
      <dt>{label}</dt>
      <dd className="text-right">
        <Money amount={amount} asset={asset} />
      </dd>
    </div>
  );
}

/** What is let out and not accepted yet, and whether there is cash for it. */
function QueuedCell({ queued, asset }: { queued: Queued | undefined; asset: string }) {
  const t = useTranslations('overview.glance');
  const { amount, count, shortfall, accounts } = queued ?? NONE;
  return (
    <Cell
      label={t('queued', { count })}
      amount={amount}
      asset={asset}
      href={known(`/withdrawals/all?status=queued,submitting&asset=${asset}`)}
    >
      {shortfall > 0n ? (
        <Link href="/cash" className="rounded-sm text-danger hover:underline max-sm:py-1">
          {t.rich('short', { accounts, amount: () => <Money amount={shortfall} asset={asset} /> })}
        </Link>
      ) : (
        <span>{t(count === 0 ? 'nothingQueued' : 'covered')}</span>
      )}
    </Cell>
  );
}

const NONE = { amount: 0n, count: 0, shortfall: 0n, accounts: 0 };
