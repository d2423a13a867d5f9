'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useRef, useState } from 'react';
import { toast } from 'sonner';
import type { ApprovalResult } from '~/app/(console)/withdrawals/actions';
import { ApprovalBar } from '~/app/(console)/withdrawals/approval-bar';
import { ApprovalClock, useClock } from '~/app/(console)/withdrawals/approval-clock';
import type { WaitingWithdrawal } from '~/app/(console)/withdrawals/approval-items';
import { ApprovalHelp, ApprovalLegend } from '~/app/(console)/withdrawals/approval-keys';
import { ApprovalTable } from '~/app/(console)/withdrawals/approval-table';
import { DecisionDialog } from '~/app/(console)/withdrawals/decision-dialog';
import { type Choice, useDecisions } from '~/app/(console)/withdrawals/use-decisions';
import { useInboxKeys } from '~/app/(console)/withdrawals/use-inbox-keys';
import { useLetterKeys } from '~/app/(console)/withdrawals/use-letter-keys';
import { useReturningFocus } from '~/app/(console)/withdrawals/use-returning-focus';
import { useSelection } from '~/app/(console)/withdrawals/use-selection';
import { useShownRows } from '~/app/(console)/withdrawals/use-shown-rows';
import { useGo } from '~/components/go';
import { Button } from '~/components/ui/button';
import type { Decision } from '~/lib/withdrawals/approvals';

type ApprovalInboxProps = {
  withdrawals: readonly WaitingWithdrawal[];
  /** Which page of the list this is: another one starts with rows of its own. */
  page: string;
  filtered: boolean;
  /** How many this operator may decide on, of all that the filter shows. */
  decidable: number;
  /** What was decided of late, by anybody. */
  decisions: readonly Decision[];
  now: Date;
  canApprove: boolean;
  /** What stands above the rows: how many wait, and what they come to. */
  summary: ReactNode;
  /** What stands in their place when none waits. */
  empty: ReactNode;
};

type Asked = { choice: Choice; withdrawals: readonly WaitingWithdrawal[] };

/** Withdrawals that wait for a second person: choose, see whole what is signed, decide once, see what became of each. */
export function ApprovalInbox(props: ApprovalInboxProps) {
  const { withdrawals, page, filtered, decidable, decisions, canApprove, summary, empty } = props;
  const t = useTranslations('approvals');
  const { go } = useGo();
  const clock = useClock(props.now);
  const { rows, drop } = useShownRows(page, withdrawals, decisions);
  const selectable = rows.filter(({ item, gone }) => gone === undefined && !item.own).map(({ item }) => item);
  const selection = useSelection(selectable);
  const [current, setCurrent] = useState<string | null>(null);
  const [letters] = useLetterKeys();
  const list = useRef<HTMLElement>(null);
  const focus = useReturningFocus(list);

  const gone = new Map(rows.flatMap(({ item, gone: what }) => (what === undefined ? [] : [[item.id, what]])));
  for (const decision of decisions) gone.set(decision.id, decision);
  const chosen = selection.items.filter(({ id }) => !gone.has(id));
  const shown = new Set(rows.map(({ item }) => item.id));
  const tabStop = current !== null && shown.has(current) ? current : (rows[0]?.item.id ?? null);

  const { asked, failures, run, helping, ask, settle, close, help } = useAsking({
    ...{ canApprove, chosen, selectable, tabStop, focus, drop, selection },
  });

  useInboxKeys({
    list,
    current: tabStop,
    letters,
    keys: {
      toggle: selection.toggle,
      extend: selection.extendTo,
      toggleAll: selection.toggleAll,
      clear: selection.clear,
      ask,
      open: (id) => void go(`/withdrawals/${id}`),
      help: () => help(true),
      decides: canApprove,
    },
  });

  return (
    <ApprovalClock value={clock}>
      <section ref={list} tabIndex={-1} aria-label={t('inbox')} className="focus-visible:outline-none">
        {rows.length > 0 ? (
          <>
            <div className="mb-3 flex flex-wrap items-center justify-between gap-x-6 gap-y-1">
              {summary}
              <ApprovalLegend decides={canApprove} onHelp={() => help(true)} />
            </div>
            <GoneNotice rows={rows} onDrop={drop} />
            <ApprovalTable
              rows={rows}
              selectable={selectable.length}
              selection={canApprove ? selection : null}
              failures={failures}
              current={tabStop}
              onCurrent={setCurrent}
            />
          </>
        ) : (
          empty
        )}
        {canApprove && chosen.length > 0 ? (
          <ApprovalBar
            chosen={chosen}
            elsewhere={chosen.filter(({ id }) => !shown.has(id)).length}
            more={selection.all && decidable > chosen.length ? decidable : null}
            filtered={filtered}
            onMore={selection.add}
            onAsk={(choice) => ask(choice, null)}
            onClear={selection.clear}
          />
        ) : null}
        {asked ? (
          <DecisionDialog
            choice={asked.choice}
            withdrawals={asked.withdrawals}
            gone={gone}
            run={run}
            onDecide={(ids, reason) => settle(asked.choice, ids, reason)}
            onClose={close}
          />
        ) : null}
        {helping ? <ApprovalHelp decides={canApprove} onClose={() => help(false)} /> : null}
      </section>
    </ApprovalClock>
  );
}

