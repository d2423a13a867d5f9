import { isValidClabe, normalizeClabe } from '~/lib/clabe';
import { toDecimal } from '~/lib/money';
import { requireAccount } from '~/sandbox/api/accounts';
import { FintocError, missingResource } from '~/sandbox/http/errors';
import type { Input } from '~/sandbox/http/input';
import { dateFilters, filters, listPage } from '~/sandbox/http/pages';
import type { Call, Route } from '~/sandbox/http/router';
import { type Counterparty, mexicanCounterparty, returnPlan } from '~/sandbox/scenarios';
import { takeSteps } from '~/sandbox/settle';
import { type Db, now, row, type Sandbox } from '~/sandbox/state';
import { createOutbound, findTransfer, type KnownTransfer, lockTransfer } from '~/sandbox/transfers';
import { type AccountRow, presentTransfer, type TransferRow, timestamp } from '~/sandbox/views';

export const transferRoutes: Route[] = [
  { method: 'GET', path: '/v2/transfers', handle: listTransfers },
  { method: 'POST', path: '/v2/transfers', handle: sendTransfer, movesMoney: true },
  { method: 'POST', path: '/v2/transfers/return', handle: returnTransfer, movesMoney: true },
  { method: 'GET', path: '/v2/transfers/:id', handle: getTransfer },
  { method: 'GET', path: '/v2/transfers/:id/receipt', handle: getReceipt, open: true },
];

export const CURRENCIES = ['MXN', 'CLP'] as const;
export const COMMENT_SIZE = { max: 40, code: 'invalid_comment_size' };

const LARGEST_CLP = 7_000_000n;
const RETURN_WINDOW_DAYS = 90;
const CHILEAN_ACCOUNT_TYPES = [
  'checking_account',
  'sight_account',
  'savings_account',
  'checking',
  'sight',
  'savings',
] as const;

function listTransfers(call: Call) {
  return listPage<TransferRow>(call, {
    table: 'sandbox.transfers',
    select: `select t.*, row_to_json(n) as number from sandbox.transfers t
      join sandbox.account_numbers n on n.id = t.account_number_id`,
    where: [
      ...filters(call.query, {
        account_id: 't.account_id = ?',
        account_number_id: 't.account_number_id = ?',
        direction: 't.direction = ?',
        status: 't.status = ?',
        // There are no batches here, so none has transfers.
        transfer_batch_id: '?::text is null',
      }),
      ...dateFilters(call.query, { since: 't.transaction_date >= ?', until: 't.transaction_date <= ?' }),
    ],
    present: (transfer) => presentTransfer(transfer, call.sandbox.baseUrl),
  });
}

async function sendTransfer({ sandbox, db, input }: Call) {
  const accountId = input.text('account_id');
  const amount = input.amount('amount');
  const currency = readCurrency(input);
  const comment = input.optionalText('comment', COMMENT_SIZE) ?? null;
  const referenceId = input.referenceId() ?? null;
  const metadata = input.metadata();
  const counterparty = readCounterparty(input.object('counterparty'), currency);
  const account = await requireAccount(db, accountId);
  requireSender(account);
  if (currency !== account.currency)
    throw input.refusal('mismatch_transfer_account_currency', 'currency', `must be ${account.currency}`);
  if (currency === 'CLP' && amount > LARGEST_CLP)
    throw input.refusal('invalid_amount', 'amount', `must be at most ${LARGEST_CLP}`);
  if (currency === 'CLP') await refuseTwin(sandbox, db, { account, amount, counterparty });
  const transfer = await createOutbound(sandbox, db, {
    ...{ account, amount, counterparty, comment, referenceId, metadata },
  });
  return { status: 201, body: presentTransfer(transfer, sandbox.baseUrl) };
}

/** Of two alike on one day of Chile the second is taken for the first. When Fintoc says so is not written anywhere. */
async function refuseTwin(
  sandbox: Sandbox,
  db: Db,
  { account, amount, counterparty }: { account: AccountRow; amount: bigint; counterparty: Counterparty },
): Promise<void> {
  const twin = await row(
    db,
    `select 1 from sandbox.transfers
     where account_id = $1 and direction = 'outbound' and amount = $2 and counterparty->>'account_number' = $3
       and counterparty->>'holder_id' = $4 and status in ('pending', 'succeeded')
       and (transaction_date at time zone 'America/Santiago')::date = ($5::timestamptz at time zone 'America/Santiago')::date limit 1`,
    [account.id, amount, counterparty.account_number, counterparty.holder_id, now(sandbox)],
  );
  if (twin) throw new FintocError(409, 'invalid_duplicated_transfer', 'The same was sent today.');
}

/** Only an active account of an operational entity sends. */
export function requireSender(account: AccountRow): void {
  if (account.status !== 'active')
    throw new FintocError(403, 'account_not_active', `The account is ${account.status}.`, 'account_id');
  if (account.entity.status !== 'operational')
    throw new FintocError(
      403,
      'entity_not_operational',
      `Its entity is ${account.entity.status}.`,
      'account_id',
    );
}

