import { createOrganisation } from '~/sandbox/accounts';
import { requireEntity } from '~/sandbox/api/entities';
import { FAILED_OUTCOMES } from '~/sandbox/config';
import { accountNumberControls } from '~/sandbox/control/account-numbers';
import { deliveryControls } from '~/sandbox/control/deliveries';
import { eventControls } from '~/sandbox/control/events';
import { faultControls } from '~/sandbox/control/faults';
import { movementControls } from '~/sandbox/control/movements';
import { payoutControls } from '~/sandbox/control/payouts';
import { transferControls } from '~/sandbox/control/transfers';
import { FintocError } from '~/sandbox/http/errors';
import { Input, isFields } from '~/sandbox/http/input';
import type { Call, Reply, Route } from '~/sandbox/http/router';
import { presentOnboarding, type Rejection, reviewOnboarding, setEntityStatus } from '~/sandbox/onboardings';
import { changeSettings, loadSettings, now, row, type Sandbox, transaction } from '~/sandbox/state';
import { presentEntity } from '~/sandbox/views';

/** What Fintoc can't be asked for. Not authenticated, and answered to this machine only. */
export const controlRoutes: readonly Route[] = [
  { method: 'GET', path: '/_control/health', handle: getHealth },
  { method: 'GET', path: '/_control/state', handle: getState },
  { method: 'GET', path: '/_control/waiting', handle: getWaiting },
  { method: 'POST', path: '/_control/reset', handle: reset },
  { method: 'GET', path: '/_control/time', handle: getTime },
  { method: 'POST', path: '/_control/time/advance', handle: advanceTime },
  { method: 'GET', path: '/_control/settlement-mode', handle: getSettlementMode },
  { method: 'POST', path: '/_control/settlement-mode', handle: setSettlementMode },
  { method: 'POST', path: '/_control/onboardings/:id/approve', handle: (call) => review(call, 'approved') },
  { method: 'POST', path: '/_control/onboardings/:id/reject', handle: (call) => review(call, 'rejected') },
  { method: 'POST', path: '/_control/entities/:id/status', handle: setStatusOfEntity },
  ...transferControls,
  ...payoutControls,
  ...movementControls,
  ...accountNumberControls,
  ...eventControls,
  ...deliveryControls,
  ...faultControls,
];

const ENTITY_STATUSES = [
  'draft',
  'under_review',
  'pending_signature',
  'canceled',
  'waiting_initialization',
  'operational',
  'rejected',
  'paused',
] as const;

const LONGEST_ADVANCE_MS = 400 * 24 * 3_600_000;
const LONGEST_SETTLE_MS = 86_400_000;

async function getHealth({ db }: Call): Promise<Reply> {
  await db.query('select 1');
  return { status: 200, body: { status: 'ok' } };
}

/** Counts, and whether the money adds up: every balance is the sum of its account's movements. */
async function getState({ sandbox, db }: Call): Promise<Reply> {
  const summary = await row<Record<string, unknown>>(
    db,
    `select
       (select count(*)::int from sandbox.entities) as entities,
       (select count(*)::int from sandbox.accounts) as accounts,
       (select count(*)::int from sandbox.account_numbers) as account_numbers,
       (select count(*)::int from sandbox.movements) as movements,
       (select count(*)::int from sandbox.events) as events,
       (select count(*)::int from sandbox.webhook_endpoints) as webhook_endpoints,
       (select coalesce(json_object_agg(status, n), '{}') from
         (select status, count(*)::int n from sandbox.transfers group by status) s) as transfers,
       (select coalesce(json_object_agg(status, n), '{}') from
         (select status, count(*)::int n from sandbox.deliveries group by status) s) as deliveries,
       (select count(distinct event_id)::int from sandbox.deliveries where status = 'succeeded') as events_accepted,
       (select coalesce(json_object_agg(currency, b), '{}') from
         (select currency, sum(balance)::bigint b from sandbox.accounts group by currency) s) as balances,
       (select count(*)::int from sandbox.transfers where due_at <= $1) as settlements_due,
       not exists (
         select 1 from sandbox.accounts a where a.balance <> (
           select coalesce(sum(case m.direction when 'inbound' then m.amount else -m.amount end), 0)
           from sandbox.movements m where m.account_id = a.id)) as balanced`,
    [now(sandbox)],
  );
  return { status: 200, body: { ...summary, now: now(sandbox), settings: sandbox.settings } };
}

/** What is still to come by itself: cheap enough to ask all the time. */
async function getWaiting({ db }: Call): Promise<Reply> {
  const waiting = await row<{ transfers: number; deliveries: number }>(
    db,
    `select (select count(*)::int from sandbox.transfers where due_at is not null) as transfers,
       (select count(*)::int from sandbox.deliveries where status = 'pending') as deliveries`,
  );
  return { status: 200, body: waiting };
}

