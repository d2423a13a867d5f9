import { alignAccountNumbers } from '~/lib/account-numbers';
import { recoverFromMovements } from '~/lib/proof/recover';
import { advanceOpenings } from '~/lib/provisioning';
import { pollTransfers, syncIfDue } from '~/lib/sync';
import { resumeReturns } from '~/lib/transfers/deposits';
import { submitWithdrawals } from '~/lib/transfers/submission';
import { expireWithdrawals } from '~/lib/transfers/withdrawals';
import { ensureLocalEndpoint } from '~/lib/webhooks/endpoints';
import { processEvents } from '~/lib/webhooks/process';

/** `run` answers how much it found to do: anything above zero is asked again at once. */
export type Job = { name: string; everyMs: number; run: () => Promise<number> };

const rest = (run: () => Promise<unknown>) => async () => {
  await run();
  return 0;
};

/** What a worker does. Any number of workers may run these side by side. */
export const jobs: Job[] = [
  { name: 'events', everyMs: 150, run: () => processEvents() },
  { name: 'withdrawals', everyMs: 250, run: () => submitWithdrawals() },
  { name: 'openings', everyMs: 400, run: rest(advanceOpenings) },
  { name: 'account_numbers', everyMs: 1_000, run: rest(alignAccountNumbers) },
  { name: 'returns', everyMs: 10_000, run: rest(resumeReturns) },
  { name: 'expiry', everyMs: 60_000, run: rest(expireWithdrawals) },
  { name: 'endpoint', everyMs: 15_000, run: rest(ensureLocalEndpoint) },
  { name: 'sync', everyMs: 5_000, run: rest(syncIfDue) },
  { name: 'poll', everyMs: 30_000, run: rest(pollTransfers) },
  { name: 'recovery', everyMs: 600_000, run: rest(recoverFromMovements) },
];