/** Fintoc's own examples write mxn as well as MXN. */
export function readCurrency(input: Input): (typeof CURRENCIES)[number] {
  const currency = input.text('currency').toUpperCase();
  const known = CURRENCIES.find((candidate) => candidate === currency);
  if (!known) throw input.refusal('invalid_currency', 'currency', 'must be MXN or CLP');
  return known;
}

function readCounterparty(given: Input, currency: 'MXN' | 'CLP'): Counterparty {
  const account_number = normalizeClabe(given.text('account_number'));
  return currency === 'CLP' ? chilean(given, account_number) : mexican(given, account_number);
}

function mexican(given: Input, account_number: string): Counterparty {
  const holder_id = given.optionalText('holder_id') ?? null;
  const holder_name = given.optionalText('holder_name') ?? null;
  const shape = { 18: 'clabe', 16: 'debit_card', 10: 'phone_number' }[account_number.length];
  const account_type = given.optionalText('account_type') || shape;
  if (!/^\d+$/.test(account_number) || !shape || account_type !== shape)
    throw given.refusal(
      'invalid_account_number',
      'account_number',
      'must be a CLABE, a debit card or a mobile phone',
    );
  if (shape !== 'clabe') {
    const id = given.text('institution_id');
    return {
      holder_id,
      holder_name,
      account_number,
      account_type,
      institution: { id, name: id, country: 'mx' },
    };
  }
  if (!isValidClabe(account_number))
    throw given.refusal('invalid_clabe', 'account_number', 'is not a valid CLABE');
  return mexicanCounterparty({ account_number, holder_id, holder_name });
}

function chilean(given: Input, account_number: string): Counterparty {
  const id = given.text('institution_id');
  return {
    holder_id: given.text('holder_id'),
    holder_name: given.optionalText('holder_name') ?? null,
    account_number,
    account_type: given.oneOf('account_type', CHILEAN_ACCOUNT_TYPES, 'invalid_account_type'),
    institution: { id, name: id.replace(/^cl_banco_/, ''), country: 'cl' },
  };
}

async function getTransfer({ sandbox, db, params }: Call) {
  const transfer = await requireTransfer(findTransfer(db, params.id ?? ''), params.id);
  return { status: 200, body: presentTransfer(transfer, sandbox.baseUrl) };
}

/** Asks for an inbound transfer to be sent back, whole. Its money leaves when the return is settled. */
async function returnTransfer({ sandbox, db, input }: Call) {
  const id = input.text('transfer_id');
  const transfer = await requireTransfer(lockTransfer(db, id), id);
  const refuse = (code: string, message: string) => new FintocError(409, code, message, 'transfer_id');
  if (transfer.direction !== 'inbound')
    throw refuse('invalid_transfer_direction', 'Only inbound transfers can be returned.');
  if (transfer.status !== 'succeeded')
    throw refuse('invalid_transfer_status', `The transfer is ${transfer.status}.`);
  if (transfer.currency !== 'MXN')
    throw new FintocError(422, 'not_supported_currency', 'Returns are for MXN only.');
  const oldest = now(sandbox).getTime() - RETURN_WINDOW_DAYS * 24 * 3_600_000;
  if (transfer.transaction_date.getTime() < oldest)
    throw refuse('invalid_transfer_status', `It is more than ${RETURN_WINDOW_DAYS} days old.`);
  const account = await requireAccount(db, transfer.account_id);
  if (account.balance < transfer.amount)
    throw refuse('insufficient_balance', 'The account does not have enough balance.');
  await takeSteps(sandbox, db, [{ transfer, step: 'request_return', rest: returnPlan(transfer.amount) }]);
  return { status: 200, body: presentTransfer(transfer, sandbox.baseUrl) };
}

/** A page that people open from a link: without a key, and only for what has settled. */
async function getReceipt({ db, params }: Call) {
  const transfer = await requireTransfer(findTransfer(db, params.id ?? ''), params.id);
  if (!transfer.has_receipt) throw missingResource('receipt', transfer.id);
  const { counterparty, direction, number } = transfer;
  const [from, to] = direction === 'outbound' ? [number, counterparty] : [counterparty, number];
  const lines: [string, string][] = [
    ['Clave de rastreo', transfer.tracking_key],
    ['Fecha de operación', timestamp(transfer.transaction_date)],
    ['Monto', `${toDecimal(transfer.amount, transfer.currency)} ${transfer.currency}`],
    ['Cuenta ordenante', 'number' in from ? from.number : from.account_number],
    ['Cuenta beneficiaria', 'number' in to ? to.number : to.account_number],
    ['Concepto', transfer.comment ?? ''],
    ['Referencia numérica', transfer.reference_id ?? ''],
  ];
  const table = lines
    .map(([name, value]) => `<tr><th>${name}</th><td>${escapeHtml(value)}</td></tr>`)
    .join('');
  const title = 'Comprobante de prueba (sin validez)';
  const html = `<!doctype html><html lang="es-MX"><meta charset="utf-8"><title>${title}</title><h1>${title}</h1><table>${table}</table></html>`;
  return { status: 200, text: html };
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
}

async function requireTransfer(found: Promise<KnownTransfer | undefined>, id = ''): Promise<KnownTransfer> {
  const transfer = await found;
  if (!transfer) throw missingResource('transfer', id);
  return transfer;
}
