import type { Route } from 'next';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Section } from '~/components/layout/section';
import { Stat } from '~/components/layout/stat';
import { Timestamp } from '~/components/record/timestamp';
import { Alert } from '~/components/ui/alert';
import { to } from '~/components/ui/to';
import { APPROVAL_GROUPS, actionsOf, decidableBy } from '~/lib/approvals/actions';
import type { WaitingCounts } from '~/lib/approvals/read';
import type { Waiting } from '~/lib/overview';
import { can, type RoleName } from '~/lib/roles';

type WaitingCardsProps = { asked: WaitingCounts; waiting: Waiting; role: RoleName };

/** What waits for a person. Each number leads to the list that holds just that. */
export function WaitingCards({ asked, waiting, role }: WaitingCardsProps) {
  const t = useTranslations('overview.waiting');
  const cards = useCards(asked, waiting, role).filter(({ count }) => count > 0);
  return (
    <Section title={t('title')} flush>
      {cards.length === 0 ? (
        <Alert tone="success">{t('nothing')}</Alert>
      ) : (
        <div className="grid grid-cols-2 gap-3 md:grid-cols-3 xl:grid-cols-6">
          {cards.map(({ key, label, count, href, detail }) => (
            <Stat
              key={key}
              label={label}
              value={<span className="text-2xl">{count}</span>}
              detail={detail}
              href={href}
              className="max-sm:p-3"
            />
          ))}
        </div>
      )}
    </Section>
  );
}

type Card = { key: string; label: string; count: number; href: Route; detail: ReactNode };

function useCards(asked: WaitingCounts, waiting: Waiting, role: RoleName): Card[] {
  const t = useTranslations('overview.waiting');
  const { suspense, cameBack, kyb, deadEvents, breaks, stuckOpenings } = waiting;
  const kybParts = [
    ...(kyb.rejected > 0 ? [t('kybRejected', { count: kyb.rejected })] : []),
    ...(kyb.notStarted > 0 ? [t('kybNotStarted', { count: kyb.notStarted })] : []),
    ...(kyb.toComplete > 0 ? [t('kybToComplete', { count: kyb.toComplete })] : []),
  ];
  return [
    ...useAskedCards(asked, role),
    {
      key: 'suspense',
      label: t('suspense'),
      count: suspense.count,
      href: '/deposits',
      detail: suspense.oldest
        ? t.rich('oldest', { at: () => <Timestamp at={suspense.oldest ?? ''} format="date" /> })
        : null,
    },
    {
      key: 'cameBack',
      label: t('cameBack'),
      count: cameBack,
      href: '/withdrawals/failed?changed=24h',
      detail: t('cameBackHint'),
    },
    {
      key: 'kyb',
      label: t('kyb'),
      count: kyb.rejected + kyb.notStarted + kyb.toComplete,
      href: '/entities?kyb=ours',
      detail: kybParts.join(' · '),
    },
    {
      key: 'breaks',
      label: t('breaks'),
      count: breaks,
      href: '/proof/breaks?state=open',
      detail: t('breaksHint'),
    },
    {
      key: 'dead',
      label: t('dead'),
      count: deadEvents,
      href: '/inbox/dead',
      detail: t('deadHint'),
    },
    {
      key: 'stuck',
      label: t('stuck'),
      count: stuckOpenings,
      href: '/wallets?status=opening',
      detail: t('stuckHint'),
    },
  ];
}

/** Where each list of what waits stands for who has no inbox. */
const LISTS = {
  withdrawals: '/withdrawals',
  adjustments: '/adjustments',
  deposits: '/deposits/requests',
} as const;

/** What people asked for: to be decided by this reader, or else by others, also their own. */
function useAskedCards(asked: WaitingCounts, role: RoleName): Card[] {
  const t = useTranslations('overview.waiting');
  const hasInbox = can(role, 'people:read');
  const decidable = decidableBy(role);
  return APPROVAL_GROUPS.flatMap((group): Card | [] => {
    const { decides, own, others } = asked[group];
    const isMine = actionsOf(group).some((action) => decidable.includes(action));
    const list = group in LISTS ? LISTS[group as keyof typeof LISTS] : null;
    const href = hasInbox ? to(`/approvals?kind=${group}`) : list;
    if (href === null) return [];
    return {
      key: group,
      label: t(`${isMine ? 'toDecide' : 'undecided'}.${group}`),
      href,
      count: isMine ? decides : decides + own + others,
      detail: own > 0 ? t(isMine ? 'ownToo' : 'ownAmong', { count: own }) : null,
    };
  });
}
