import type { Route } from 'next';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { type Detail, DetailList } from '~/components/layout/detail-list';
import { Money } from '~/components/money/money';
import { ProtectedClabe } from '~/components/money/protected-clabe';
import { ReceiptFact } from '~/components/money/receipt-fact';
import { Identifier } from '~/components/record/identifier';
import { StatusBadge } from '~/components/record/status-badge';
import { Timestamp } from '~/components/record/timestamp';
import { Link } from '~/components/ui/link';
import { useAccountWord } from '~/components/words/account-words';
import { useWalletName } from '~/components/words/wallet-name-words';
import { bankShown } from '~/lib/clabe-bank';
import type { BreakRecord } from '~/lib/proof/breaks-read';
import type { PayoutPage } from '~/lib/proof/payout-read';
import type { UnexplainedReason } from '~/lib/transfers/mismatch';

type PayoutFactsProps = { broken: BreakRecord; payout: PayoutPage };
type Words = ReturnType<typeof useTranslations<'gate.payout'>>;

/** What left, to whom, and why no withdrawal explains it. */
export function PayoutFacts({ broken: { account }, payout }: PayoutFactsProps) {
  const t = useTranslations('gate.payout');
  const words = useTranslations('withdrawals.facts');
  const { transfer, reason, foundAt } = payout;
  const { id, amount, asset, transactedAt, comment, referenceId, trackingKey, receiptUrl, state } = transfer;
  const items: (Detail | null)[] = [
    { label: t('why'), value: t(`reasons.${reason as UnexplainedReason}`) },
    ...marks(payout, t, useWalletName()),
    { label: t('amount'), value: <Money amount={amount} asset={asset} className="font-medium" /> },
    { label: t('at'), value: <Timestamp at={transactedAt} format="seconds" /> },
    ...beneficiary(payout, t),
    comment ? { label: t('concept'), value: comment } : null,
    referenceId ? { label: t('reference'), value: <Identifier value={referenceId} /> } : null,
    trackingKey ? { label: t('trackingKey'), value: <Identifier value={trackingKey} /> } : null,
    receiptUrl ? { label: words('receipt'), value: <ReceiptFact url={receiptUrl} /> } : null,
    { label: t('state'), value: <StatusBadge kind="transfer" status={state} /> },
    {
      label: t('account'),
      value: <To href={`/proof/accounts/${encodeURIComponent(account.id)}`}>{useAccountWord()(account)}</To>,
    },
    { label: t('transfer'), value: <To href={`/deposits/${encodeURIComponent(id)}`}>{id}</To> },
    { label: t('found'), value: <Timestamp at={foundAt} format="seconds" /> },
  ];
  return <DetailList items={items.filter((item) => item !== null)} />;
}

/** The withdrawal and the wallet whose mark it bears, where they are here. */
function marks(
  { withdrawalId, withdrawal, walletId, wallet, reason }: PayoutPage,
  t: Words,
  nameOf: ReturnType<typeof useWalletName>,
): (Detail | null)[] {
  return [
    withdrawalId && {
      label: t('marked'),
      value: withdrawal ? (
        <span className="inline-flex flex-wrap items-center gap-x-2 gap-y-1">
          <To href={`/withdrawals/${withdrawal.id}`}>
            <Money amount={withdrawal.amount} asset={withdrawal.asset} />
          </To>
          <StatusBadge kind="withdrawal" status={withdrawal.status} />
        </span>
      ) : (
        <span className="break-all">{t('markedGone', { id: withdrawalId })}</span>
      ),
    },
    reason === 'paid_twice' && withdrawal?.transferId
      ? { label: t('paidBy'), value: <To href={`/withdrawals/${withdrawal.id}`}>{withdrawal.transferId}</To> }
      : null,
    walletId && {
      label: t('wallet'),
      value: wallet ? (
        <To href={`/wallets/${wallet.id}`}>{nameOf(wallet)}</To>
      ) : (
        <span className="break-all">{t('markedGone', { id: walletId })}</span>
      ),
    },
  ].map((item) => item || null);
}

function beneficiary({ transfer }: PayoutPage, t: Words): Detail[] {
  const { counterpartyName, counterpartyNumber, counterpartyBank } = transfer;
  const bank = bankShown(counterpartyNumber, counterpartyBank);
  return [
    { label: t('to'), value: counterpartyName ?? t('unnamed') },
    ...(counterpartyNumber
      ? [{ label: t('clabe'), value: <ProtectedClabe value={counterpartyNumber} /> }]
      : []),
    ...(bank ? [{ label: t('bank'), value: bank }] : []),
  ];
}

function To<Path extends string>({ href, children }: { href: Route<Path>; children: ReactNode }) {
  return (
    <Link<Path> href={href} className="break-all rounded-sm text-link hover:underline max-sm:py-2">
      {children}
    </Link>
  );
}
