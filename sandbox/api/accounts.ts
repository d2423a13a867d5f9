import { createAccount, findAccount, SELECT_ACCOUNTS } from '~/sandbox/accounts';
import { FintocError, missingResource } from '~/sandbox/http/errors';
import { dateFilters, filters, listPage } from '~/sandbox/http/pages';
import type { Call, Route } from '~/sandbox/http/router';
import { row } from '~/sandbox/state';
import {
  type AccountRow,
  type EntityRow,
  type MovementRow,
  presentAccount,
  presentMovement,
} from '~/sandbox/views';

export const DESCRIPTION_SIZE = { max: 40 };

export const accountRoutes: Route[] = [
  { method: 'GET', path: '/v2/accounts', handle: listAccounts },
  { method: 'POST', path: '/v2/accounts', handle: openAccount },
  { method: 'GET', path: '/v2/accounts/:id', handle: getAccount },
  { method: 'PATCH', path: '/v2/accounts/:id', handle: updateAccount },
  { method: 'GET', path: '/v2/accounts/:id/movements', handle: listMovements },
  { method: 'GET', path: '/v2/accounts/:id/movements/:movementId', handle: getMovement },
];

function listAccounts(call: Call) {
  return listPage<AccountRow>(call, {
    table: 'sandbox.accounts',
    select: SELECT_ACCOUNTS,
    where: filters(call.query, { entity_id: 't.entity_id = ?', status: 't.status = ?' }),
    present: presentAccount,
  });
}

async function openAccount({ sandbox, db, input }: Call) {
  const entityId = input.text('entity_id');
  const description = input.optionalText('description', DESCRIPTION_SIZE) ?? null;
  const entity = await row<EntityRow>(db, 'select * from sandbox.entities where id = $1', [entityId]);
  if (!entity) throw missingResource('entity', entityId);
  if (entity.status !== 'operational')
    throw new FintocError(403, 'entity_not_operational', `The entity is ${entity.status}.`, 'entity_id');
  const account = await createAccount(sandbox, db, { entity, description, isRoot: false });
  return { status: 201, body: presentAccount(account) };
}

async function getAccount({ db, params }: Call) {
  return { status: 200, body: presentAccount(await requireAccount(db, params.id)) };
}

async function updateAccount({ db, params, input }: Call) {
  const account = await requireAccount(db, params.id);
  const description = input.optionalText('description', DESCRIPTION_SIZE);
  if (description !== undefined && account.is_root)
    throw new FintocError(403, 'forbidden_account', 'The root account cannot be changed.');
  if (description !== undefined)
    await db.query('update sandbox.accounts set description = $2 where id = $1', [account.id, description]);
  return { status: 200, body: presentAccount(await requireAccount(db, account.id)) };
}

async function listMovements(call: Call) {
  const account = await requireAccount(call.db, call.params.id);
  return listPage<MovementRow>(call, {
    table: 'sandbox.movements',
    select: 'select t.* from sandbox.movements t',
    where: [
      ['t.account_id = ?', account.id],
      ...filters(call.query, { direction: 't.direction = ?', resource_id: 't.resource_id = ?' }),
      ...dateFilters(call.query, { since: 't.transaction_date >= ?', until: 't.transaction_date <= ?' }),
    ],
    present: presentMovement,
  });
}

async function getMovement({ db, params }: Call) {
  const { id, movementId = '' } = params;
  const movement = await row<MovementRow>(
    db,
    'select * from sandbox.movements where account_id = $1 and id = $2',
    [id, movementId],
  );
  if (!movement) throw missingResource('movement', movementId);
  return { status: 200, body: presentMovement(movement) };
}

export async function requireAccount(db: Call['db'], id = ''): Promise<AccountRow> {
  const account = await findAccount(db, id);
  if (!account) throw missingResource('account', id);
  return account;
}
