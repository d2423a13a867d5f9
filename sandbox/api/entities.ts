import { createEntity } from '~/sandbox/accounts';
import { missingResource } from '~/sandbox/http/errors';
import { listPage } from '~/sandbox/http/pages';
import type { Call, Route } from '~/sandbox/http/router';
import { row } from '~/sandbox/state';
import { type EntityRow, presentEntity } from '~/sandbox/views';

export const entityRoutes: Route[] = [
  { method: 'GET', path: '/v2/entities', handle: listEntities },
  { method: 'POST', path: '/v2/entities', handle: addEntity },
  { method: 'GET', path: '/v2/entities/:id', handle: getEntity },
];

// What SAT gives to companies from abroad: many have it.
const FOREIGN_RFC = 'XEXX010101000';

function listEntities(call: Call) {
  return listPage<EntityRow>(call, {
    table: 'sandbox.entities',
    select: 'select t.* from sandbox.entities t',
    where: [],
    present: presentEntity,
  });
}

async function addEntity({ sandbox, db, input }: Call) {
  const country = input.text('country_code').toLowerCase();
  if (country !== 'mx' && country !== 'cl')
    throw input.refusal('not_supported_country', 'country_code', 'must be mx or cl', 422);
  const holder_name = input.text('holder_name');
  const holder_id = input.text('holder_id').toUpperCase();
  const taken = await row(db, 'select 1 from sandbox.entities where country_code = $1 and holder_id = $2', [
    country,
    holder_id,
  ]);
  if (taken && holder_id !== FOREIGN_RFC)
    throw input.refusal('invalid_holder_id', 'holder_id', 'already has an entity');
  const entity = await createEntity(sandbox, db, {
    ...{ country_code: country, holder_id, holder_name },
    is_root: false,
    status: 'waiting_initialization',
  });
  return { status: 201, body: presentEntity(entity) };
}

async function getEntity({ db, params }: Call) {
  return { status: 200, body: presentEntity(await requireEntity(db, params.id)) };
}

export async function requireEntity(db: Call['db'], id = ''): Promise<EntityRow> {
  const entity = await row<EntityRow>(db, 'select * from sandbox.entities where id = $1', [id]);
  if (!entity) throw missingResource('entity', id);
  return entity;
}
