import { createAccountNumber } from '~/sandbox/accounts';
import { DESCRIPTION_SIZE, requireAccount } from '~/sandbox/api/accounts';
import { FintocError, missingResource } from '~/sandbox/http/errors';
import { type Input, isFields } from '~/sandbox/http/input';
import { dateFilters, filters, listPage } from '~/sandbox/http/pages';
import type { Call, Route } from '~/sandbox/http/router';
import { type Db, now, row, type Sandbox } from '~/sandbox/state';
import { type AccountNumberRow, presentAccountNumber } from '~/sandbox/views';

export const accountNumberRoutes: Route[] = [
  { method: 'GET', path: '/v2/account_numbers', handle: listAccountNumbers },
  { method: 'POST', path: '/v2/account_numbers', handle: addAccountNumber },
  { method: 'GET', path: '/v2/account_numbers/:id', handle: getAccountNumber },
  { method: 'PATCH', path: '/v2/account_numbers/:id', handle: updateAccountNumber },
  { method: 'DELETE', path: '/v2/account_numbers/:id', handle: deleteAccountNumber },
];

function listAccountNumbers(call: Call) {
  return listPage<AccountNumberRow>(call, {
    table: 'sandbox.account_numbers',
    select: 'select t.* from sandbox.account_numbers t',
    where: [
      ...filters(call.query, { account_id: 't.account_id = ?', status: 't.status = ?' }),
      ...dateFilters(call.query, {
        no_transfers_since: '(t.last_transfer_at is null or t.last_transfer_at < ?)',
      }),
    ],
    present: presentAccountNumber,
  });
}

async function addAccountNumber({ sandbox, db, input }: Call) {
  const account = await requireAccount(db, input.text('account_id'));
  const description = input.optionalText('description', DESCRIPTION_SIZE) ?? null;
  const metadata = withoutEmpty(input.metadata());
  const options = readOptions(input) ?? {};
  if (account.status !== 'active')
    throw new FintocError(403, 'account_not_active', `The account is ${account.status}.`, 'account_id');
  if (account.currency === 'CLP')
    throw new FintocError(409, 'account_number_limit_reached', 'In Chile an account has one number.');
  const { id: accountId, currency } = account;
  const number = await createAccountNumber(sandbox, db, {
    ...{ accountId, currency, description, metadata, options },
    isRoot: false,
  });
  // 200, not 201: as recorded.
  return { status: 200, body: presentAccountNumber(number) };
}

async function getAccountNumber({ db, params }: Call) {
  return { status: 200, body: presentAccountNumber(await requireAccountNumber(db, params.id)) };
}

async function updateAccountNumber({ sandbox, db, params, input }: Call) {
  const number = await requireAccountNumber(db, params.id, 'for no key update');
  const description = input.optionalText('description', DESCRIPTION_SIZE);
  const status = input.has('status') ? input.oneOf('status', ['enabled', 'disabled']) : undefined;
  const options = readOptions(input);
  if (number.status === 'deleted' || number.status === 'blocked')
    throw new FintocError(403, 'forbidden_account_number', `The account number is ${number.status}.`);
  if (status === 'disabled' && number.is_root)
    throw new FintocError(403, 'forbidden_account_number', 'The root account number cannot be disabled.');
  const updated = await row<AccountNumberRow>(
    db,
    `update sandbox.account_numbers
     set description = $2, status = $3, metadata = $4, options = $5, updated_at = $6 where id = $1 returning *`,
    [
      number.id,
      description === undefined ? number.description : description,
      status ?? number.status,
      JSON.stringify(withoutEmpty({ ...number.metadata, ...input.metadata() })),
      JSON.stringify(options ? { ...number.options, ...options } : number.options),
      now(sandbox),
    ],
  );
  return { status: 200, body: presentAccountNumber(updated ?? number) };
}

async function deleteAccountNumber({ sandbox, db, params }: Call) {
  const number = await requireAccountNumber(db, params.id, 'for no key update');
  return { status: 200, body: presentAccountNumber(await markDeleted(sandbox, db, number)) };
}

/** For good, as far as whoever had it can tell. */
export async function markDeleted(
  sandbox: Sandbox,
  db: Db,
  number: AccountNumberRow,
): Promise<AccountNumberRow> {
  if (number.is_root)
    throw new FintocError(403, 'forbidden_account_number', 'The root account number cannot be deleted.');
  const at = now(sandbox);
  const deleted = await row<AccountNumberRow>(
    db,
    `update sandbox.account_numbers set status = 'deleted', deleted_at = coalesce(deleted_at, $2), updated_at = $2
     where id = $1 returning *`,
    [number.id, at],
  );
  return deleted ?? number;
}

export async function requireAccountNumber(db: Call['db'], id = '', lock = ''): Promise<AccountNumberRow> {
  const number = await row<AccountNumberRow>(
    db,
    `select * from sandbox.account_numbers where id = $1 ${lock}`,
    [id],
  );
  if (!number) throw missingResource('account_number', id);
  return number;
}

/** An empty value unsets a key. */
function withoutEmpty(metadata: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(metadata).filter(([, value]) => value !== ''));
}

function readOptions(input: Input): AccountNumberRow['options'] | undefined {
  if (!isFields(input.raw('options'))) {
    input.optionalObject('options');
    return undefined;
  }
  const given = input.object('options');
  const bound = (name: string) => {
    const value = given.raw(name);
    if (value === undefined) return {};
    return { [name]: value === null ? null : Number(given.amount(name)) };
  };
  const options: AccountNumberRow['options'] = { ...bound('min_amount'), ...bound('max_amount') };
  if (options.min_amount && options.max_amount && options.min_amount > options.max_amount)
    throw given.refusal('invalid_amount', 'min_amount', 'must not be over max_amount');
  return options;
}
