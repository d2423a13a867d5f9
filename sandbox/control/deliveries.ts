import { overlay } from '~/sandbox/control/events';
import type { DeliveryRule } from '~/sandbox/delivery-rules';
import { redeliver, releaseAllHeld } from '~/sandbox/events';
import { missingResource } from '~/sandbox/http/errors';
import type { Fields } from '~/sandbox/http/input';
import type { Call, Reply, Route } from '~/sandbox/http/router';
import { changeSettings, row, rows } from '~/sandbox/state';

export const deliveryControls: Route[] = [
  { method: 'GET', path: '/_control/events', handle: listEvents },
  { method: 'GET', path: '/_control/events/accepted', handle: listAccepted },
  { method: 'POST', path: '/_control/events/:id/redeliver', handle: redeliverEvent },
  { method: 'GET', path: '/_control/deliveries', handle: listDeliveries },
  { method: 'GET', path: '/_control/delivery-rules', handle: listRules },
  { method: 'POST', path: '/_control/delivery-rules', handle: addRule },
  { method: 'DELETE', path: '/_control/delivery-rules', handle: clearRules },
  { method: 'POST', path: '/_control/rate-limit', handle: setRateLimit },
];

const MOST_LISTED = 1_000;
const MOST_COMPARED = 10_000;
const LONGEST_MS = 86_400_000;

async function listEvents({ db, query }: Call): Promise<Reply> {
  const found = await rows<{ body: string }>(
    db,
    `select body from sandbox.events
     where ($1::text is null or type = $1) and ($2::text is null or resource_id = $2)
     order by seq desc limit ${MOST_LISTED}`,
    [query.get('type'), query.get('resource_id')],
  );
  return { status: 200, body: found.map(({ body }) => JSON.parse(body)) };
}

/** The events that an endpoint accepted, and each time when; oldest first, so many at a time: all can be compared. */
async function listAccepted({ db, query }: Call): Promise<Reply> {
  const found = await rows<{ id: string; seq: bigint; at: Date[] }>(
    db,
    `select e.id, e.seq, d.at from sandbox.events e
     cross join lateral (
       select array_agg(delivered_at order by delivered_at) as at from sandbox.deliveries
       where event_id = e.id and status = 'succeeded') d
     where e.seq > $1 and d.at is not null
     order by e.seq limit ${MOST_COMPARED}`,
    [query.get('after') ?? '0'],
  );
  const next = found.length === MOST_COMPARED ? String(found.at(-1)?.seq) : null;
  return { status: 200, body: { accepted: found.map(({ id, at }) => ({ id, at })), next } };
}

async function redeliverEvent({ sandbox, db, params, input }: Call): Promise<Reply> {
  const times = input.integer('times', { min: 1, max: 1_000, fallback: 1 });
  const id = params.id ?? '';
  const data = input.optionalObject('data');
  if (data) await changeBody(db, id, data);
  if (!(await redeliver(sandbox, db, id, times))) throw missingResource('delivered event', id);
  return { status: 202, body: { id, times } };
}

/** The event will tell something else from now on, under its id. */
async function changeBody(db: Call['db'], id: string, data: Fields): Promise<void> {
  const event = await row<{ body: string }>(db, 'select body from sandbox.events where id = $1', [id]);
  if (!event) throw missingResource('event', id);
  const body = JSON.stringify(overlay(JSON.parse(event.body), { data }));
  await db.query('update sandbox.events set body = $2 where id = $1', [id, body]);
}

async function listDeliveries({ db, query }: Call): Promise<Reply> {
  const found = await rows<{ id: bigint }>(
    db,
    `select d.id, d.event_id, e.type, e.resource_id, d.endpoint_id, w.url, d.status, d.attempts, d.due_at,
       d.response_status, d.error, d.delivered_at
     from sandbox.deliveries d join sandbox.events e on e.id = d.event_id
     join sandbox.webhook_endpoints w on w.id = d.endpoint_id
     where ($1::text is null or d.status = $1) and ($2::text is null or e.type = $2)
       and ($3::text is null or d.event_id = $3) and ($4::text is null or e.resource_id = $4)
     order by d.id desc limit ${MOST_LISTED}`,
    [query.get('status'), query.get('type'), query.get('event_id'), query.get('resource_id')],
  );
  return { status: 200, body: found.map((delivery) => ({ ...delivery, id: String(delivery.id) })) };
}

async function listRules({ sandbox }: Call): Promise<Reply> {
  return { status: 200, body: sandbox.deliveryRules.list() };
}

async function addRule({ sandbox, input }: Call): Promise<Reply> {
  const reorder = input.flag('reorder');
  const rule: DeliveryRule = {
    count: input.integer('count', { min: reorder ? 2 : 1, max: 100_000, fallback: reorder ? 2 : 1 }),
    type: input.optionalText('type') ?? null,
    drop: input.flag('drop'),
    delayMs: input.integer('delay_ms', { min: 0, max: LONGEST_MS, fallback: 0 }),
    copies: input.integer('copies', { min: 1, max: 100, fallback: 1 }),
    reorder,
  };
  sandbox.deliveryRules.add(rule);
  return { status: 201, body: rule };
}

async function clearRules({ sandbox, db }: Call): Promise<Reply> {
  sandbox.deliveryRules.clear();
  await releaseAllHeld(sandbox, db);
  return { status: 204 };
}

async function setRateLimit({ sandbox, input }: Call): Promise<Reply> {
  const { transfersPerSecond } = sandbox.settings;
  const changed = input.integer('transfers_per_second', {
    min: 0,
    max: 100_000,
    fallback: transfersPerSecond,
  });
  await changeSettings(sandbox, { transfersPerSecond: changed });
  return { status: 200, body: { transfers_per_second: changed } };
}
