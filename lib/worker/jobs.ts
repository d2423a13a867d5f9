import { deliverAlarms } from '~/lib/alarms/deliver';
import { evaluateAlarms } from '~/lib/alarms/evaluate';
import { forgetRequests } from '~/lib/api/idempotency';
import { workBatches } from '~/lib/batches/work';
import { workVerifications } from '~/lib/beneficiaries/send';
import { expireApprovals } from '~/lib/deciding/registry';
import { resumeReturns } from '~/lib/deposits/returns';
import { sealKybs } from '~/lib/entities/kept';
import { forgetDrafts } from '~/lib/entities/kyb-drafts';
import { env } from '~/lib/env';
import { beginAnywhere, openGate } from '~/lib/gate/gate';
import { expireHolds } from '~/lib/holds/holds';
import { ensureLocalEndpoint } from '~/lib/inbox/endpoints';
import { countDeliveries } from '~/lib/inbox/health';
import { processEvents } from '~/lib/inbox/process';
import { pollIfDue, syncIfDue } from '~/lib/inbox/sync';
import { foldEntries } from '~/lib/ledger/moment';
import { composeMails } from '~/lib/notices/compose';
import { forgetNotices } from '~/lib/notices/read';
import { sendMails } from '~/lib/notices/send';
import { tellPeople } from '~/lib/notices/tell';
import { forgetPacks, workPacks } from '~/lib/packs/make';
import { advanceMoves } from '~/lib/patterns/move';
import { sealCustomers } from '~/lib/people/kept';
import { noteHead, sealChain } from '~/lib/proof/chain';
import { checkLedger } from '~/lib/proof/ledger-check';
import { proveAccounts } from '~/lib/proof/run';
import { pulse } from '~/lib/replica';
import { forgetOld } from '~/lib/retention';
import { runSchedules } from '~/lib/schedules/run';
import { settleSearch } from '~/lib/search/settle';
import { watchBooks } from '~/lib/standstill/watch';
import { sendStatementMails } from '~/lib/statements/mail';
import { forgetStatements, workStatements } from '~/lib/statements/make';
import { runStatementOrders } from '~/lib/statements/monthly';
import { watchPayouts } from '~/lib/stops/watch';
import { takeInstalments } from '~/lib/transfers/debt-plans';
import { liftFreezes } from '~/lib/wallets/freeze-endings';
import { alignNumberBounds } from '~/lib/wallets/number-bounds';
import { alignAccountNumbers } from '~/lib/wallets/number-states';
import { advanceOpenings } from '~/lib/wallets/provisioning';
import { deleteQuarantined } from '~/lib/wallets/quarantine';
import { deliverWebhooks } from '~/lib/webhooks/deliver';
import { fanOut } from '~/lib/webhooks/fan-out';
import { forgetDeliveries } from '~/lib/webhooks/resend';
import { submitWithdrawals } from '~/lib/withdrawals/submission';

/** `run` returns how much it found to do; above zero it runs again at once. */
export type Job = {
  name: string;
  everyMs: number;
  run: () => Promise<number>;
  /** How many may run side by side in one worker while there is work; one by default. */
  lanes?: number;
  /** However often it fails, it is retried within this. */
  retryWithinMs?: number;
};

const rest = (run: () => Promise<unknown>) => async () => {
  await run();
  return 0;
};

/** Each goes on where the one before ended. */
function looksAtGate(): () => Promise<number> {
  const round = beginAnywhere();
  return () => openGate(round);
}

/** Whether the books are those that were known last: asked before anything is sent, and all the time. */
export const watch = (): Job => ({
  name: 'books',
  everyMs: 1_000,
  run: rest(watchBooks),
  // Until it has looked at a database that is back, nothing is sent.
  retryWithinMs: 1_000,
});

