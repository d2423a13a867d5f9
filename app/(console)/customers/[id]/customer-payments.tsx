import { useTranslations } from 'next-intl';
import type { Replies } from '~/app/messages/reply-words';
import { Section } from '~/components/layout/section';
import { Money } from '~/components/money/money';
import { ReplyDialog } from '~/components/record/reply-dialog';
import { Timestamp } from '~/components/record/timestamp';
import { Badge } from '~/components/ui/badge';
import { Card } from '~/components/ui/card';
import { Link } from '~/components/ui/link';
import { to } from '~/components/ui/to';
import { useReasons } from '~/components/words/reason-words';
import { VERDICT_TONES } from '~/components/words/verdict-looks';
import { useVerdictReason } from '~/components/words/verdict-words';
import { useWalletName } from '~/components/words/wallet-name-words';
import type { Match } from '~/lib/whereabouts/evidence';

type CustomerPaymentsProps = {
  kind: 'onTheWay' | 'wentWrong';
  payments: readonly Match[];
  replies: ReadonlyMap<string, Replies>;
  /** Says of each which wallet, where there are several. */
  named: boolean;
};

/** Payments that somebody who calls may mean: where the money of each is, why, what to do and what to tell. Nothing where there are none. */
export function CustomerPayments({ kind, payments, replies, named }: CustomerPaymentsProps) {
  const t = useTranslations('customers.payments');
  if (payments.length === 0) return null;
  return (
    <Section title={t(kind)} description={t(`${kind}Hint`)} flush>
      <Card>
        <ul className="@container divide-y">
          {payments.map((payment) => (
            <Payment key={payment.id} payment={payment} texts={replies.get(payment.id)} named={named} />
          ))}
        </ul>
      </Card>
    </Section>
  );
}

type PaymentProps = { payment: Match; texts: Replies | undefined; named: boolean };

function Payment({ payment, texts, named }: PaymentProps) {
  const t = useTranslations('where');
  const words = useTranslations('customers.payments');
  const nameOf = useWalletName();
  const reasonOf = useVerdictReason();
  const { kind, id, amount, asset, at, other, wallet, verdict } = payment;
  const reason = reasonOf(verdict, kind);
  const isWhy = verdict.reason?.of === 'failure' || verdict.reason?.of === 'number';
  const values = {
    wallet: wallet ? nameOf(wallet) : '',
    reason: isWhy ? t('reason', { why: reason }) : reason,
  };
  const who = other.name ?? t(`kind.${kind}`);
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 px-4 py-3 text-sm sm:px-5">
      <div className="grid min-w-0 flex-1 gap-0.5 @max-lg:basis-full">
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <Link
            href={kind === 'withdrawal' ? to(`/withdrawals/${id}`) : to(`/deposits/${id}`)}
            className="min-w-0 break-words rounded-sm font-medium hover:text-link hover:underline max-sm:py-2"
          >
            {words(kind === 'deposit' ? 'from' : 'to', { who })}
          </Link>
          <Badge tone={VERDICT_TONES[verdict.word]}>{t(`verdict.${verdict.word}.title`, values)}</Badge>
        </div>
        <p className="text-pretty text-muted-foreground">
          {t.rich(`verdict.${verdict.word}.text`, {
            ...values,
            since: () => <Timestamp at={verdict.since} />,
          })}
        </p>
        <Remedy of={payment} />
      </div>
      <div className="grid justify-items-end gap-0.5 @max-lg:justify-items-start">
        <Money amount={amount} asset={asset} className="font-medium" />
        <span className="text-muted-foreground text-xs">
          <Timestamp at={at} />
          {named && wallet ? ` · ${nameOf(wallet)}` : null}
        </span>
      </div>
      {texts ? <ReplyDialog texts={texts} about={words('about', { who })} /> : null}
    </li>
  );
}

/** What to do about it, where it failed for a reason that somebody can do something about. */
function Remedy({ of: { verdict } }: { of: Match }) {
  const reasons = useReasons();
  if (verdict.reason?.of !== 'failure') return null;
  const { what } = reasons(verdict.reason.code);
  return <p className="text-pretty">{what}</p>;
}
