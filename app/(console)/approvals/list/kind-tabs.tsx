import { useTranslations } from 'next-intl';
import { TabLinks } from '~/components/list/tab-links';
import { to } from '~/components/ui/to';
import { APPROVAL_GROUPS, type ApprovalGroup } from '~/lib/approvals/actions';
import type { WaitingCounts } from '~/lib/approvals/read';

type KindTabsProps = { counts: WaitingCounts; shown: ApprovalGroup | undefined };

/** Everything that waits, and each kind of it, with how much there is. */
export function KindTabs({ counts, shown }: KindTabsProps) {
  const t = useTranslations('approvals');
  const hrefOf = (group: ApprovalGroup | undefined) =>
    group ? to(`/approvals?kind=${group}`) : '/approvals';
  const countOf = (group: ApprovalGroup) => counts[group].decides + counts[group].own + counts[group].others;
  const all = APPROVAL_GROUPS.reduce((sum, group) => sum + countOf(group), 0);
  return (
    <TabLinks
      label={t('title')}
      current={hrefOf(shown)}
      tabs={[
        { href: hrefOf(undefined), label: <Counted label={t('tabs.all')} count={all} /> },
        ...APPROVAL_GROUPS.map((group) => ({
          href: hrefOf(group),
          label: <Counted label={t(`tabs.${group}`)} count={countOf(group)} />,
        })),
      ]}
    />
  );
}

function Counted({ label, count }: { label: string; count: number }) {
  if (count === 0) return label;
  return (
    <>
      {label}{' '}
      <span className="rounded-md bg-neutral-soft px-1.5 text-neutral text-xs tabular-nums">{count}</span>
    </>
  );
}
