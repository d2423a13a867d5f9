import { ExternalLink } from 'lucide-react';
import type { Route } from 'next';
import { useTranslations } from 'next-intl';
import { TaxId } from '~/app/(console)/customers/personal-facts';
import { ProtectedClabe } from '~/app/(console)/movements/counterparty';
import { useWalletName } from '~/app/(console)/wallets/wallet-table';
import { type Detail, DetailList } from '~/components/detail-list';
import { Identifier } from '~/components/identifier';
import { Money } from '~/components/money';
import { Timestamp } from '~/components/timestamp';
import { Link } from '~/components/ui/link';
import { bankShown } from '~/lib/clabe';
import type { getWithdrawal } from '~/lib/transfers/read';

type Withdrawal = Awaited<ReturnType<typeof getWithdrawal>>;
type FactsProps = { withdrawal: Withdrawal; seen: boolean };

/** Everything known of one withdrawal: from whom, to whom, how much, and what Fintoc says. */
export function Facts({ withdrawal, seen }: FactsProps) {
  const t = useTranslations('withdrawals.facts');
  const nameOf = useWalletName();
  const { amount, feeAmount, asset, wallet, transfer } = withdrawal;
  const facts: (Detail | null)[] = [
    {
      label: t('wallet'),
      value: (
        <Link href={`/wallets/${wallet.id}` as Route} className="text-link hover:underline">
          {nameOf(wallet)}
        </Link>
      ),
    },
    wallet.customer && {
      label: t('customer'),
      value: (
        <Link href={`/customers/${wallet.customer.id}` as Route} className="text-link hover:underline">
          {wallet.customer.name}
        </Link>
      ),
    },
    { label: t('amount'), value: <Money amount={amount} asset={asset} /> },
    { label: t('fee'), value: <Money amount={feeAmount} asset={asset} /> },
    { label: t('total'), value: <Money amount={amount + feeAmount} asset={asset} /> },
    ...beneficiaryFacts(withdrawal, seen, t),
    withdrawal.comment ? { label: t('concept'), value: withdrawal.comment } : null,
    withdrawal.referenceId
      ? { label: t('reference'), value: <Identifier value={withdrawal.referenceId} /> }
      : null,
    transfer?.trackingKey
      ? { label: t('trackingKey'), value: <Identifier value={transfer.trackingKey} /> }
      : null,
    transfer?.receiptUrl
      ? { label: t('receipt'), value: <ReceiptFact url={transfer.receiptUrl} seen={seen} /> }
      : null,
    { label: t('requestedBy'), value: <WhoWhen who={withdrawal.requestedBy} at={withdrawal.createdAt} /> },
    withdrawal.approvedBy
      ? { label: t('decidedBy'), value: <WhoWhen who={withdrawal.approvedBy} at={withdrawal.decidedAt} /> }
      : null,
    transfer ? { label: t('transfer'), value: <Identifier value={transfer.id} /> } : null,
    { label: t('id'), value: <Identifier value={withdrawal.id} /> },
  ];
  return <DetailList items={facts.filter((fact) => fact !== null)} />;
}

type Words = ReturnType<typeof useTranslations<'withdrawals.facts'>>;

function beneficiaryFacts(withdrawal: Withdrawal, seen: boolean, t: Words): (Detail | null)[] {
  const { beneficiaryName, beneficiaryNumber, beneficiaryBank, beneficiaryTaxId } = withdrawal;
  const bank = bankShown(beneficiaryNumber, beneficiaryBank);
  return [
    { label: t('beneficiary'), value: beneficiaryName ?? '—' },
    { label: t('clabe'), value: <ProtectedClabe value={beneficiaryNumber} seen={seen} /> },
    bank ? { label: t('bank'), value: bank } : null,
    beneficiaryTaxId ? { label: t('taxId'), value: <TaxId value={beneficiaryTaxId} seen={seen} /> } : null,
  ];
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

/** Banxico's proof of the payment, or the bank's receipt. It shows both sides in full, so it is masked like them. */
export function ReceiptFact({ url, seen }: { url: string; seen: boolean }) {
  const t = useTranslations('reveals');
  return seen ? <Receipt url={url} /> : <span className="text-muted-foreground">{t('maskedReceipt')}</span>;
}

/** Somebody else's page. */
function Receipt({ url }: { url: string }) {
  const t = useTranslations('withdrawals.facts');
  // Only what a browser opens safely: the address comes from outside.
  if (!/^https?:\/\//.test(url)) return <Identifier value={url} />;
  return (
    <a
      href={url}
      target="_blank"
      rel="noreferrer"
      className="inline-flex items-center gap-1 text-link hover:underline"
    >
      {t('openReceipt')}
      <ExternalLink aria-hidden className="size-3.5" />
    </a>
  );
}
