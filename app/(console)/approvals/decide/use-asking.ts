import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { DecisionResult } from '~/app/(console)/approvals/actions';
import { isChoosable } from '~/app/(console)/approvals/choosable';
import { selectionOf } from '~/app/(console)/approvals/decide/bulk';
import { type Choice, useDecisions } from '~/app/(console)/approvals/decide/use-decisions';
import type { WaitingItem } from '~/app/(console)/approvals/items';
import type { useReturningFocus } from '~/app/(console)/approvals/keyboard/use-returning-focus';
import { toast } from '~/components/ui/toast';

/** `looks`: to be looked at first, as it has no page of its own. */
type Asked = { choice: Choice; items: readonly WaitingItem[]; looks: boolean };

type Asking = {
  decides: boolean;
  chosen: readonly WaitingItem[];
  /** What is listed and still waits. */
  there: readonly WaitingItem[];
  tabStop: string | null;
  focus: ReturnType<typeof useReturningFocus>;
  drop: (ids: readonly string[]) => void;
  selection: { remove: (ids: readonly string[]) => void };
};

/** What is asked of whoever decides, over the rows: a dialog of the chosen ones, or help with the keys. */
export function useAsking({ decides, chosen, there, tabStop, focus, drop, selection }: Asking) {
  const t = useTranslations('approvals');
  const { run, decide, reset, proof } = useDecisions();
  const [asked, setAsked] = useState<Asked | null>(null);
  const [failures, setFailures] = useState<ReadonlyMap<string, DecisionResult>>(new Map());
  const [helping, setHelping] = useState(false);

  function ask(choice: Choice, row: string | null) {
    if (!decides) return;
    const focused = there.filter(({ id }) => id === row);
    const targets = chosen.length > 0 ? chosen : focused.filter(isChoosable);
    if (targets.length === 0) {
      const isElsewhere = focused.some(({ standing, onItsPage }) => standing === 'decides' && onItsPage);
      toast.info(t(isElsewhere ? 'bar.onItsPage' : 'bar.none'));
      return;
    }
    focus.remember(tabStop);
    setAsked({ choice, items: targets, looks: false });
  }

  /** About one row alone, whatever is chosen beside it. */
  function askOf(choice: Choice, item: WaitingItem) {
    focus.remember(item.id);
    setAsked({ choice, items: [item], looks: false });
  }

  function look(id: string) {
    const item = there.find((each) => each.id === id);
    if (!item || !isChoosable(item)) return;
    focus.remember(id);
    setAsked({ choice: 'approve', items: [item], looks: true });
  }

  /** From a look on to saying no. */
  function declineInstead() {
    if (asked) setAsked({ ...asked, choice: 'decline', looks: false });
  }

  async function settle(choice: Choice, ids: readonly string[], reason: string) {
    const results = await decide(choice, ids, reason);
    const of = selectionOf(asked?.items ?? []);
    const done = results.flatMap(({ id, ok }) => (ok ? [id] : []));
    const failed = results.filter(({ ok }) => !ok);
    // What was decided leaves at once; the list from the server follows.
    drop(done);
    selection.remove(done);
    setFailures(new Map(failed.map((result) => [result.id, result])));
    if (failed.length > 0) return;
    toast.success(t(`${choice}.done`, { of, count: done.length }));
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

  return { asked, failures, run, proof, helping, ask, askOf, look, declineInstead, settle, close, help };
}
