import { useLocale } from 'next-intl';
import { cn } from '~/components/ui/cn';
import { formatAmount } from '~/lib/money';

const SIZES = {
  sm: { amount: 'text-sm', code: 'text-xs' },
  md: { amount: 'text-base', code: 'text-xs' },
  lg: { amount: 'font-semibold text-xl tracking-tight', code: 'font-medium text-sm tracking-normal' },
  xl: { amount: 'font-semibold text-3xl tracking-tight', code: 'font-medium text-base tracking-normal' },
} as const;

type MoneyProps = {
  /** In the asset's smallest unit. A string where it came as JSON. */
  amount: bigint | string;
  asset: string;
  size?: keyof typeof SIZES;
  /** For movements: a plus on what came in, which is also the only coloured amount. */
  signed?: boolean;
  className?: string;
};

/** An amount with its asset's code, in the reader's number format. The minus is U+2212, as wide as the plus. */
export function Money({ amount, asset, size = 'sm', signed = false, className }: MoneyProps) {
  const locale = useLocale();
  const value = BigInt(amount);
  const incoming = signed && value > 0n;
  return (
    <span
      className={cn(
        'whitespace-nowrap tabular-nums',
        SIZES[size].amount,
        incoming && 'text-success',
        className,
      )}
    >
      {incoming ? '+' : ''}
      {formatAmount(value, asset, locale)}{' '}
      <span className={cn('text-muted-foreground', SIZES[size].code)}>{asset}</span>
    </span>
  );
}
