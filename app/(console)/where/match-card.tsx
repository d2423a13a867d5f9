import { useTranslations } from 'next-intl';
import { Evidence } from '~/app/(console)/where/evidence';
import { MatchReply } from '~/app/(console)/where/match-reply';
import { type Detail, DetailList } from '~/components/layout/detail-list';
import { Clabe } from '~/components/money/clabe';
import { Money } from '~/components/money/money';
import { ProtectedClabe } from '~/components/money/protected-clabe';
import { ReceiptFact } from '~/components/money/receipt-fact';
import { Identifier } from '~/components/record/identifier';
import { OpenCase } from '~/components/record/open-case';
import { Timestamp } from '~/components/record/timestamp';
import { Alert } from '~/components/ui/alert';
import { Badge } from '~/components/ui/badge';
import { Card } from '~/components/ui/card';
import { Link } from '~/components/ui/link';
import { VERDICT_TONES } from '~/components/words/verdict-looks';
import { useVerdictReason } from '~/components/words/verdict-words';
import { useWalletName } from '~/components/words/wallet-name-words';
import { bankShown } from '~/lib/clabe-bank';
import type { Role } from '~/lib/roles';
import type { Match } from '~/lib/whereabouts/evidence';
import type { Sought } from '~/lib/whereabouts/receipt';

type MatchCardProps = { match: Match; sought: Sought; role: Role };

/** One payment: where its money is, what tells it from others, what shows it, and what to answer. */
export function MatchCard({ match, sought, role }: MatchCardProps) {
  const t = useTranslations('where');
  const differences = useTranslations('where.differences');
  const nameOf = useWalletName();
  const reasonOf = useVerdictReason();
  const { verdict, wallet, fit } = match;
  const reason = reasonOf(verdict, match.kind);
  const isWhy = verdict.reason?.of === 'failure' || verdict.reason?.of === 'number';
  const values = {
    wallet: wallet ? nameOf(wallet) : '',
    reason: isWhy ? t('reason', { why: reason }) : reason,
  };
  return (
    <Card className="grid gap-4 p-4 sm:p-5">
      <Alert tone={VERDICT_TONES[verdict.word]} title={t(`verdict.${verdict.word}.title`, values)}>
        {t.rich(`verdict.${verdict.word}.text`, { ...values, since: () => <Timestamp at={verdict.since} /> })}
      </Alert>
      {fit.differs.length > 0 ? (
        <p>
          <Badge tone="warning">
            {t('near.differs', { what: fit.differs.map((each) => differences(each)).join(', ') })}
          </Badge>
        </p>
      ) : null}
      <div className="grid gap-6 lg:grid-cols-2">
        <DetailList items={useFacts(match)} />
        <div className="grid content-start gap-5">
          <Evidence match={match} />
          <MatchReply match={match} />
          <OpenCase
            subject={match.kind === 'withdrawal' ? 'withdrawal' : 'transfer'}
            id={match.id}
            role={role}
            sought={sought}
          />
        </div>
      </div>
    </Card>
  );
}

function useFacts(match: Match): Detail[] {
  const t = useTranslations('where.facts');
  const kinds = useTranslations('where.kind');
  const nameOf = useWalletName();
  const { kind, other, ourNumber, wallet, trackingKey, referenceId, receiptUrl } = match;
  const bank = bankShown(other.number, other.bank);
  const facts: (Detail | null | false)[] = [
    {
      label: kinds(kind),
      value: <Money amount={match.amount} asset={match.asset} className="font-medium" />,
    },
    {
      label: t(kind === 'withdrawal' && !match.transferId ? 'asked' : 'at'),
      value: <Timestamp at={match.at} format="seconds" />,
    },
    { label: t(kind === 'deposit' ? 'from' : 'to'), value: other.name ?? '—' },
    other.number !== null && {
      label: t('number'),
      value: <ProtectedClabe value={other.number} />,
    },
    bank !== null && { label: t('bank'), value: bank },
    kind === 'deposit' && ourNumber !== null && { label: t('ourNumber'), value: <Clabe value={ourNumber} /> },
    wallet && {
      label: t('wallet'),
      value: (
        <Link href={`/wallets/${wallet.id}`} className="text-link hover:underline">
          {wallet.customer && wallet.customer.name !== nameOf(wallet)
            ? `${nameOf(wallet)} · ${wallet.customer.name}`
            : nameOf(wallet)}
        </Link>
      ),
    },
    trackingKey !== null && { label: t('trackingKey'), value: <Identifier value={trackingKey} /> },
    referenceId !== null && { label: t('reference'), value: <Identifier value={referenceId} /> },
    receiptUrl !== null && { label: t('receipt'), value: <ReceiptFact url={receiptUrl} /> },
  ];
  return facts.filter((fact): fact is Detail => Boolean(fact));
}
