'use client';

import { Ban, Copy, type LucideIcon, UserPen, UserPlus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useAgo } from '~/app/(console)/withdrawals/approval-clock';
import type { WaitingWithdrawal } from '~/app/(console)/withdrawals/approval-items';
import { Badge, type Tone } from '~/components/ui/badge';
import { MOST_PAID } from '~/lib/withdrawals/approval-limits';

/** What is unusual about one withdrawal, and where nothing is, how well its CLABE is known. */
export function ApprovalMarks({ withdrawal }: { withdrawal: WaitingWithdrawal }) {
  const t = useTranslations('approvals.marks');
  const ago = useAgo();
  const { paid, otherName, sameAs, blocked } = withdrawal;
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
export function PaidBefore({ paid }: Pick<WaitingWithdrawal, 'paid'>) {
  const t = useTranslations('approvals.marks');
  const ago = useAgo();
  if (!paid) return null;
  const facts = { times: paid.times, last: ago(paid.last) };
  return <>{paid.times < MOST_PAID ? t('paid', facts) : t('paidOften', facts)}</>;
}

/** What an approver looks at first stands first: what is blocked, repeated or under another name. */
export function byUrgency(withdrawals: readonly WaitingWithdrawal[]): WaitingWithdrawal[] {
  const weight = ({ blocked, sameAs, otherName }: WaitingWithdrawal) =>
    (blocked ? 4 : 0) + (sameAs ? 2 : 0) + (otherName ? 1 : 0);
  return [...withdrawals].sort((one, other) => weight(other) - weight(one));
}

/** What a whole selection holds of it, each line with its number. */
export function MarkSums({ withdrawals }: { withdrawals: readonly WaitingWithdrawal[] }) {
  const t = useTranslations('approvals.sums');
  const count = (is: (each: WaitingWithdrawal) => unknown) => withdrawals.filter(is).length;
  const all = (of: (each: WaitingWithdrawal) => string) =>
    withdrawals.length > 1 && new Set(withdrawals.map(of)).size === 1;
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
      {all(({ destination }) => destination) ? <li>{t('oneBeneficiary')}</li> : null}
      {all(({ wallet }) => wallet.id) ? <li>{t('oneWallet')}</li> : null}
    </ul>
  );
}
