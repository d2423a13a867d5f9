import type { Route } from 'next';
import { useFormatter, useNow, useTranslations } from 'next-intl';
import { Section } from '~/components/layout/section';
import { Stat } from '~/components/layout/stat';
import { Alert } from '~/components/ui/alert';
import { to } from '~/components/ui/to';
import { APPROVAL_GROUPS, actionsOf, decidableBy } from '~/lib/approvals/actions';
import type { WaitingCounts } from '~/lib/approvals/read';
import type { CasesWaiting } from '~/lib/cases/waiting';
import type { Waiting } from '~/lib/overview/overview';
import { can, type Permission, type Role } from '~/lib/roles';

type WaitingCardsProps = { asked: WaitingCounts; waiting: Waiting; cases: CasesWaiting; role: Role };

/** What waits for a person: how much, since when, and whose it is. Each number leads to the list that holds just that. */
export function WaitingCards({ asked, waiting, cases, role }: WaitingCardsProps) {
  const t = useTranslations('overview.waiting');
  const found = [
    ...useAskedCards(asked, role),
    ...useCaseCards(cases),
    ...useOtherCards(waiting, role),
  ].filter(({ count }) => count > 0);
  return (
    <Section title={t('title')} flush>
      {found.length === 0 ? (
        <Alert tone="success">{t('nothing')}</Alert>
      ) : (
        <div className="grid grid-cols-2 gap-3 md:grid-cols-3 xl:grid-cols-4">
          {found.map((card) => (
            <WaitingCard key={card.key} card={card} />
          ))}
        </div>
      )}
    </Section>
  );
}

type Card = {
  key: string;
  label: string;
  count: number;
  href: Route;
  detail: string | null;
  /** Since when the oldest waits; ahead of us where it is when the first is due. */
  since: Date | null;
  owner: string;
};

function WaitingCard({ card: { label, count, href, detail, since, owner } }: { card: Card }) {
  const t = useTranslations('overview.waiting');
  const formatter = useFormatter();
  const now = useNow();
  const age = since && t(since > now ? 'due' : 'since', { ago: formatter.relativeTime(since, now) });
  return (
    <Stat
      label={label}
      value={<span className="text-2xl">{count}</span>}
      detail={
        <span className="grid gap-0.5">
          {detail ? <span>{detail}</span> : null}
          {age ? <span>{age}</span> : null}
          <span className="text-xs">{owner}</span>
        </span>
      }
      href={href}
      className="max-sm:p-3"
    />
  );
}

function useOtherCards(waiting: Waiting, role: Role): Card[] {
  const t = useTranslations('overview.waiting');
  const ownerOf = useOwner(role);
  const { suspense, cameBack, kyb, deadEvents, breaks, stuckOpenings } = waiting;
  const kybParts = [
    ...(kyb.rejected > 0 ? [t('kybRejected', { count: kyb.rejected })] : []),
    ...(kyb.notStarted > 0 ? [t('kybNotStarted', { count: kyb.notStarted })] : []),
    ...(kyb.toComplete > 0 ? [t('kybToComplete', { count: kyb.toComplete })] : []),
  ];
  return [
    {
      ...{ key: 'breaks', label: t('breaks'), href: '/proof/breaks?state=open' as const },
      ...{ ...breaks, detail: t('breaksHint'), owner: ownerOf('proof:release', 'approvers') },
    },
    {
      ...{ key: 'suspense', label: t('suspense'), href: '/deposits' as const },
      ...{ ...suspense, detail: null, owner: ownerOf('deposits:resolve', 'operators') },
    },
    {
      ...{ key: 'cameBack', label: t('cameBack'), href: '/withdrawals/failed?changed=24h' as const },
      ...{ ...cameBack, detail: t('cameBackHint'), owner: ownerOf('withdrawals:request', 'operators') },
    },
    {
      ...{ key: 'kyb', label: t('kyb'), href: '/entities?kyb=ours' as const, since: null },
      count: kyb.rejected + kyb.notStarted + kyb.toComplete,
      ...{ detail: kybParts.join(' · '), owner: ownerOf('kyb:write', 'operators') },
    },
    {
      ...{ key: 'dead', label: t('dead'), href: '/inbox/dead' as const },
      ...{ ...deadEvents, detail: t('deadHint'), owner: ownerOf('inbox:replay', 'operators') },
    },
    {
      ...{ key: 'stuck', label: t('stuck'), href: '/wallets?status=opening' as const },
      ...{ ...stuckOpenings, detail: t('stuckHint'), owner: ownerOf('wallets:provision', 'operators') },
    },
  ];
}

function useCaseCards({ own, ownDue, overdue, overdueSince, overdueOwner }: CasesWaiting): Card[] {
  const t = useTranslations('overview.waiting');
  return [
    {
      ...{ key: 'cases', label: t('cases'), count: own, href: '/cases?owner=me', detail: null },
      ...{ since: ownDue, owner: t('owner.you') },
    },
    {
      ...{ key: 'overdue', label: t('overdue'), count: overdue, href: '/cases?state=overdue', detail: null },
      ...{ since: overdueSince, owner: t('owner.first', { name: overdueOwner ?? '' }) },
    },
  ];
}

/** Whose turn it is: the reader's, or of whom has the role for it. */
function useOwner(role: Role) {
  const t = useTranslations('overview.waiting.owner');
  return (permission: Permission, others: 'operators' | 'approvers') =>
    t(can(role, permission) ? 'yourTeam' : others);
}

/** Where each list of what waits stands for who has no inbox. */
const LISTS = {
  withdrawals: '/withdrawals',
  adjustments: '/adjustments',
  deposits: '/deposits/requests',
} as const;

/** What people asked for: to be decided by this reader, or else by others, also their own. */
function useAskedCards(asked: WaitingCounts, role: Role): Card[] {
  const t = useTranslations('overview.waiting');
  const hasInbox = can(role, 'people:read');
  const decidable = decidableBy(role);
  return APPROVAL_GROUPS.flatMap((group): Card | [] => {
    const { decides, own, others, since } = asked[group];
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
      since: isMine ? since.decides : (since.others ?? since.decides),
      owner: t(isMine ? 'owner.you' : 'owner.approvers'),
    };
  });
}
