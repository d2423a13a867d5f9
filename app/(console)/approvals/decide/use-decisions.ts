import { useState } from 'react';
import { approveAllAction, type DecisionResult, declineAllAction } from '~/app/(console)/approvals/actions';
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
    setRun({ total: ids.length, results: [], finished: false });
    for (let start = 0; start < ids.length; start += BATCH) {
      const sent = ids.slice(start, start + BATCH);
      let answer = await send(choice, sent, reason);
      while (answer?.some(isUnproven) && (await askForProof())) answer = await send(choice, sent, reason);
      results.push(...(answer ?? sent.map((id) => unanswered(id, 'unexpected'))));
      if (!answer) {
        // Nobody answers: the others are better asked about again than sent into the dark.
        results.push(...ids.slice(start + BATCH).map((id) => unanswered(id, 'unsent')));
        break;
      }
      setRun({ total: ids.length, results: [...results], finished: false });
    }
    setRun({ total: ids.length, results, finished: true });
    refresh();
    return results;
  }

  return { run, decide, reset: () => setRun(null), proof };
}

function isUnproven(result: DecisionResult): boolean {
  return !result.ok && result.code === 'step_up';
}

function unanswered(id: string, code: 'unexpected' | 'unsent'): DecisionResult {
  return { id, ok: false, code, details: {} };
}

/** Null without an answer, at the second try too. To ask again is safe: what this person decided so already is done. */
async function send(choice: Choice, ids: string[], reason: string): Promise<DecisionResult[] | null> {
  const ask = () => (choice === 'approve' ? approveAllAction(ids) : declineAllAction(ids, reason));
  return ask().catch(() => ask().catch(() => null));
}
