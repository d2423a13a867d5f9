'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useRef, useState } from 'react';
import { isChoosable } from '~/app/(console)/approvals/choosable';
import type { DecisionDialogProps } from '~/app/(console)/approvals/decide/decision-dialog';
import { useAsking } from '~/app/(console)/approvals/decide/use-asking';
import type { WaitingItem } from '~/app/(console)/approvals/items';
import { ApprovalLegend } from '~/app/(console)/approvals/keyboard/keys';
import { useInboxKeys } from '~/app/(console)/approvals/keyboard/use-inbox-keys';
import { useReturningFocus } from '~/app/(console)/approvals/keyboard/use-returning-focus';
import { BesideInbox } from '~/app/(console)/approvals/list/beside-inbox';
import { ApprovalClock, useClock } from '~/app/(console)/approvals/list/clock';
import { ApprovalTable } from '~/app/(console)/approvals/list/table';
import { usePeeked } from '~/app/(console)/approvals/list/use-peeked';
import { useShownRows } from '~/app/(console)/approvals/list/use-shown-rows';
import { isWide } from '~/components/list/peek/beside';
import { useSelection } from '~/components/list/select/use-selection';
import { useGo } from '~/components/live/go';
import { Button } from '~/components/ui/button';
import { onDemand, useOnDemand } from '~/components/ui/on-demand';
import { useLetterKeys } from '~/components/ui/use-letter-keys';
import type { Ending } from '~/lib/approvals/read';

const decisions = onDemand(() => import('~/app/(console)/approvals/decide/decision-dialog'));
const bars = onDemand(() => import('~/app/(console)/approvals/decide/bar'));
const keyHelp = onDemand(() => import('~/app/(console)/approvals/keyboard/help'));

type ApprovalInboxProps = {
  items: readonly WaitingItem[];
  /** Which page of the list this is: another one starts with rows of its own. */
  page: string;
  filtered: boolean;
  /** How many this operator may choose, of all that the filter shows. */
  decidable: number;
  /** What ended of late, by anybody's decision. */
  endings: readonly Ending[];
  now: Date;
  /** False for who only reads the list. */
  decides: boolean;
  /** What stands above the rows: how many wait, and what they come to. */
  summary: ReactNode;
  /** What stands in their place when none waits. */
  empty: ReactNode;
};

/** Everything that waits for a second person: choose, see whole what is signed, decide once, see what became of each. */
export function ApprovalInbox(props: ApprovalInboxProps) {
  const { items, page, filtered, decidable, endings, decides, summary, empty } = props;
  const t = useTranslations('approvals');
  const { go } = useGo();
  const clock = useClock(props.now);
  const { rows, gone, drop } = useShownRows(page, items, endings);
  const there = rows.flatMap(({ item, gone }) => (gone === undefined ? [item] : []));
  const selectable = there.filter(isChoosable);
  const selection = useSelection(selectable);
  const [current, setCurrent] = useState<string | null>(null);
  const [letters] = useLetterKeys();
  const list = useRef<HTMLElement>(null);
  const focus = useReturningFocus(list);

  const chosen = selection.items.filter(({ id }) => !gone.has(id));
  const shown = new Set(rows.map(({ item }) => item.id));
  // For who only reads, a row without a page of its own has nothing that takes the focus.
  const first = rows.find(({ item }) => decides || item.href !== null);
  const tabStop = current !== null && shown.has(current) ? current : (first?.item.id ?? null);

  const peek = usePeeked(rows, list);

  const asking = useAsking({ ...{ decides, chosen, there, tabStop, focus, drop, selection } });
  const { failures, ask, look, help } = asking;
  const bar = useOnDemand(bars, chosen.length > 0);

  function open(id: string) {
    if (isWide()) return peek.open(id);
    const href = rows.find(({ item }) => item.id === id)?.item.href;
    if (href) void go(href);
    else look(id);
  }

  useInboxKeys({
    ...{ list, letters },
    current: tabStop,
    keys: {
      ...{ ask, open, decides },
      toggle: selection.toggle,
      extend: selection.extendTo,
      toggleAll: selection.toggleAll,
      clear: () => (peek.row ? peek.close() : selection.clear()),
      moved: (id) => (peek.row ? peek.open(id) : undefined),
      help: () => help(true),
    },
  });

  return (
    <ApprovalClock value={clock}>
      <section ref={list} tabIndex={-1} aria-label={t('inbox')} className="focus-visible:outline-none">
        {rows.length > 0 ? (
          <BesideInbox peek={peek} decides={decides} now={props.now} onAsk={asking.askOf}>
            <Above decides={decides} onHelp={() => help(true)}>
              {summary}
            </Above>
            <GoneNotice rows={rows} onDrop={drop} />
            <ApprovalTable
              rows={rows}
              selectable={selectable.length}
              selection={decides ? selection : null}
              failures={failures}
              current={tabStop}
              onCurrent={setCurrent}
              onLook={look}
              shown={peek.row?.item.id ?? null}
            />
          </BesideInbox>
        ) : (
          empty
        )}
        {decides && chosen.length > 0 && bar ? (
          <bar.ApprovalBar
            chosen={chosen}
            elsewhere={chosen.filter(({ id }) => !shown.has(id)).length}
            more={selection.all && decidable > chosen.length ? decidable : null}
            filtered={filtered}
            onMore={selection.add}
            onAsk={(choice) => ask(choice, null)}
            onClear={selection.clear}
          />
        ) : null}
        <Dialogs asking={asking} gone={gone} decides={decides} />
      </section>
    </ApprovalClock>
  );
}

type DialogsProps = Pick<DecisionDialogProps, 'gone'> & {
  asking: ReturnType<typeof useAsking>;
  decides: boolean;
};

function Dialogs({ asking, gone, decides }: DialogsProps) {
  const { asked, run, proof, helping, declineInstead, settle, close, help } = asking;
  const drawn = useOnDemand(decisions, Boolean(asked));
  const keys = useOnDemand(keyHelp, helping);
  return (
    <>
      {asked && drawn ? (
        <drawn.DecisionDialog
          {...{ ...asked, gone, run, proof }}
          onDecline={declineInstead}
          onDecide={(ids, reason) => settle(asked.choice, ids, reason)}
          onClose={close}
        />
      ) : null}
      {helping && keys ? <keys.ApprovalHelp decides={decides} onClose={() => help(false)} /> : null}
    </>
  );
}

type AboveProps = { decides: boolean; onHelp: () => void; children: ReactNode };

function Above({ decides, onHelp, children }: AboveProps) {
  return (
    <div className="mb-3 flex flex-wrap items-center justify-between gap-x-6 gap-y-1">
      {children}
      <ApprovalLegend decides={decides} onHelp={onHelp} />
    </div>
  );
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
