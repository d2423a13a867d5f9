import { useContext, useRef, useState } from 'react';
import { newId } from '~/components/form/new-id';
import { OperatorContext } from '~/components/layout/operator-context';
import type { SelectableRow, SelectedAct } from '~/components/list/select/acts';
import { reportAnswer } from '~/components/live/connection';
import { FILLED_IN_BY, type FormState } from '~/lib/form-state';

export type Outcome = { row: SelectableRow; state: FormState };
export type DoingRun = { total: number; outcomes: Outcome[]; finished: boolean };
type Proof = { settle: (isProven: boolean) => void };

const LOST: FormState = { status: 'unanswered', slow: false };

/**
 * Does the same with several rows, one after the other, each under a request id of its own that it keeps when it is sent
 * again. One that is refused stops none of the others; one that nobody answered, or that finds
 * another person or nobody signed in, is the last.
 */
export function useDoing(act: SelectedAct) {
  // Whose act it is, whoever signs in meanwhile; once that is said, another press is theirs.
  const owner = useRef(useContext(OperatorContext));
  const requestIds = useRef(new Map<string, string>());
  const [run, setRun] = useState<DoingRun | null>(null);
  const [proof, setProof] = useState<Proof | null>(null);

  function idOf(row: SelectableRow): string {
    const known = requestIds.current.get(row.id) ?? newId();
    requestIds.current.set(row.id, known);
    return known;
  }

  function askForProof(): Promise<boolean> {
    return new Promise((resolve) =>
      setProof({
        settle: (isProven) => {
          setProof(null);
          resolve(isProven);
        },
      }),
    );
  }

  async function send(row: SelectableRow, typed: FormData): Promise<FormState> {
    const data = new FormData();
    for (const [name, value] of typed) data.set(name, value);
    for (const [name, value] of Object.entries(row.hidden ?? {})) data.set(name, value);
    data.set(act.idName, row.id);
    data.set('requestId', idOf(row));
    if (owner.current) data.set(FILLED_IN_BY, owner.current);
    const state = await act.action({ status: 'idle' }, data).catch(() => LOST);
    if (state.status === 'signed_out') reportAnswer('signed_out');
    if (state.status === 'other_operator') owner.current = state.id;
    return state.status === 'step_up' && (await askForProof()) ? send(row, typed) : state;
  }

  /** What became of each, in order. */
  async function start(rows: readonly SelectableRow[], typed: FormData): Promise<Outcome[]> {
    const outcomes: Outcome[] = [];
    setRun({ total: rows.length, outcomes, finished: false });
    for (const row of rows) {
      const state = endingAll(outcomes.at(-1)?.state) ?? (await send(row, typed));
      outcomes.push({ row, state });
      setRun({ total: rows.length, outcomes: [...outcomes], finished: outcomes.length === rows.length });
    }
    return outcomes;
  }

  return { run, start, proof, startOver: () => setRun(null) };
}

/** What is said of one is so of all behind it, which are not sent. */
function endingAll(last: FormState | undefined): FormState | null {
  if (last?.status === 'unanswered') return LOST;
  return last?.status === 'signed_out' || last?.status === 'other_operator' ? last : null;
}
