import { useLocale } from 'next-intl';
import { cn } from '~/components/ui/cn';
import { formatAmount } from '~/lib/money';

type ColumnAmountProps = { amount: bigint; asset: string; className?: string };

/** An amount in a column whose head names the asset; an empty cell of the books is a dash. */
export function ColumnAmount({ amount, asset, className }: ColumnAmountProps) {
  const locale = useLocale();
  if (amount === 0n) return <span className="text-muted-foreground">—</span>;
  return (
    <span className={cn('whitespace-nowrap tabular-nums', className)}>
      {formatAmount(amount, asset, locale)}
    </span>
  );
}
