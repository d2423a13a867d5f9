import { useTranslations } from 'next-intl';
import { Section } from '~/components/layout/section';
import { type Column, DataTable } from '~/components/list/data-table';
import { Counterparty } from '~/components/money/counterparty';
import { Money } from '~/components/money/money';
import { StatusBadge } from '~/components/record/status-badge';
import { Timestamp } from '~/components/record/timestamp';
import { Button } from '~/components/ui/button';
import { Link } from '~/components/ui/link';
import { to } from '~/components/ui/to';
import type { WalletView } from '~/lib/wallets/wallets';
import type { WithdrawalRow } from '~/lib/withdrawals/read';

/** A withdrawal in one of these states holds its amount and fee in the reserved balance. */
export const IN_FLIGHT = ['awaiting_approval', 'queued', 'submitting', 'pending'] as const;

/** More would push the movements off the screen. */
const SHOWN = 5;

type HoldsProps = {
  wallet: WalletView;
  withdrawals: readonly WithdrawalRow[];
  /** What adjustments that wait set aside; they are shown by themselves. */
  adjusting: bigint;
  /** False when there are more than these. */
  complete: boolean;
};

/** What the reserved balance is set aside for: the withdrawals on their way. Nothing reserved, nothing shown. */
export function Holds({ wallet, withdrawals, adjusting, complete }: HoldsProps) {
  const t = useTranslations('wallets.holds');
  const { id, asset } = wallet;
  const reserved = wallet.balances.reserved - adjusting;
  if (withdrawals.length === 0 && reserved <= 0n) return null;
  const held = withdrawals.reduce((sum, { amount, feeAmount }) => sum + amount + feeAmount, 0n);
  return (
    <Section
      title={t('title')}
      description={t(withdrawals.length > SHOWN ? 'newest' : 'description', { count: SHOWN })}
      flush={withdrawals.length > 0}
      actions={
        <Button asChild size="sm">
          <Link href={`/withdrawals/all?wallet=${id}`}>{t('all')}</Link>
        </Button>
      }
    >
      {withdrawals.length > 0 ? (
        <DataTable
          label={t('title')}
          columns={holdColumns(t)}
          rows={withdrawals.slice(0, SHOWN)}
          rowKey={({ id }) => id}
          rowHref={({ id }) => to(`/withdrawals/${id}`)}
        />
      ) : null}
      {complete && reserved > held ? (
        <p className={withdrawals.length > 0 ? 'mt-2 text-muted-foreground text-sm' : 'text-sm'}>
          {t.rich('others', { amount: () => <Money amount={reserved - held} asset={asset} /> })}
        </p>
      ) : null}
    </Section>
  );
}

type Words = ReturnType<typeof useTranslations<'wallets.holds'>>;

function holdColumns(t: Words): Column<WithdrawalRow>[] {
  return [
    { key: 'at', header: t('requested'), cell: ({ createdAt }) => <Timestamp at={createdAt} /> },
    {
      key: 'beneficiary',
      header: t('beneficiary'),
      cell: ({ beneficiaryName, destination, beneficiaryBank }) => (
        <Counterparty name={beneficiaryName} number={destination} bank={beneficiaryBank} />
      ),
    },
    { key: 'by', header: t('by'), cell: ({ requestedBy }) => requestedBy, hideBelow: 'md' },
    {
      key: 'status',
      header: t('status'),
      cell: ({ status }) => <StatusBadge kind="withdrawal" status={status} />,
    },
    {
      key: 'held',
      header: t('held'),
      align: 'end',
      cell: ({ amount, feeAmount, asset }) => <Money amount={amount + feeAmount} asset={asset} />,
    },
  ];
}
