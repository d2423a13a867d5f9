import { emit } from '~/sandbox/events';
import { missingResource } from '~/sandbox/http/errors';
import type { Input } from '~/sandbox/http/input';
import { numberedPage } from '~/sandbox/http/pages';
import type { Call, Route } from '~/sandbox/http/router';
import { newId, newSecret } from '~/sandbox/ids';
import { now, row, rows } from '~/sandbox/state';
import { timestamp } from '~/sandbox/views';

// Version 1, because there is no other.
export const webhookEndpointRoutes: Route[] = [
  { method: 'GET', path: '/v1/webhook_endpoints', handle: listEndpoints },
  { method: 'POST', path: '/v1/webhook_endpoints', handle: addEndpoint },
  { method: 'GET', path: '/v1/webhook_endpoints/:id', handle: getEndpoint },
  { method: 'PATCH', path: '/v1/webhook_endpoints/:id', handle: updateEndpoint },
  { method: 'DELETE', path: '/v1/webhook_endpoints/:id', handle: deleteEndpoint },
  { method: 'POST', path: '/v1/webhook_endpoints/:id/test', handle: testEndpoint },
];

interface EndpointRow {
  id: string;
  url: string;
  description: string | null;
  enabled_events: string[];
  secret: string;
  status: 'enabled' | 'disabled';
  created_at: Date;
}

const DEFAULT_TEST_EVENT = 'transfer.inbound.succeeded';

/** The secret is told once. Fintoc's page says `status`, its Ruby SDK reads `disabled`: both are given. */
function presentEndpoint(endpoint: EndpointRow, secret: string | null = null) {
  const { id, url, description, enabled_events, status, created_at } = endpoint;
  return {
    ...{ id, object: 'webhook_endpoint', url, description, enabled_events, mode: 'test', secret, status },
    disabled: status === 'disabled',
    created_at: timestamp(created_at),
  };
}

async function listEndpoints(call: Call) {
  const found = await rows<EndpointRow>(call.db, 'select * from sandbox.webhook_endpoints order by seq desc');
  return numberedPage(
    call,
    found.map((endpoint) => presentEndpoint(endpoint)),
  );
}

async function addEndpoint({ sandbox, db, input }: Call) {
  const at = now(sandbox);
  const created = await row<EndpointRow>(
    db,
    `insert into sandbox.webhook_endpoints (id, url, description, enabled_events, secret, status, created_at)
     values ($1, $2, $3, $4, $5, $6, $7) returning *`,
    [
      newId('we', at),
      readUrl(input),
      input.optionalText('description') ?? null,
      readEventTypes(input),
      newSecret(),
      readStatus(input) ?? 'enabled',
      at,
    ],
  );
  if (!created) throw new Error('The webhook endpoint was not stored.');
  return { status: 201, body: presentEndpoint(created, created.secret) };
}

async function getEndpoint({ db, params }: Call) {
  return { status: 200, body: presentEndpoint(await requireEndpoint(db, params.id)) };
}

async function updateEndpoint({ db, params, input }: Call) {
  const endpoint = await requireEndpoint(db, params.id);
  const description = input.optionalText('description');
  const updated = await row<EndpointRow>(
    db,
    `update sandbox.webhook_endpoints set url = $2, description = $3, enabled_events = $4, status = $5
     where id = $1 returning *`,
    [
      endpoint.id,
      input.has('url') ? readUrl(input) : endpoint.url,
      description === undefined ? endpoint.description : description,
      input.has('enabled_events') ? readEventTypes(input) : endpoint.enabled_events,
      readStatus(input) ?? endpoint.status,
    ],
  );
  return { status: 200, body: presentEndpoint(updated ?? endpoint) };
}

async function deleteEndpoint({ db, params }: Call) {
  const endpoint = await requireEndpoint(db, params.id);
  await db.query('delete from sandbox.webhook_endpoints where id = $1', [endpoint.id]);
  return { status: 204 };
}

/** Sends an event to this endpoint alone, about a resource that doesn't exist. */
async function testEndpoint({ sandbox, db, params, input }: Call) {
  const endpoint = await requireEndpoint(db, params.id);
  const type = input.optionalText('type') || DEFAULT_TEST_EVENT;
  requireEventType(input, type);
  const data = { id: newId('tr', now(sandbox)), object: type.split('.')[0], mode: 'test' };
  const [id] = await emit(sandbox, db, [{ type, data }], endpoint.id);
  return { status: 200, body: { id, object: 'event', type, mode: 'test' } };
}

async function requireEndpoint(db: Call['db'], id = ''): Promise<EndpointRow> {
  const endpoint = await row<EndpointRow>(db, 'select * from sandbox.webhook_endpoints where id = $1', [id]);
  if (!endpoint) throw missingResource('webhook_endpoint', id);
  return endpoint;
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

function readUrl(input: Input): string {
  const text = input.text('url');
  const url = URL.canParse(text) ? new URL(text) : null;
  const allowed = url?.protocol === 'https:' || (url?.protocol === 'http:' && LOOPBACK.has(url.hostname));
  if (!allowed) throw input.refusal('invalid_params', 'url', 'must be an https address');
  return text;
}

/** None means all. */
function readEventTypes(input: Input): string[] {
  return input.list('enabled_events').map((item) => {
    const type = String(item);
    if (type !== '*') requireEventType(input, type);
    return type;
  });
}

function requireEventType(input: Input, type: string): void {
  if (!/^[a-z_]+(\.[a-z_]+)+$/.test(type))
    throw input.refusal('invalid_webhook_subscription', 'enabled_events', `has no event type ${type}`);
}

function readStatus(input: Input): EndpointRow['status'] | undefined {
  if (input.has('disabled')) return input.flag('disabled') ? 'disabled' : 'enabled';
  return input.has('status') ? input.oneOf('status', ['enabled', 'disabled']) : undefined;
}
