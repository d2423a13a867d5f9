import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { Section } from '~/components/layout/section';
import { cn } from '~/components/ui/cn';
import { MOMENT } from '~/components/words/moment';
import { formatAmount, isAsset } from '~/lib/money';
import type { CapStanding } from '~/lib/terms/caps';
import type { Utilisation as Limit } from '~/lib/terms/utilisation';

type UtilisationProps = {
  limits: Limit[];
  /** Says of each whose it is, where there are several wallets. */
  named?: boolean;
};

/** A bar for each limit: what is used of it, and when it renews. Nothing where there are none. */
export function Utilisation({ limits, named = false }: UtilisationProps) {
  const t = useTranslations('terms.use');
  if (limits.length === 0) return null;
  return (
    <Section title={t('title')} description={t('description')}>
      <ul className="grid gap-4">
        {limits.map((limit) => (
          <Bar
            key={`${limit.walletId} ${limit.asset} ${limit.direction} ${limit.name}`}
            limit={limit}
            named={named}
          />
        ))}
      </ul>
    </Section>
  );
}

function Bar({ limit, named }: { limit: Limit; named: boolean }) {
  const t = useTranslations('terms.limits');
  const { wallet, direction, name } = limit;
  const label = t(`${direction}.${name}`);
  return <LimitBar label={named ? `${wallet} · ${label}` : label} limit={limit} />;
}

/** The limits that all wallets of a portfolio share. */
export function SharedLimits({ label, limits }: { label: string; limits: readonly CapStanding[] }) {
  const t = useTranslations('terms.together');
  return (
    <ul aria-label={label} className="grid gap-3">
      {limits.map((limit) => (
        <LimitBar key={`${limit.asset} ${limit.direction}`} label={t(limit.direction)} limit={limit} />
      ))}
    </ul>
  );
}

type LimitBarProps = { label: string; limit: Omit<Limit, 'walletId' | 'wallet'> };

function LimitBar({ label, limit }: LimitBarProps) {
  const t = useTranslations('terms');
  const locale = useLocale();
  const format = useFormatter();
  const { asset, name, used, ceiling, percent, renewsAt } = limit;
  const says = (value: bigint) =>
    name.endsWith('Count') || !isAsset(asset)
      ? value.toLocaleString(locale)
      : `${formatAmount(value, asset, locale)} ${asset}`;
  return (
    <li>
      <div className="flex flex-wrap justify-between gap-x-4 text-sm">
        <span className="font-medium">{label}</span>
        <span className="tabular-nums">
          {t('use.used', { used: says(used), limit: says(ceiling) })} · {t('use.percent', { percent })}
        </span>
      </div>
      <meter className="sr-only" aria-label={label} min={0} max={100} value={Math.min(percent, 100)} />
      <div aria-hidden className="my-1 h-2 overflow-hidden rounded-full bg-muted">
        <div
          className={cn('h-full rounded-full', toneOf(percent))}
          style={{ width: `${Math.min(percent, 100)}%` }}
        />
      </div>
      {renewsAt ? (
        <p className="text-muted-foreground text-xs">
          {t('use.renews', { at: format.dateTime(renewsAt, MOMENT) })}
        </p>
      ) : null}
    </li>
  );
}

/** The levels are those at which the world is told. */
function toneOf(percent: number): string {
  if (percent >= 100) return 'bg-danger';
  return percent >= 70 ? 'bg-warning' : 'bg-primary';
}
