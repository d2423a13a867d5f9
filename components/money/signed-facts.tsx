import { useFormatter, useTranslations } from 'next-intl';
import { type Detail, DetailList } from '~/components/layout/detail-list';
import { ChangeOf, Marked, ProofOf } from '~/components/money/effect-facts';
import { Money } from '~/components/money/money';
import { ProtectedClabe } from '~/components/money/protected-clabe';
import type { SignedWithdrawal } from '~/components/money/signed-withdrawal';
import { Timestamp } from '~/components/record/timestamp';
import { Link } from '~/components/ui/link';
import { useWalletName } from '~/components/words/wallet-name-words';
import { useWhyWaits } from '~/components/words/why-waits';
import type { PayoutEffect } from '~/lib/deciding/effects';
import { MOST_PAID } from '~/lib/withdrawals/approval-limits';

/** `rules`: the sentences of those that had it wait; `effect`: what letting it out does. */
export type SignedFactsProps = {
  withdrawal: SignedWithdrawal;
  now: Date;
  rules?: readonly string[];
  effect?: PayoutEffect | null;
};

/** All that a decision on one withdrawal is about, whole: nobody signs for the end of a number. */
export function SignedFacts({ withdrawal, now, rules = [], effect = null }: SignedFactsProps) {
  const t = useTranslations('approvals.facts');
  const kinds = useTranslations('withdrawals.facts.destinations');
  const why = useWhyWaits();
  const formatter = useFormatter();
  const nameOf = useWalletName();
  const ago = (at: Date) => formatter.relativeTime(at, now);
  const { amount, feeAmount, asset, wallet, approvalReason, comment, referenceId } = withdrawal;
  const facts: (Detail | null)[] = [
    { label: t('amount'), value: <Money amount={amount} asset={asset} size="lg" /> },
    { label: t('fee'), value: <Money amount={feeAmount} asset={asset} /> },
    feeAmount > 0n ? { label: t('total'), value: <Money amount={amount + feeAmount} asset={asset} /> } : null,
    { label: t('beneficiary'), value: withdrawal.beneficiaryName ?? '—' },
    {
      label: kinds(withdrawal.destinationKind),
      value: <ProtectedClabe value={withdrawal.destination} copy={false} className="text-base" />,
    },
    withdrawal.beneficiaryBank ? { label: t('bank'), value: withdrawal.beneficiaryBank } : null,
    ...marksOf(withdrawal, ago, t),
    { label: t('wallet'), value: [nameOf(wallet), wallet.customer].filter(Boolean).join(' · ') },
    comment ? { label: t('concept'), value: comment } : null,
    referenceId ? { label: t('reference'), value: referenceId } : null,
    {
      label: t('requested'),
      value: (
        <>
          {withdrawal.requestedBy} · <Timestamp at={withdrawal.createdAt} /> ({ago(withdrawal.createdAt)})
        </>
      ),
    },
    approvalReason ? { label: t('why'), value: why(approvalReason, rules) } : null,
    ...(effect ? effectOf(withdrawal, effect, now, t) : []),
    { label: t('expires'), value: <Expiry at={withdrawal.endsAt} when={ago(withdrawal.endsAt)} /> },
  ];
  return <DetailList items={facts.filter((fact) => fact !== null)} />;
}

function Expiry({ at, when }: { at: Date; when: string }) {
  const t = useTranslations('approvals.facts');
  return (
    <>
      <Timestamp at={at} /> ({when}). {t('expiresFact')}
    </>
  );
}

type Words = ReturnType<typeof useTranslations<'approvals.facts'>>;

/** What is known of this CLABE, and what is unusual about this payment. */
function marksOf(withdrawal: SignedWithdrawal, ago: (at: Date) => string, t: Words): (Detail | null)[] {
  const { paid, otherName, sameAs, blocked } = withdrawal;
  const times = paid && { times: paid.times, last: ago(paid.last) };
  return [
    blocked ? { label: t('blocked'), value: <Marked danger>{blocked}</Marked> } : null,
    {
      label: t('history'),
      value: times ? (
        t(times.times < MOST_PAID ? 'times' : 'timesOften', times)
      ) : (
        <Marked>{t('never')}</Marked>
      ),
    },
    { label: t('known'), value: <Known withdrawal={withdrawal} ago={ago} /> },
    withdrawal.alike.count > 0 ? { label: t('alike'), value: <Alike withdrawal={withdrawal} /> } : null,
    otherName
      ? { label: t('otherName'), value: <Marked>{t('otherNameFact', { name: otherName })}</Marked> }
      : null,
    sameAs ? { label: t('same'), value: <SameAs sameAs={sameAs} ago={ago} /> } : null,
  ];
}

/** Since when it is known, and whose wallets paid it. */
function Known({ withdrawal: { known }, ago }: { withdrawal: SignedWithdrawal; ago: (at: Date) => string }) {
  const t = useTranslations('approvals.facts');
  const { since, customers, names } = known;
  return (
    <>
      {t('knownSince', { ago: ago(since) })}{' '}
      {customers > 0
        ? t('knownBy', { customers, names: names.join(', '), more: customers - names.length })
        : null}
    </>
  );
}

function Alike({ withdrawal: { alike, asset } }: { withdrawal: SignedWithdrawal }) {
  const t = useTranslations('approvals.facts');
  return (
    <>
      {t('alikeFact', { count: alike.count })} <Money amount={alike.amount} asset={asset} />
    </>
  );
}

/** What the wallet and the account that pays have now and once it is paid, and what the account's proof says. */
function effectOf(
  { amount, feeAmount, asset }: SignedWithdrawal,
  { available, reserved, cash, inTransit, provenAt, breaks }: PayoutEffect,
  now: Date,
  t: Words,
): Detail[] {
  const change = (before: bigint, after: bigint) => <ChangeOf before={before} after={after} asset={asset} />;
  const covered = cash >= amount;
  return [
    { label: t('walletAvailable'), value: change(available + amount + feeAmount, available) },
    { label: t('walletReserved'), value: change(reserved, reserved - amount - feeAmount) },
    {
      label: t('accountCash'),
      value: covered ? change(cash, cash - amount) : <Marked danger>{t('notCovered')}</Marked>,
    },
    ...(inTransit > 0n
      ? [{ label: t('accountTransit'), value: <Money amount={inTransit} asset={asset} /> }]
      : []),
    { label: t('proof'), value: <ProofOf provenAt={provenAt} breaks={breaks} now={now} /> },
  ];
}

function SameAs({
  sameAs,
  ago,
}: {
  sameAs: NonNullable<SignedWithdrawal['sameAs']>;
  ago: (at: Date) => string;
}) {
  const t = useTranslations('approvals.facts');
  const words = useTranslations('status.withdrawal');
  return (
    <Marked>
      {t('sameFact', { ago: ago(sameAs.createdAt), status: words(sameAs.status) })}{' '}
      <Link
        href={`/withdrawals/${sameAs.id}`}
        target="_blank"
        className="whitespace-nowrap text-link underline underline-offset-2"
      >
        {t('sameLink')} (<Timestamp at={sameAs.createdAt} format="clock" />)
      </Link>
    </Marked>
  );
}
