import { findAccount } from '~/sandbox/accounts';
import { requireAccountNumber } from '~/sandbox/api/account-numbers';
import { requireAccount } from '~/sandbox/api/accounts';
import { mexicanSender } from '~/sandbox/api/simulate';
import { freeCounterparty } from '~/sandbox/control/payouts';
import { endTransfer } from '~/sandbox/endings';
import { moveBehind } from '~/sandbox/history';
import { FintocError, missingResource } from '~/sandbox/http/errors';
import { Input, isFields } from '~/sandbox/http/input';
import type { Call, Reply, Route } from '~/sandbox/http/router';
import type { Step } from '~/sandbox/lifecycle';
import { nextStep, takeSteps } from '~/sandbox/settle';
import { row, rows } from '~/sandbox/state';
import {
  insertInbound,
  type KnownTransfer,
  lockTransfer,
  lockTransfers,
  type NewInbound,
} from '~/sandbox/transfers';
import { type AccountNumberRow, presentAccount, presentTransfer } from '~/sandbox/views';

export const transferControls: Route[] = [
  { method: 'POST', path: '/_control/transfers/:id/settle', handle: settleNow },
  ...(['fail', 'reject', 'return', 'reverse'] as const).map((step) => ({
    method: 'POST',
    path: `/_control/transfers/:id/${step}`,
    handle: (call: Call) => takeStep(call, step),
  })),
  { method: 'POST', path: '/_control/transfers/:id/end', handle: endOtherwise },
  { method: 'POST', path: '/_control/inbound-transfers', handle: receiveFrom },
  { method: 'POST', path: '/_control/inbound-transfers/batch', handle: receiveMany },
  ...(
    [
      ['block', 'active', 'blocked'],
      ['unblock', 'blocked', 'active'],
      ['close', null, 'closed'],
    ] as const
  ).map(([verb, from, to]) => ({
    method: 'POST',
    path: `/_control/accounts/:id/${verb}`,
    handle: (call: Call) => setAccountStatus(call, from, to),
  })),
];

const MOST_AT_ONCE = 10_000;
const MOST_SHOWN = 100;

/** The transfer's own next step, now: also in manual mode, and as its scenario has it. */
async function settleNow(call: Call): Promise<Reply> {
  const transfer = await lock(call);
  if (transfer.plan.length === 0)
    throw new FintocError(
      409,
      'invalid_transfer_status',
      `Nothing awaits a transfer that is ${transfer.status}.`,
    );
  await takeSteps(call.sandbox, call.db, [nextStep(transfer)]);
  return { status: 200, body: presentTransfer(transfer, call.sandbox.baseUrl) };
}

async function takeStep(call: Call, step: Step): Promise<Reply> {
  const transfer = await lock(call);
  const reason = call.input.optionalText('reason') ?? undefined;
  await takeSteps(call.sandbox, call.db, [{ transfer, step, reason }]);
  return { status: 200, body: presentTransfer(transfer, call.sandbox.baseUrl) };
}

/** Ends a transfer in whatever status is given, also one that nobody knows, and tells of it or not. */
async function endOtherwise(call: Call): Promise<Reply> {
  const { sandbox, db, input } = call;
  const transfer = await lock(call);
  const from = input.optionalText('from') ?? transfer.status;
  if (transfer.status !== from)
    throw new FintocError(409, 'invalid_transfer_status', `The transfer is ${transfer.status}.`);
  const ending = {
    status: input.text('status'),
    refund: input.flag('refund'),
    event: input.optionalText('event') ?? null,
    reason: input.optionalText('reason') ?? null,
  };
  await endTransfer(sandbox, db, transfer, ending);
  return { status: 200, body: presentTransfer(transfer, sandbox.baseUrl) };
}

async function lock({ db, params }: Call): Promise<KnownTransfer> {
  const transfer = await lockTransfer(db, params.id ?? '');
  if (!transfer) throw missingResource('transfer', params.id ?? '');
  return transfer;
}