/** What a worker does. Any number of workers may run these side by side. */
export const jobs = (): Job[] => [
  // While one batch commits, the next is read and planned.
  { name: 'events', everyMs: 150, run: () => processEvents(), lanes: 2 },
  // While one searches Fintoc for what got no answer, the other sends.
  { name: 'withdrawals', everyMs: 250, run: () => submitWithdrawals(), lanes: 2 },
  { name: 'batches', everyMs: 500, run: workBatches },
  { name: 'schedules', everyMs: 5_000, run: runSchedules },
  { name: 'stops', everyMs: 10_000, run: rest(watchPayouts) },
  { name: 'gate', everyMs: 1_500, run: rest(looksAtGate()) },
  { name: 'openings', everyMs: 400, run: rest(advanceOpenings) },
  { name: 'moves', everyMs: 1_000, run: rest(advanceMoves) },
  { name: 'account_numbers', everyMs: 1_000, run: rest(alignAccountNumbers) },
  { name: 'account_number_bounds', everyMs: 5_000, run: rest(alignNumberBounds) },
  { name: 'returns', everyMs: 10_000, run: rest(resumeReturns) },
  { name: 'verifications', everyMs: 1_000, run: rest(workVerifications) },
  { name: 'expiry', everyMs: 60_000, run: rest(expireApprovals) },
  { name: 'quarantine', everyMs: 60_000, run: rest(deleteQuarantined) },
  { name: 'debt_instalments', everyMs: 60_000, run: rest(takeInstalments) },
  { name: 'freezes', everyMs: 5_000, run: rest(liftFreezes) },
  { name: 'holds', everyMs: 5_000, run: rest(expireHolds) },
  // Of an installation from before there were keys; else a look at two empty indexes.
  { name: 'sealing', everyMs: 60_000, run: sealCustomers },
  { name: 'kyb_sealing', everyMs: 60_000, run: sealKybs },
  { name: 'api_requests', everyMs: 3_600_000, run: forgetRequests },
  { name: 'retention', everyMs: 3_600_000, run: forgetOld },
  { name: 'kyb_drafts', everyMs: 3_600_000, run: rest(forgetDrafts) },
  { name: 'pulse', everyMs: 1_000, run: rest(pulse) },
  { name: 'endpoint', everyMs: 15_000, run: rest(ensureLocalEndpoint) },
  { name: 'sync', everyMs: 5_000, run: rest(syncIfDue) },
  { name: 'delivery_counts', everyMs: 20_000, run: countDeliveries },
  { name: 'poll', everyMs: env().FINTOC_POLL_MS, run: rest(pollIfDue) },
  { name: 'proof', everyMs: 2_000, run: () => proveAccounts() },
  { name: 'search_words', everyMs: 3_000, run: rest(settleSearch) },
  { name: 'ledger_sums', everyMs: 10_000, run: () => foldEntries() },
  { name: 'ledger_check', everyMs: 15_000, run: () => checkLedger() },
  { name: 'alarms', everyMs: 15_000, run: rest(evaluateAlarms) },
  { name: 'alarm_messages', everyMs: 1_000, run: deliverAlarms },
  { name: 'notices', everyMs: 1_000, run: () => tellPeople() },
  { name: 'notice_mails', everyMs: 2_000, run: () => composeMails() },
  // Of two a slow server keeps one waiting.
  { name: 'mails', everyMs: 2_000, run: () => sendMails(), lanes: 2 },
  { name: 'old_notices', everyMs: 3_600_000, run: forgetNotices },
  { name: 'webhook_fan_out', everyMs: 500, run: fanOut },
  // Each takes one endpoint's messages: a slow one keeps a lane, and no other endpoint, waiting.
  { name: 'webhooks', everyMs: 500, run: () => deliverWebhooks(), lanes: 8 },
  { name: 'webhook_deliveries', everyMs: 3_600_000, run: forgetDeliveries },
  // While one is at a whole month of everybody's, the other makes what somebody waits for.
  { name: 'statements', everyMs: 1_000, run: workStatements, lanes: 2 },
  { name: 'statement_mails', everyMs: 2_000, run: sendStatementMails, lanes: 2 },
  { name: 'statement_orders', everyMs: 30_000, run: runStatementOrders },
  { name: 'packs', everyMs: 1_000, run: workPacks },
  { name: 'pack_files', everyMs: 600_000, run: forgetPacks },
  { name: 'statement_files', everyMs: 600_000, run: forgetStatements },
  { name: 'chain', everyMs: 6_000, run: () => sealChain() },
  { name: 'chain_head', everyMs: 60_000, run: rest(noteHead) },
];
