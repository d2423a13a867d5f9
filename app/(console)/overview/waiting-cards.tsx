import { useTranslations } from 'next-intl';
import { Section } from '~/components/section';
import { Stat } from '~/components/stat';
import { Timestamp } from '~/components/timestamp';
import { Alert } from '~/components/ui/alert';
import type { Waiting } from '~/lib/overview';
import { can, type RoleName } from '~/lib/roles';

type WaitingCardsProps = { waiting: Waiting; role: RoleName };

/** What waits for a person. Each number leads to the list that holds just that. */
export function WaitingCards({ waiting, role }: WaitingCardsProps) {
  const t = useTranslations('overview.waiting');
  const cards = useCards(waiting, role).filter(({ count }) => count > 0);
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

function useCards(
  {
    approvals,
    adjustments,
    depositRequests,
    suspense,
    cameBack,
    kyb,
    deadEvents,
    breaks,
    stuckOpenings,
  }: Waiting,
  role: RoleName,
) {
  const t = useTranslations('overview.waiting');
  // Who can't decide waits for others all the same, also with their own.
  const decision = ({ count, own }: Waiting['approvals'], decides: boolean) => ({
    count: decides ? count : count + own,
    detail: own > 0 ? t(decides ? 'ownToo' : 'ownAmong', { count: own }) : null,
  });
  const kybParts = [
    ...(kyb.rejected > 0 ? [t('kybRejected', { count: kyb.rejected })] : []),
    ...(kyb.notStarted > 0 ? [t('kybNotStarted', { count: kyb.notStarted })] : []),
    ...(kyb.toComplete > 0 ? [t('kybToComplete', { count: kyb.toComplete })] : []),
  ];
  const approves = can(role, 'withdrawals:approve');
  const adjusts = can(role, 'adjustments:approve');
  const decides = can(role, 'deposits:decide');
  return [
    {
      key: 'approvals',
      label: t(approves ? 'approvals' : 'awaiting'),
      href: '/withdrawals',
      ...decision(approvals, approves),
    },
    {
      key: 'adjustments',
      label: t(adjusts ? 'adjustments' : 'adjustmentsAwaiting'),
      href: '/adjustments',
      ...decision(adjustments, adjusts),
    },
    {
      key: 'depositRequests',
      label: t(decides ? 'depositRequests' : 'depositRequestsAwaiting'),
      href: '/deposits/requests',
      ...decision(depositRequests, decides),
    },
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