/** One or many inbound transfers, from whoever the caller says; `behind` so many movements that were there before. */
async function receiveFrom({ sandbox, db, input }: Call): Promise<Reply> {
  const amount = input.amount('amount');
  const count = input.integer('count', { min: 1, max: MOST_AT_ONCE, fallback: 1 });
  const number = await findNumber(db, input);
  const account = await requireAccount(db, number.account_id);
  const inbound: NewInbound = {
    number,
    amount,
    currency: account.currency,
    comment: input.optionalText('comment') ?? null,
    referenceId: input.referenceId({ leadingZeros: true }) ?? null,
    trackingKey: input.optionalText('tracking_key') ?? undefined,
    counterparty: input.has('counterparty')
      ? freeCounterparty(input.object('counterparty'))
      : mexicanSender(input),
  };
  const stored = await insertInbound(sandbox, db, Array(count).fill(inbound));
  const ids = stored.map(({ id }) => id);
  const transfers = await lockTransfers(db, ids);
  const behind = input.integer('behind', { min: 0, max: MOST_AT_ONCE, fallback: 0 });
  if (input.flag('settle') || behind > 0) await takeSteps(sandbox, db, transfers.map(nextStep));
  if (behind > 0)
    for (const { movement_id } of transfers)
      if (movement_id) await moveBehind(sandbox, db, movement_id, behind);
  const body = transfers.slice(0, MOST_SHOWN).map((transfer) => presentTransfer(transfer, sandbox.baseUrl));
  return { status: 201, body };
}

/**
 * Inbound transfers to many account numbers, each with an amount, a sender and a moment of its own, as a busy day brings
 * them; with `settle` they are there at once.
 */
async function receiveMany({ sandbox, db, input }: Call): Promise<Reply> {
  const items = input.list('transfers').map((item) => {
    if (!isFields(item)) throw input.refusal('invalid_hash', 'transfers', 'must be objects');
    const wanted = new Input(item, 'transfers.');
    return {
      numberId: wanted.text('account_number_id'),
      amount: wanted.amount('amount'),
      comment: wanted.optionalText('comment') ?? null,
      counterparty: wanted.has('counterparty')
        ? freeCounterparty(wanted.object('counterparty'))
        : mexicanSender(input),
      madeAt: readMoment(wanted, 'transaction_date'),
    };
  });
  if (items.length > MOST_AT_ONCE)
    throw input.refusal('invalid_array', 'transfers', `must be at most ${MOST_AT_ONCE}`);
  const found = await rows<AccountNumberRow & { currency: string }>(
    db,
    `select n.*, a.currency from sandbox.account_numbers n join sandbox.accounts a on a.id = n.account_id
     where n.id = any($1)`,
    [items.map(({ numberId }) => numberId)],
  );
  const numbers = new Map(found.map((number) => [number.id, number]));
  const inbound = items.map(({ numberId, ...item }): NewInbound => {
    const number = numbers.get(numberId);
    if (!number) throw missingResource('account_number', numberId);
    return { ...item, number, currency: number.currency };
  });
  const stored = await insertInbound(sandbox, db, inbound);
  const ids = stored.map(({ id }) => id);
  if (input.flag('settle')) await takeSteps(sandbox, db, (await lockTransfers(db, ids)).map(nextStep));
  return { status: 201, body: { ids } };
}

/** A moment of the past; undefined where none is given. */
function readMoment(input: Input, name: string): Date | undefined {
  const text = input.optionalText(name);
  if (text === undefined || text === null) return undefined;
  const moment = new Date(text);
  if (Number.isNaN(moment.getTime())) throw input.refusal('invalid_date', name, 'must be a moment');
  return moment;
}

async function findNumber(db: Call['db'], input: Input): Promise<AccountNumberRow> {
  if (!input.has('account_number')) return requireAccountNumber(db, input.text('account_number_id'));
  const text = input.text('account_number');
  const number = await row<AccountNumberRow>(
    db,
    `select * from sandbox.account_numbers where number = $1 order by status = 'deleted' limit 1`,
    [text],
  );
  if (!number) throw missingResource('account_number', text);
  return number;
}

async function setAccountStatus({ db, params }: Call, from: string | null, to: string): Promise<Reply> {
  const account = await requireAccount(db, params.id);
  const possible =
    !account.is_root && account.status !== 'closed' && (from === null || account.status === from);
  if (!possible)
    throw new FintocError(
      409,
      'account_cannot_be_blocked',
      `It can't be ${to}: it is root, or ${account.status}.`,
    );
  await db.query('update sandbox.accounts set status = $2 where id = $1', [account.id, to]);
  const changed = await findAccount(db, account.id);
  return { status: 200, body: presentAccount(changed ?? account) };
}
