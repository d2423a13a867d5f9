import { z } from 'zod';
import { publicId } from '~/lib/api/ids';
import { operation } from '~/lib/api/operation';
import { SCOPE_NAMES } from '~/lib/api/scopes';
import {
  BY_TIME,
  byId,
  idText,
  listOf,
  moment,
  NONE,
  pageOf,
  paging,
  text,
  time,
  timeOrNull,
  timeText,
} from '~/lib/api/shapes';
import {
  changeEndpoint,
  createEndpoint,
  OVERLAP_HOURS,
  removeEndpoint,
  rotateSecret,
} from '~/lib/webhooks/endpoints';
import { type EndpointRow, getEndpoint, listEndpoints } from '~/lib/webhooks/read';
import { resendSince, sendTest } from '~/lib/webhooks/resend';

const tag = 'Webhook endpoints';

const WebhookEndpoint = z
  .strictObject({
    id: idText('webhook_endpoint'),
    object: z.literal('webhook_endpoint'),
    name: z.string(),
    url: z.string(),
    event_types: z.array(z.string()),
    scopes: z.array(z.string()).meta({ description: 'It is told of what a key with these could read.' }),
    version: z.string(),
    status: z.enum(['on', 'off']),
    off_reason: z.enum(['by_hand', 'failing', 'gone']).nullable(),
    failing_since: timeText.nullable(),
    last_success_at: timeText.nullable(),
    secrets: z.array(
      z.strictObject({ shown: z.string(), created_at: timeText, ends_at: timeText.nullable() }),
    ),
    created_at: timeText,
    updated_at: timeText,
  })
  .meta({ id: 'WebhookEndpoint', description: 'Where you are told of what happens.' });

/** What was just made has its secret once. */
const WithSecret = WebhookEndpoint.extend({
  secret: z
    .string()
    .nullable()
    .meta({ description: '`whsec_…`, told this once; null where it was told before.' }),
}).meta({ id: 'WebhookEndpointWithSecret' });

function showEndpoint(row: EndpointRow): z.input<typeof WebhookEndpoint> {
  return {
    id: publicId('webhook_endpoint', row.id),
    object: 'webhook_endpoint',
    name: row.name,
    url: row.url,
    event_types: row.patterns,
    scopes: row.scopes,
    version: row.version,
    status: row.state as 'on' | 'off',
    off_reason: row.offReason as 'by_hand' | 'failing' | 'gone' | null,
    failing_since: timeOrNull(row.failingSince),
    last_success_at: timeOrNull(row.lastSuccessAt),
    secrets: row.secrets.map(({ shown, createdAt, endsAt }) => ({
      shown,
      created_at: time(createdAt),
      ends_at: timeOrNull(endsAt),
    })),
    created_at: time(row.createdAt),
    updated_at: time(row.updatedAt),
  };
}

const shown = async (id: string) => showEndpoint(await getEndpoint(id));

const url = text(2_000).meta({
  description: 'https. Redirects aren’t followed; private addresses are refused.',
});
const eventTypes = z
  .array(z.string().max(100))
  .min(1)
  .max(100)
  .meta({ description: 'Types, `wallet.*` for all of a noun, or `*`.' });

const scopes = z
  .array(z.enum(SCOPE_NAMES))
  .min(1)
  .max(SCOPE_NAMES.length)
  .meta({ description: 'Of the key’s own scopes that read.' });

const create = operation({
  id: 'createWebhookEndpoint',
  method: 'POST',
  path: '/webhook-endpoints',
  tag,
  summary:
    'Tells you of what happens from now on, signed by Standard Webhooks. Its secret is answered this once.',
  scope: 'webhook_endpoints:write',
  params: NONE,
  query: NONE,
  body: z.strictObject({
    name: text(80),
    url,
    event_types: eventTypes,
    scopes: scopes
      .optional()
      .meta({ description: 'Of the key’s own scopes that read; left out, all of them.' }),
  }),
  status: 201,
  answer: WithSecret,
  async run({ actor, body: { event_types: patterns, ...rest }, requestId }) {
    const { id, secret = null } = await createEndpoint(actor, { ...rest, patterns, requestId });
    return { ...(await shown(id)), secret };
  },
});

const list = operation({
  id: 'listWebhookEndpoints',
  method: 'GET',
  path: '/webhook-endpoints',
  tag,
  summary: 'The newest first.',
  scope: 'webhook_endpoints:read',
  params: NONE,
  query: z.strictObject(paging(BY_TIME.uuid)),
  body: null,
  status: 200,
  answer: listOf(WebhookEndpoint).meta({ id: 'WebhookEndpointList' }),
  run: async ({ query: { limit, cursor } }) => pageOf(await listEndpoints({ cursor }, limit), showEndpoint),
});

