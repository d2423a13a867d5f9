'use client';

import { ArrowLeftRight, Ban, Copy, type LucideIcon, TriangleAlert, UserPen, UserPlus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { SignedDeposit, WaitingItem } from '~/app/(console)/approvals/items';
import { useAgo } from '~/app/(console)/approvals/list/clock';
import type { SignedWithdrawal } from '~/components/money/signed-withdrawal';
import { Badge, type Tone } from '~/components/ui/badge';
import { useWalletName } from '~/components/words/wallet-name-words';
import { textOf } from '~/lib/people/masking';
import { MOST_PAID } from '~/lib/withdrawals/approval-limits';

/** What is unusual about one thing that waits. */
export function Marks({ item }: { item: WaitingItem }) {
  const t = useTranslations('approvals.marks');
  const nameOf = useWalletName();
  switch (item.kind) {
    case 'payout':
      return <PayoutMarks payout={item.payout} />;
    case 'adjustment':
      return item.adjustment.shut ? (
        <Mark tone="danger" icon={Ban}>
          {t('shut', { wallet: nameOf(item.adjustment.shut) })}
        </Mark>
      ) : null;
    case 'deposit':
      return <DepositMarks deposit={item.deposit} />;
    case 'facts':
      return null;
  }
}

function DepositMarks({ deposit: { loss, notOpen, otherAccount } }: { deposit: SignedDeposit }) {
  const t = useTranslations('approvals.marks');
  return (
    <>
      {loss > 0n ? (
        <Mark tone="danger" icon={TriangleAlert}>
          {t('loss')}
        </Mark>
      ) : null}
      {notOpen ? (
        <Mark tone="danger" icon={Ban}>
          {t('notOpen')}
        </Mark>
      ) : null}
      {otherAccount ? (
        <Mark tone="warning" icon={ArrowLeftRight}>
          {t('otherAccount')}
        </Mark>
      ) : null}
    </>
  );
}

function PayoutMarks({ payout: { paid, otherName, sameAs, blocked } }: { payout: SignedWithdrawal }) {
  const t = useTranslations('approvals.marks');
  const ago = useAgo();
  return (
    <>
      {blocked ? (
        <Mark tone="danger" icon={Ban} title={blocked}>
          {t('blocked')}
        </Mark>
      ) : null}
      {sameAs ? (
        <Mark tone="warning" icon={Copy}>
          {t('same', { ago: ago(sameAs.createdAt) })}
        </Mark>
      ) : null}
      {otherName ? (
        <Mark tone="warning" icon={UserPen} title={otherName}>
          {t('otherName', { name: otherName })}
        </Mark>
      ) : null}
      {paid ? null : (
        <Mark tone="warning" icon={UserPlus}>
          {t('first')}
        </Mark>
      )}
    </>
  );
}

/** `title` is what else there is to say; a narrow screen may cut the words, which it repeats then. */
type MarkProps = { tone: Tone; icon: LucideIcon; title?: string; children: string };

function Mark({ tone, icon, title, children }: MarkProps) {
  return (
    <Badge tone={tone} icon={icon} className="max-w-full">
      <span className="truncate" title={title ?? children}>
        {children}
      </span>
    </Badge>
  );
}

/** How often this CLABE was paid and when last; nothing where it never was. */
export function PaidBefore({ paid }: Pick<SignedWithdrawal, 'paid'>) {
  const t = useTranslations('approvals.marks');
  const ago = useAgo();
  if (!paid) return null;
  const facts = { times: paid.times, last: ago(paid.last) };
  return <>{paid.times < MOST_PAID ? t('paid', facts) : t('paidOften', facts)}</>;
}

/** What an approver looks at first stands first: what is blocked, repeated or under another name. */
export function byUrgency(items: readonly WaitingItem[]): WaitingItem[] {
  const weight = (item: WaitingItem) => {
    if (item.kind === 'adjustment') return item.adjustment.shut ? 4 : 0;
    if (item.kind !== 'payout') return 0;
    const { blocked, sameAs, otherName } = item.payout;
    return (blocked ? 4 : 0) + (sameAs ? 2 : 0) + (otherName ? 1 : 0);
  };
  return [...items].sort((one, other) => weight(other) - weight(one));
}

/** What a whole selection's payouts hold of it, each line with its number. */
export function MarkSums({ payouts }: { payouts: readonly SignedWithdrawal[] }) {
  const t = useTranslations('approvals.sums');
  const count = (is: (each: SignedWithdrawal) => unknown) => payouts.filter(is).length;
  const all = (of: (each: SignedWithdrawal) => string) =>
    payouts.length > 1 && new Set(payouts.map(of)).size === 1;
  const counts = {
    blocked: count(({ blocked }) => blocked),
    same: count(({ sameAs }) => sameAs),
    otherName: count(({ otherName }) => otherName),
    first: count(({ paid }) => !paid),
  };
  const keys = (['blocked', 'same', 'otherName', 'first'] as const).filter((key) => counts[key] > 0);
  return (
    <ul aria-label={t('label')} className="grid gap-1">
      {keys.map((key) => (
        <li key={key} className={key === 'blocked' ? 'font-medium text-danger' : undefined}>
          {t(key, { count: counts[key] })}
        </li>
      ))}
      {keys.length === 0 ? <li>{t('nothing')}</li> : null}
      {all(({ destination }) => textOf(destination)) ? <li>{t('oneBeneficiary')}</li> : null}
      {all(({ wallet }) => wallet.id) ? <li>{t('oneWallet')}</li> : null}
    </ul>
  );
}
