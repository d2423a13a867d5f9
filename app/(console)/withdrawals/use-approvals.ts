import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { type ApprovalResult, approveWithdrawalsAction } from '~/app/(console)/withdrawals/actions';

/** Small enough that the progress moves, large enough that two hundred take seconds. */
const BATCH = 10;

export type ApprovalRun = { total: number; results: ApprovalResult[]; finished: boolean };

/** Sends a selection off for approval in batches, and keeps what became of each. */
export function useApprovals() {
  const router = useRouter();
  const [run, setRun] = useState<ApprovalRun | null>(null);

  async function approve(ids: readonly string[]): Promise<ApprovalResult[]> {
    const results: ApprovalResult[] = [];
    setRun({ total: ids.length, results: [], finished: false });
    for (let start = 0; start < ids.length; start += BATCH) {
      results.push(...(await approveBatch(ids.slice(start, start + BATCH))));
      setRun({ total: ids.length, results: [...results], finished: false });
    }
    setRun({ total: ids.length, results, finished: true });
    router.refresh();
    return results;
  }

  return { run, approve, reset: () => setRun(null) };
}

async function approveBatch(ids: string[]): Promise<ApprovalResult[]> {
  try {
    return await approveWithdrawalsAction(ids);
  } catch {
    // Some may have been approved. Asking again is safe: what one has approved stays approved.
    return ids.map((id) => ({ id, ok: false, code: 'unanswered', details: {} }));
  }
}
