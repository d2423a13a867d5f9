import {
  ArrowRightLeft,
  CircleCheck,
  Clock,
  FolderOpen,
  type LucideIcon,
  PenLine,
  RotateCcw,
} from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import { Timeline } from '~/components/record/timeline';
import { MOMENT } from '~/components/words/moment';
import { WAITS_FOR } from '~/lib/cases/kinds';
import type { CaseRecord } from '~/lib/cases/read';

type CaseAct = CaseRecord['acts'][number];

const ICONS: Record<CaseAct['kind'], LucideIcon> = {
  opened: FolderOpen,
  handed_over: ArrowRightLeft,
  clock_changed: Clock,
  claim_changed: PenLine,
  closed: CircleCheck,
  reopened: RotateCcw,
};

/** What was done with a case, from its opening. */
export function Acts({ work }: { work: CaseRecord }) {
  const titleOf = useTitle(work.owners);
  return (
    <Timeline
      items={work.acts.map((act) => ({
        id: String(act.id),
        at: act.at,
        title: titleOf(act),
        actor: act.operatorName,
        detail: act.note ? <span className="whitespace-pre-wrap">{act.note}</span> : null,
        icon: ICONS[act.kind],
        tone: act.kind === 'closed' ? 'success' : act.kind === 'handed_over' ? 'info' : 'neutral',
      }))}
    />
  );
}

function useTitle(owners: Record<string, string>): (act: CaseAct) => string {
  const t = useTranslations('cases.acts');
  const turns = useTranslations('cases.waitsFor');
  const formatter = useFormatter();
  return ({ kind, facts }) => {
    if (kind === 'handed_over') return t('handed_over', { name: owners[facts.ownerId ?? ''] ?? '' });
    if (kind !== 'clock_changed') return t(kind);
    const turn = WAITS_FOR.find((each) => each === facts.waitsFor);
    const due = facts.dueAt && formatter.dateTime(new Date(facts.dueAt), MOMENT);
    if (turn && due) return t('clock_changed_due', { who: turns(turn), due });
    if (turn) return t('clock_changed', { who: turns(turn) });
    return due ? t('due_changed', { due }) : t('noted');
  };
}
