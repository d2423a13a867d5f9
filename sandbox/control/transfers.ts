import { isValidClabe } from '~/lib/clabe';
import { findAccount, SELECT_ACCOUNTS } from '~/sandbox/accounts';
import { requireAccountNumber } from '~/sandbox/api/account-numbers';
import { requireAccount } from '~/sandbox/api/accounts';
import { mexicanSender } from '~/sandbox/api/simulate';
import { FintocError, missingResource } from '~/sandbox/http/errors';
import { Input, isFields } from '~/sandbox/http/input';
import type { Call, Reply, Route } from '~/sandbox/http/router';
import type { Step } from '~/sandbox/lifecycle';
import { OpenBooks } from '~/sandbox/movements';
import { type Counterparty, mexicanCounterparty } from '~/sandbox/scenarios';
import { nextStep, takeSteps } from '~/sandbox/settle';
import { now, row, rows } from '~/sandbox/state';
import {
  createOutbound,
  insertInbound,
  type KnownTransfer,
  lockTransfer,
  lockTransfers,
  type NewInbound,
} from '~/sandbox/transfers';
import { type AccountNumberRow, type AccountRow, presentAccount, presentTransfer } from '~/sandbox/views';

export const transferControls: Route[] = [
  { method: 'POST', path: '/_control/transfers/:id/settle', handle: settleNow },
  ...(['fail', 'reject', 'return', 'reverse'] as const).map((step) => ({
    method: 'POST',
    path: `/_control/transfers/:id/${step}`,
    handle: (call: Call) => takeStep(call, step),
  })),
  { method: 'POST', path: '/_control/inbound-transfers', handle: receiveFrom },
  { method: 'POST', path: '/_control/inbound-transfers/batch', handle: receiveMany },
  { method: 'POST', path: '/_control/daily-settlement', handle: settleDay },
  { method: 'POST', path: '/_control/accounts/:id/movements', handle: moveAlone },
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
const DAILY_SETTLEMENT_CLABE = '012180000000000002';
const DAILY_SETTLEMENT_COMMENT = 'Fintoc daily settlement';

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

async function lock({ db, params }: Call): Promise<KnownTransfer> {
  const transfer = await lockTransfer(db, params.id ?? '');
  if (!transfer) throw missingResource('transfer', params.id ?? '');
  return transfer;
}

/** One or many inbound transfers, from whoever the caller says. */
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
  if (input.flag('settle')) await takeSteps(sandbox, db, transfers.map(nextStep));
  const body = transfers.slice(0, MOST_SHOWN).map((transfer) => presentTransfer(transfer, sandbox.baseUrl));
  return { status: 201, body };
}

/** Inbound transfers to many account numbers, each with an amount of its own, as a busy day brings them. */
async function receiveMany({ sandbox, db, input }: Call): Promise<Reply> {
  const items = input.list('transfers').map((item) => {
    if (!isFields(item)) throw input.refusal('invalid_hash', 'transfers', 'must be objects');
    const wanted = new Input(item, 'transfers.');
    return {
      numberId: wanted.text('account_number_id'),
      amount: wanted.amount('amount'),
      comment: wanted.optionalText('comment') ?? null,
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
  const inbound = items.map(({ numberId, amount, comment }): NewInbound => {
    const number = numbers.get(numberId);
    if (!number) throw missingResource('account_number', numberId);
    return { number, amount, comment, currency: number.currency, counterparty: mexicanSender(input) };
  });
  const stored = await insertInbound(sandbox, db, inbound);
  return { status: 201, body: { ids: stored.map(({ id }) => id) } };
}

async function findNumber(db: Call['db'], input: Input): Promise<AccountNumberRow> {
  if (!input.has('account_number')) return requireAccountNumber(db, input.text('account_number_id'));
  const text = input.text('account_number');
  const number = await row<AccountNumberRow>(db, 'select * from sandbox.account_numbers where number = $1', [
    text,
  ]);
  if (!number) throw missingResource('account_number', text);
  return number;
}

/** Anything goes, so that the app can be shown what no bank should send. */
function freeCounterparty(given: Input): Counterparty {
  const account_number = given.text('account_number');
  const holder_id = given.optionalText('holder_id') ?? null;
  const holder_name = given.optionalText('holder_name') ?? null;
  const derived = isValidClabe(account_number) ? mexicanCounterparty({ account_number }) : null;
  const institution = given.has('institution') ? given.object('institution') : null;
  return {
    holder_id,
    holder_name,
    account_number,
    account_type: given.optionalText('account_type') ?? 'clabe',
    institution: institution
      ? { id: institution.text('id'), name: institution.text('name'), country: institution.text('country') }
      : (derived?.institution ?? null),
  };
}

/** What Fintoc does at 17:30 in Mexico: pays the whole balance of every account to the organisation's own bank. */
async function settleDay({ sandbox, db, input }: Call): Promise<Reply> {
  const account_number = input.optionalText('clabe') ?? DAILY_SETTLEMENT_CLABE;
  const accountId = input.optionalText('account_id') ?? null;
  const accounts = await rows<AccountRow>(
    db,
    `${SELECT_ACCOUNTS} where t.balance > 0 and t.status = 'active' and t.currency = 'MXN'
       and ($1::text is null or t.id = $1) order by t.id for no key update of t`,
    [accountId],
  );
  const swept: unknown[] = [];
  for (const account of accounts) {
    const { holder_id, holder_name } = account.entity;
    const { id } = await createOutbound(sandbox, db, {
      account,
      amount: account.balance,
      counterparty: mexicanCounterparty({ account_number, holder_id, holder_name }),
      comment: DAILY_SETTLEMENT_COMMENT,
      plan: [{ step: 'settle' }],
    });
    const transfer = await lockTransfer(db, id);
    if (!transfer) continue;
    await takeSteps(sandbox, db, [nextStep(transfer)]);
    swept.push(presentTransfer(transfer, sandbox.baseUrl));
  }
  return { status: 200, body: swept };
}

/** A line of an account that is of no transfer, and of which no webhook tells: a fee, a correction by hand. */
async function moveAlone({ sandbox, db, input, params }: Call): Promise<Reply> {
  const account = await requireAccount(db, params.id);
  const books = await OpenBooks.open(db, [account.id]);
  const direction = input.oneOf('direction', ['inbound', 'outbound']);
  const amount = BigInt(input.amount('amount'));
  if (direction === 'outbound' && !books.canPay(account.id, amount))
    throw new FintocError(409, 'insufficient_balance', 'The account has less than that.');
  const at = now(sandbox);
  const type = input.optionalText('type') ?? 'fee';
  const { currency } = account;
  const id = books.post({ accountId: account.id, direction, amount, currency, resourceId: null, type }, at);
  await books.save(db, at);
  return { status: 201, body: { id } };
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
