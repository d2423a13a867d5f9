import { useContext, useRef, useState } from 'react';
import {
  approveAllAction,
  type DecisionResult,
  declineAllAction,
  type NoAnswer,
} from '~/app/(console)/approvals/actions';
import { OperatorContext } from '~/components/layout/operator-context';
import { reportAnswer } from '~/components/live/connection';
import { useRefresh } from '~/components/live/go';

/** Small enough that the progress moves, large enough that two hundred take seconds. */
const BATCH = 10;

/** What is asked about a selection. */
export type Choice = 'approve' | 'decline';

/** They have to show first that it is they: `settle` says whether they did. */
export type ProofAsked = { settle: (isProven: boolean) => void };

export type DecisionRun = { total: number; results: DecisionResult[]; finished: boolean };

/** Sends a selection off to be decided in batches, and keeps what became of each. */
export function useDecisions() {
  const { refresh } = useRefresh();
  const [run, setRun] = useState<DecisionRun | null>(null);
  const [proof, setProof] = useState<ProofAsked | null>(null);
  // Whose decisions they are, whoever signs in meanwhile; once that is said, another press is theirs.
  const operatorId = useContext(OperatorContext);
  const owner = useRef<string | null>(null);

  /** Whether they showed that it is they. */
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

  async function decide(choice: Choice, ids: readonly string[], reason: string): Promise<DecisionResult[]> {
    const results: DecisionResult[] = [];
    owner.current ??= operatorId;
    const ask = (some: string[]) => send(choice, some, reason, owner.current);
    setRun({ total: ids.length, results: [], finished: false });
    for (let start = 0; start < ids.length; start += BATCH) {
      const sent = ids.slice(start, start + BATCH);
      let answer = await ask(sent);
      while (answer?.some(isUnproven) && (await askForProof())) answer = await ask(sent);
      if (answer) owner.current = otherIn(answer) ?? owner.current;
      results.push(...(answer ?? sent.map((id) => unanswered(id, 'unexpected'))));
      if (answer?.some(isSignedOut)) reportAnswer('signed_out');
      if (!answer || answer.some(isSignedOut)) {
        // Nobody answers, or for nobody: the others are better asked about again than sent into the dark.
        const why = answer ? 'signed_out' : 'unsent';
        results.push(...ids.slice(start + BATCH).map((id) => unanswered(id, why)));
        break;
      }
      setRun({ total: ids.length, results: [...results], finished: false });
    }
    setRun({ total: ids.length, results, finished: true });
    refresh();
    return results;
  }

  function reset() {
    owner.current = null;
    setRun(null);
  }

  return { run, decide, reset, proof };
}

/** Who is signed in in place of who chose; null where it is they. */
function otherIn(answer: readonly DecisionResult[]): string | null {
  const other = answer.find((result) => !result.ok && result.code === 'other_operator');
  return other && !other.ok ? String(other.details.id) : null;
}

/** Nobody was signed in any more: nothing was decided. */
export function isSignedOut(result: DecisionResult): boolean {
  return !result.ok && result.code === 'signed_out';
}

/** Nobody knows whether it was decided. */
export function isUnknown(result: DecisionResult): boolean {
  return !result.ok && result.code === 'unexpected';
}

function isUnproven(result: DecisionResult): boolean {
  return !result.ok && result.code === 'step_up';
}

function unanswered(id: string, code: NoAnswer): DecisionResult {
  return { id, ok: false, code, details: {} };
}

/** Null without an answer, at the second try too. To ask again is safe: what this person decided so already is done. */
async function send(
  choice: Choice,
  ids: string[],
  reason: string,
  by: string | null,
): Promise<DecisionResult[] | null> {
  const ask = () => (choice === 'approve' ? approveAllAction(ids, by) : declineAllAction(ids, reason, by));
  return ask().catch(() => ask().catch(() => null));
}
