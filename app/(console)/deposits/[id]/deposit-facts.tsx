import { useTranslations } from 'next-intl';
import { type Detail, DetailList } from '~/components/layout/detail-list';
import { Clabe } from '~/components/money/clabe';
import { Money } from '~/components/money/money';
import { ProtectedClabe } from '~/components/money/protected-clabe';
import { ReceiptFact } from '~/components/money/receipt-fact';
import { Identifier } from '~/components/record/identifier';
import { TaxId } from '~/components/record/personal-facts';
import { Timestamp } from '~/components/record/timestamp';
import { Link } from '~/components/ui/link';
import { useWalletName } from '~/components/words/wallet-name-words';
import { bankShown } from '~/lib/clabe-bank';
import { returnableUntil } from '~/lib/deposits/returns';
import type { TransferRecord } from '~/lib/transfers/read';

type DepositFactsProps = { transfer: TransferRecord };
type Words = ReturnType<typeof useTranslations<'deposits.facts'>>;

/** Everything known of one transfer: who sent it, to which number, when, and how we learnt of it. */
export function DepositFacts({ transfer }: DepositFactsProps) {
  const t = useTranslations('deposits.facts');
  const nameOf = useWalletName();
  const origins = useTranslations('kinds.origin');
  const origin = transfer.origin as Parameters<typeof origins>[0];
  const facts: (Detail | null)[] = [
    ...walletFacts(transfer, t, nameOf),
    transfer.withdrawal
      ? {
          label: t('withdrawal'),
          value: (
            <Link
              href={`/withdrawals/${transfer.withdrawal.id}`}
              className="font-mono text-[0.96em] text-link tracking-tight hover:underline"
            >
              {transfer.withdrawal.id}
            </Link>
          ),
        }
      : null,
    { label: t('amount'), value: <Money amount={transfer.amount} asset={transfer.asset} /> },
    { label: t('transactedAt'), value: <Timestamp at={transfer.transactedAt} format="seconds" /> },
    ...returnFacts(transfer, t),
    ...counterpartyFacts(transfer, t),
    transfer.accountNumber
      ? { label: t('accountNumber'), value: <Clabe value={transfer.accountNumber} /> }
      : null,
    transfer.comment ? { label: t('concept'), value: transfer.comment } : null,
    transfer.referenceId
      ? { label: t('reference'), value: <Identifier value={transfer.referenceId} /> }
      : null,
    transfer.trackingKey
      ? { label: t('trackingKey'), value: <Identifier value={transfer.trackingKey} /> }
      : null,
    transfer.receiptUrl ? { label: t('receipt'), value: <ReceiptFact url={transfer.receiptUrl} /> } : null,
    { label: t('origin'), value: origins.has(origin) ? origins(origin) : transfer.origin },
    { label: t('id'), value: <Identifier value={transfer.id} /> },
  ];
  return <DetailList items={facts.filter((fact) => fact !== null)} />;
}

function walletFacts(
  { wallet }: TransferRecord,
  t: Words,
  nameOf: ReturnType<typeof useWalletName>,
): (Detail | null)[] {
  return [
    wallet && {
      label: t('wallet'),
      value: (
        <Link href={`/wallets/${wallet.id}`} className="text-link hover:underline">
          {nameOf(wallet)}
        </Link>
      ),
    },
    wallet?.customer
      ? {
          label: t('customer'),
          value: (
            <Link href={`/customers/${wallet.customer.id}`} className="text-link hover:underline">
              {wallet.customer.name}
            </Link>
          ),
        }
      : null,
  ];
}

/** Until when it can be sent back, as long as it stands here. */
function returnFacts(transfer: TransferRecord, t: Words): Detail[] {
  const until = returnableUntil(transfer);
  if (transfer.direction !== 'inbound' || transfer.state !== 'succeeded' || !until) return [];
  return [{ label: t('returnable'), value: <Until at={until} /> }];
}

const DAY_MS = 86_400_000;
/** So few days are few. */
const SOON_DAYS = 7;

function Until({ at }: { at: Date }) {
  const t = useTranslations('deposits.facts');
  const days = Math.floor((at.getTime() - Date.now()) / DAY_MS);
  if (days < 0) return t('returnableOver');
  return (
    <>
      <Timestamp at={at} format="date" />{' '}
      <span className={days <= SOON_DAYS ? 'font-medium text-warning' : 'text-muted-foreground'}>
        {t('daysLeft', { days })}
      </span>
    </>
  );
}

function counterpartyFacts(transfer: TransferRecord, t: Words): (Detail | null)[] {
  const { counterpartyName, counterpartyNumber, counterpartyBank, counterpartyTaxId, direction } = transfer;
  const bank = bankShown(counterpartyNumber, counterpartyBank);
  return [
    { label: t(direction === 'inbound' ? 'from' : 'to'), value: counterpartyName ?? '—' },
    counterpartyNumber ? { label: t('clabe'), value: <ProtectedClabe value={counterpartyNumber} /> } : null,
    bank ? { label: t('bank'), value: bank } : null,
    counterpartyTaxId ? { label: t('taxId'), value: <TaxId value={counterpartyTaxId} /> } : null,
  ];
}