const get = operation({
  id: 'getWebhookEndpoint',
  method: 'GET',
  path: '/webhook-endpoints/{id}',
  tag,
  summary: 'One endpoint.',
  scope: 'webhook_endpoints:read',
  params: byId('webhook_endpoint'),
  query: NONE,
  body: null,
  status: 200,
  answer: WebhookEndpoint,
  run: ({ params }) => shown(params.id),
});

const update = operation({
  id: 'updateWebhookEndpoint',
  method: 'PATCH',
  path: '/webhook-endpoints/{id}',
  tag,
  summary: 'Changes what is given. Off, nothing more is queued for it; on again it goes on.',
  scope: 'webhook_endpoints:write',
  params: byId('webhook_endpoint'),
  query: NONE,
  body: z.strictObject({
    name: text(80).optional(),
    url: url.optional(),
    event_types: eventTypes.optional(),
    scopes: scopes.optional(),
    status: z.enum(['on', 'off']).optional(),
  }),
  status: 200,
  answer: WebhookEndpoint,
  async run({ actor, params: { id: endpointId }, body: { status: to, event_types: patterns, ...rest } }) {
    await changeEndpoint(actor, { endpointId, to, patterns, ...rest });
    return shown(endpointId);
  },
});

const remove = operation({
  id: 'removeWebhookEndpoint',
  method: 'POST',
  path: '/webhook-endpoints/{id}/remove',
  tag,
  summary: 'Ends it for good. What waits isn’t sent any more.',
  scope: 'webhook_endpoints:write',
  params: byId('webhook_endpoint'),
  query: NONE,
  body: NONE,
  status: 200,
  answer: z
    .strictObject({
      id: idText('webhook_endpoint'),
      object: z.literal('webhook_endpoint'),
      removed: z.literal(true),
    })
    .meta({ id: 'RemovedWebhookEndpoint' }),
  async run({ actor, params }) {
    await removeEndpoint(actor, { endpointId: params.id });
    return {
      id: publicId('webhook_endpoint', params.id),
      object: 'webhook_endpoint' as const,
      removed: true as const,
    };
  },
});

const rotate = operation({
  id: 'rotateWebhookSecret',
  method: 'POST',
  path: '/webhook-endpoints/{id}/rotate-secret',
  tag,
  summary:
    'A new secret. The one before it signs beside it for as long as you say: change over in that time.',
  scope: 'webhook_endpoints:write',
  params: byId('webhook_endpoint'),
  query: NONE,
  body: z.strictObject({ overlap_hours: z.literal([...OVERLAP_HOURS]).default(24) }),
  status: 200,
  answer: WithSecret,
  async run({ actor, params, body: { overlap_hours: overlapHours }, requestId }) {
    const asked = { endpointId: params.id, overlapHours, requestId };
    const { id, secret = null } = await rotateSecret(actor, asked);
    return { ...(await shown(id)), secret };
  },
});

const test = operation({
  id: 'testWebhookEndpoint',
  method: 'POST',
  path: '/webhook-endpoints/{id}/test',
  tag,
  summary: 'Sends `webhook_endpoint.tested` there.',
  scope: 'webhook_endpoints:write',
  params: byId('webhook_endpoint'),
  query: NONE,
  body: NONE,
  status: 200,
  answer: WebhookEndpoint,
  async run({ actor, params }) {
    return shown((await sendTest(actor, { endpointId: params.id })).id);
  },
});

const resend = operation({
  id: 'resendWebhookEvents',
  method: 'POST',
  path: '/webhook-endpoints/{id}/resend',
  tag,
  summary:
    'Sends all again that happened since then, also what happened while it was off; the same under the same ids.',
  scope: 'webhook_endpoints:write',
  params: byId('webhook_endpoint'),
  query: NONE,
  body: z.strictObject({ since: moment }),
  status: 200,
  answer: z
    .strictObject({
      object: z.literal('webhook_resend'),
      webhook_endpoint_id: idText('webhook_endpoint'),
      count: z.int(),
    })
    .meta({ id: 'WebhookResend' }),
  async run({ actor, params, body }) {
    const { id, count } = await resendSince(actor, { endpointId: params.id, since: body.since });
    return {
      object: 'webhook_resend' as const,
      webhook_endpoint_id: publicId('webhook_endpoint', id),
      count,
    };
  },
});

export const webhookEndpoints = { create, list, get, update, remove, rotate, test, resend };
