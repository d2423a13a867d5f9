import { useTranslations } from 'next-intl';
import { DetailList } from '~/components/layout/detail-list';
import { Section } from '~/components/layout/section';
import { Money } from '~/components/money/money';
import { Badge } from '~/components/ui/badge';
import type { WalletView } from '~/lib/wallets/wallets';

/** The limits, fees and rail switches that this wallet lives under. */
export function TermsSummary({ wallet: { terms } }: { wallet: WalletView }) {
  const t = useTranslations('wallets.terms');
  const limit = (amount: bigint | null) =>
    amount === null ? t('noLimit') : <Money amount={amount} asset={terms.asset} />;
  const fee = (amount: bigint) => (amount === 0n ? t('free') : <Money amount={amount} asset={terms.asset} />);
  return (
    <Section title={t('title')} description={t('description', { name: terms.name })}>
      <DetailList
        className="-my-2"
        items={[
          { label: t('deposits'), value: <Allowed yes={terms.depositsEnabled} /> },
          { label: t('withdrawals'), value: <Allowed yes={terms.withdrawalsEnabled} /> },
          { label: t('perWithdrawal'), value: limit(terms.withdrawalMaxAmount) },
          { label: t('perDay'), value: limit(terms.withdrawalDayAmount) },
          { label: t('depositFee'), value: fee(terms.depositFeeAmount) },
          { label: t('withdrawalFee'), value: fee(terms.withdrawalFeeAmount) },
          { label: t('refund'), value: t(terms.refundFeeOnReturn ? 'refunded' : 'notRefunded') },
        ]}
      />
    </Section>
  );
}

function Allowed({ yes }: { yes: boolean }) {
  const t = useTranslations('wallets.terms');
  return <Badge tone={yes ? 'success' : 'neutral'}>{t(yes ? 'allowed' : 'notAllowed')}</Badge>;
}
