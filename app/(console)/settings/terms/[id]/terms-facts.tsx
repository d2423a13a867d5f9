import { useTranslations } from 'next-intl';
import { DetailList } from '~/components/layout/detail-list';
import { Money } from '~/components/money/money';
import type { TermsRecord } from '~/lib/terms/terms';

type TermsFactsProps = { terms: TermsRecord };

/** The terms for who may read them and not change them. */
export function TermsFacts({ terms }: TermsFactsProps) {
  const t = useTranslations('settings.terms');
  const { asset } = terms;
  const switched = (isOn: boolean) => t(isOn ? 'on' : 'off');
  const limit = (amount: bigint | null) =>
    amount === null ? t('noLimit') : <Money amount={amount} asset={asset} />;
  const fee = (amount: bigint) => (amount === 0n ? t('noFee') : <Money amount={amount} asset={asset} />);
  return (
    <DetailList
      items={[
        { label: t('depositsEnabled'), value: switched(terms.depositsEnabled) },
        { label: t('withdrawalsEnabled'), value: switched(terms.withdrawalsEnabled) },
        { label: t('withdrawalMaxAmount'), value: limit(terms.withdrawalMaxAmount) },
        { label: t('withdrawalDayAmount'), value: limit(terms.withdrawalDayAmount) },
        { label: t('depositFeeAmount'), value: fee(terms.depositFeeAmount) },
        { label: t('withdrawalFeeAmount'), value: fee(terms.withdrawalFeeAmount) },
        { label: t('refundFeeOnReturn'), value: switched(terms.refundFeeOnReturn) },
      ]}
    />
  );
}