// Before the rest, in the order that settlement locks them in.
const TABLES = [
  ...[
    'transfers',
    'accounts',
    'account_numbers',
    'movements',
    'account_verifications',
    'holders',
    'events',
    'deliveries',
  ],
  ...['onboardings', 'entities', 'nonces', 'idempotency_keys', 'settings'],
];

const RESET_ATTEMPTS = 5;

/** A fresh organisation. CLABEs go on where they were, so that none is ever handed out twice. */
async function reset({ sandbox, input }: Call): Promise<Reply> {
  const tables = input.flag('keep_webhook_endpoints') ? TABLES : [...TABLES, 'webhook_endpoints'];
  for (let attempt = 1; ; attempt++) {
    try {
      await transaction(sandbox, async (db) => {
        await db.query(`truncate ${tables.map((table) => `sandbox.${table}`).join(', ')}`);
        await createOrganisation(sandbox, db);
      });
      break;
    } catch (error) {
      // Settlement and deliveries go on meanwhile, and may hold what we wait for while waiting for what we hold.
      if (attempt === RESET_ATTEMPTS || !isDeadlock(error)) throw error;
    }
  }
  sandbox.faults.clear();
  sandbox.deliveryRules.clear();
  await loadSettings(sandbox);
  return { status: 204 };
}

function isDeadlock(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '40P01';
}

async function getTime({ sandbox }: Call): Promise<Reply> {
  return { status: 200, body: timeOf(sandbox) };
}

/** Time only goes forward: what is due until then happens now. */
async function advanceTime({ sandbox, input }: Call): Promise<Reply> {
  const ms = input.integer('ms', { min: 0, max: LONGEST_ADVANCE_MS, fallback: 0 });
  const seconds = input.integer('seconds', { min: 0, max: LONGEST_ADVANCE_MS / 1_000, fallback: 0 });
  const clockOffsetMs = sandbox.settings.clockOffsetMs + ms + seconds * 1_000;
  await changeSettings(sandbox, { clockOffsetMs });
  return { status: 200, body: timeOf(sandbox) };
}

function timeOf(sandbox: Sandbox) {
  return { now: now(sandbox), offset_ms: sandbox.settings.clockOffsetMs };
}

async function getSettlementMode({ sandbox }: Call): Promise<Reply> {
  return { status: 200, body: settlementOf(sandbox) };
}

/** Back in auto mode, whatever was waiting is due at once. */
async function setSettlementMode({ sandbox, db, input }: Call): Promise<Reply> {
  const { settlementMode, settleMs, insufficientFundsOutcome } = sandbox.settings;
  await changeSettings(sandbox, {
    settlementMode: input.has('mode') ? input.oneOf('mode', ['auto', 'manual']) : settlementMode,
    settleMs: input.integer('delay_ms', { min: 0, max: LONGEST_SETTLE_MS, fallback: settleMs }),
    insufficientFundsOutcome: input.has('insufficient_funds_outcome')
      ? input.oneOf('insufficient_funds_outcome', FAILED_OUTCOMES)
      : insufficientFundsOutcome,
  });
  if (sandbox.settings.settlementMode === 'auto')
    await db.query(`update sandbox.transfers set due_at = $1 where due_at is null and plan <> '[]'::jsonb`, [
      now(sandbox),
    ]);
  return { status: 200, body: settlementOf(sandbox) };
}

function settlementOf({ settings }: Sandbox) {
  return {
    mode: settings.settlementMode,
    delay_ms: settings.settleMs,
    insufficient_funds_outcome: settings.insufficientFundsOutcome,
  };
}

async function review(
  { sandbox, db, params, input }: Call,
  verdict: 'approved' | 'rejected',
): Promise<Reply> {
  const rejection = verdict === 'rejected' ? readRejection(input) : null;
  const reviewed = await reviewOnboarding(sandbox, db, params.id ?? '', verdict, rejection);
  if (!reviewed)
    throw new FintocError(409, 'invalid_request', 'There is no such onboarding that is submitted.');
  return { status: 200, body: presentOnboarding(reviewed) };
}

/** Nothing said is what most of Fintoc's rejections say. */
function readRejection(input: Call['input']): Rejection {
  const reason = input.optionalText('reason');
  const rejections = input.list('rejections').map((item) => {
    const given = new Input(isFields(item) ? item : {}, 'rejections.');
    return { field: given.text('field'), reason: given.text('reason') };
  });
  const documents = Object.entries(input.optionalObject('documents') ?? {}).map(([slot, why]) => [
    slot,
    String(why),
  ]);
  return {
    ...(reason && { reason }),
    ...(rejections.length > 0 && { rejections }),
    ...(documents.length > 0 && { documents: Object.fromEntries(documents) }),
  };
}

async function setStatusOfEntity({ db, params, input }: Call): Promise<Reply> {
  const entity = await requireEntity(db, params.id);
  await setEntityStatus(db, entity.id, input.oneOf('status', ENTITY_STATUSES));
  return { status: 200, body: presentEntity(await requireEntity(db, entity.id)) };
}
