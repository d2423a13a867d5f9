import { useFormatter, useTranslations } from 'next-intl';
import { Money } from '~/components/money/money';
import { Link } from '~/components/ui/link';
import { to } from '~/components/ui/to';
import type { Planned as PlannedOf } from '~/lib/schedules/read';

type PlannedProps = {
  walletId: string;
  asset: string;
  planned: PlannedOf;
};

/** Under the balances: what is going to leave them, and isn't held yet. */
export function Planned({ walletId, asset, planned }: PlannedProps) {
  const t = useTranslations('schedules');
  const formatter = useFormatter();
  const { count, amount, first } = planned;
  return (
    <p className="-mt-5 mb-8 text-muted-foreground text-sm">
      {t.rich('planned', {
        count,
        amount: () => <Money amount={amount} asset={asset} className="font-medium text-foreground" />,
        day: formatter.dateTime(first, { day: 'numeric', month: 'long' }),
      })}{' '}
      <Link
        href={to(`/withdrawals/scheduled?wallet=${walletId}`)}
        className="rounded-sm text-link hover:underline"
      >
        {t('see')}
      </Link>
    </p>
  );
}
