import { useTranslations } from 'next-intl';
import { type Detail, DetailList } from '~/components/layout/detail-list';
import { Money } from '~/components/money/money';
import { ProtectedClabe } from '~/components/money/protected-clabe';
import { ReceiptFact } from '~/components/money/receipt-fact';
import { Identifier } from '~/components/record/identifier';
import { TaxId } from '~/components/record/personal-facts';
import { StatusBadge } from '~/components/record/status-badge';
import { Timestamp } from '~/components/record/timestamp';
import { Link } from '~/components/ui/link';
import { useWalletName } from '~/components/words/wallet-name-words';
import { bankShown } from '~/lib/clabe-bank';
import type { WithdrawalRecord } from '~/lib/withdrawals/read';

type FactsProps = { withdrawal: WithdrawalRecord };

/** Everything known of one withdrawal: from whom, to whom, how much, and what Fintoc says. */
export function Facts({ withdrawal }: FactsProps) {
  const t = useTranslations('withdrawals.facts');
  const nameOf = useWalletName();
  const { amount, feeAmount, asset, wallet, transfer, decided } = withdrawal;
  const facts: (Detail | null)[] = [
    {
      label: t('wallet'),
      value: (
        <Link href={`/wallets/${wallet.id}`} className="text-link hover:underline">
          {nameOf(wallet)}
        </Link>
      ),
    },
    wallet.customer && {
      label: t('customer'),
      value: (
        <Link href={`/customers/${wallet.customer.id}`} className="text-link hover:underline">
          {wallet.customer.name}
        </Link>
      ),
    },
    { label: t('amount'), value: <Money amount={amount} asset={asset} /> },
    { label: t('fee'), value: <Money amount={feeAmount} asset={asset} /> },
    { label: t('total'), value: <Money amount={amount + feeAmount} asset={asset} /> },
    ...beneficiaryFacts(withdrawal, t),
    withdrawal.comment ? { label: t('concept'), value: withdrawal.comment } : null,
    printed(t('printedConcept'), withdrawal.comment, withdrawal.printedComment),
    withdrawal.referenceId
      ? { label: t('reference'), value: <Identifier value={withdrawal.referenceId} /> }
      : null,
    transfer?.trackingKey
      ? { label: t('trackingKey'), value: <Identifier value={transfer.trackingKey} /> }
      : null,
    transfer?.receiptUrl ? { label: t('receipt'), value: <ReceiptFact url={transfer.receiptUrl} /> } : null,
    { label: t('requestedBy'), value: <WhoWhen who={withdrawal.requestedBy} at={withdrawal.createdAt} /> },
    decided && { label: t('decidedBy'), value: <WhoWhen who={decided.operatorName} at={decided.at} /> },
    withdrawal.batch && {
      label: t('batch'),
      value: (
        <Link href={`/withdrawals/batches/${withdrawal.batch.id}`} className="text-link hover:underline">
          {withdrawal.batch.fileName}
        </Link>
      ),
    },
    withdrawal.retryOf && { label: t('retryOf'), value: <Other withdrawal={withdrawal.retryOf} /> },
    withdrawal.retry && { label: t('retry'), value: <Other withdrawal={withdrawal.retry} /> },
    transfer ? { label: t('transfer'), value: <Identifier value={transfer.id} /> } : null,
    { label: t('id'), value: <Identifier value={withdrawal.id} /> },
  ];
  return <DetailList items={facts.filter((fact) => fact !== null)} />;
}

type Words = ReturnType<typeof useTranslations<'withdrawals.facts'>>;

function beneficiaryFacts(withdrawal: WithdrawalRecord, t: Words): (Detail | null)[] {
  const { beneficiaryName, destinationKind, destination, beneficiaryBank } = withdrawal;
  const { beneficiaryTaxId, printedName } = withdrawal;
  const bank = bankShown(destination, beneficiaryBank);
  return [
    { label: t('beneficiary'), value: beneficiaryName ?? '—' },
    printed(t('printedName'), beneficiaryName, printedName),
    {
      label: t(`destinations.${destinationKind}`),
      value: <ProtectedClabe value={destination} />,
    },
    bank ? { label: t('bank'), value: bank } : null,
    beneficiaryTaxId ? { label: t('taxId'), value: <TaxId value={beneficiaryTaxId} /> } : null,
  ];
}

/** The withdrawal that this one takes the place of, or that took its place. */
function Other({ withdrawal }: { withdrawal: NonNullable<WithdrawalRecord['retry']> }) {
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
      <Link
        href={`/withdrawals/${withdrawal.id}`}
        className="rounded-sm text-link hover:underline max-sm:py-2"
      >
        <Timestamp at={withdrawal.createdAt} />
      </Link>
      <StatusBadge kind="withdrawal" status={withdrawal.status} />
    </span>
  );
}

/** What the bank prints, where that isn't what was asked for. */
function printed(label: string, asked: string | null, text: string | null): Detail | null {
  return text === null || text === asked ? null : { label, value: text || '—' };
}

function WhoWhen({ who, at }: { who: string; at: Date | null }) {
  return (
    <>
      {who}
      {at ? (
        <>
          {' · '}
          <Timestamp at={at} className="text-muted-foreground" />
        </>
      ) : null}
    </>
  );
}