type Asking = {
  canApprove: boolean;
  chosen: readonly WaitingWithdrawal[];
  selectable: readonly WaitingWithdrawal[];
  tabStop: string | null;
  focus: ReturnType<typeof useReturningFocus>;
  drop: (ids: readonly string[]) => void;
  selection: { remove: (ids: readonly string[]) => void };
};

/** What is asked of whoever decides, over the rows: a dialog of the chosen ones, or help with the keys. */
function useAsking({ canApprove, chosen, selectable, tabStop, focus, drop, selection }: Asking) {
  const t = useTranslations('approvals');
  const { run, decide, reset } = useDecisions();
  const [asked, setAsked] = useState<Asked | null>(null);
  const [failures, setFailures] = useState<ReadonlyMap<string, ApprovalResult>>(new Map());
  const [helping, setHelping] = useState(false);

  function ask(choice: Choice, row: string | null) {
    if (!canApprove) return;
    const targets = chosen.length > 0 ? chosen : selectable.filter(({ id }) => id === row);
    if (targets.length === 0) {
      toast.info(t('bar.none'));
      return;
    }
    focus.remember(tabStop);
    setAsked({ choice, withdrawals: targets });
  }

  async function settle(choice: Choice, ids: readonly string[], reason: string) {
    const results = await decide(choice, ids, reason);
    const done = results.flatMap(({ id, ok }) => (ok ? [id] : []));
    const failed = results.filter(({ ok }) => !ok);
    // What was decided leaves at once; the list from the server follows.
    drop(done);
    selection.remove(done);
    setFailures(new Map(failed.map((result) => [result.id, result])));
    if (failed.length > 0) return;
    toast.success(t(`${choice}.done`, { count: done.length }));
    close();
  }

  function help(opens: boolean) {
    if (opens) focus.remember(tabStop);
    else focus.giveBack();
    setHelping(opens);
  }

  function close() {
    setAsked(null);
    reset();
    focus.giveBack();
  }

  return { asked, failures, run, helping, ask, settle, close, help };
}

type GoneNoticeProps = {
  rows: ReturnType<typeof useShownRows>['rows'];
  onDrop: (ids: readonly string[]) => void;
};

/** Rows that wait no more keep their place until whoever looks at the list lets go of them. */
function GoneNotice({ rows, onDrop }: GoneNoticeProps) {
  const t = useTranslations('approvals.gone');
  const ids = rows.flatMap(({ item, gone }) => (gone === undefined ? [] : [item.id]));
  return (
    <div role="status" className="mb-3 flex flex-wrap items-center gap-2 text-sm empty:hidden">
      {ids.length > 0 ? (
        <>
          {t('count', { count: ids.length })}
          <Button size="sm" onClick={() => onDrop(ids)}>
            {t('drop')}
          </Button>
        </>
      ) : null}
    </div>
  );
}
