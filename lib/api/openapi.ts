import { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import { EventMessage } from '~/lib/api/events';
import type { Operation } from '~/lib/api/operation';
import { OPERATIONS } from '~/lib/api/operations';
import { responsesOf } from '~/lib/api/responses';
import { NEWEST, VERSIONS } from '~/lib/api/versions';

const DESCRIPTION = `Wallets on top of bank rails: customers, balances, payouts.

Amounts are strings of digits in the smallest unit of the \`asset\` beside them. Times are UTC. Lists give \`next_cursor\` and a \`Link\`.
What isn't known is refused by its name. A POST takes an \`Idempotency-Key\`: the same request under it is done once and answered
alike for 30 days, with \`Idempotent-Replayed: true\`. A key asks; people decide in the console, or a rule lets it pass.`;

/** In the order in which one meets them. */
const TAGS = [
  ['Customers', 'Whose wallets they are.'],
  ['Beneficiaries', 'Whom customers pay, saved, and whose account it is.'],
  ['Portfolios', 'Named groups of one customer’s wallets.'],
  ['Wallets', 'Balances per asset, their history, and their life from opening to closing.'],
  ['Account numbers', 'What others pay to: in Mexico CLABEs.'],
  ['Assets', 'What amounts can be in.'],
  ['Deposits', 'What comes in.'],
  ['Withdrawals', 'What is paid out.'],
  ['Balance adjustments', 'Money that moves between wallets, with no rail.'],
  ['Exchanges', 'One asset of a wallet for another, at a stated rate.'],
  ['Holds', 'Money that is set aside for a while.'],
  ['Accounting', 'What was booked, by the accounts of your own books.'],
  ['Statements', 'What wallets had and what came and went, as PDF or Excel.'],
  ['Entities', 'Legal holders on the rail, and their KYB.'],
  ['Approvals', 'What waits for a person.'],
  ['Events', 'All that happened, in order.'],
  ['Webhook endpoints', 'Where events are sent to.'],
  ['Test mode', 'What the world does, where it is only played.'],
] as const;

/** OpenAPI 3.1 of what `OPERATIONS` parse and answer. */
export function openApiDocument() {
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Monedero',
      version: NEWEST,
      description: DESCRIPTION,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/api/v1' }],
    security: [{ key: [] }],
    tags: TAGS.map(([name, description]) => ({ name, description })),
    paths: pathsOf(OPERATIONS),
    webhooks: { event: { post: EVENT } },
    components: { securitySchemes: { key: { type: 'http', scheme: 'bearer', bearerFormat: 'mk_…' } } },
  });
}

const EVENT: ZodOpenApiOperationObject = {
  operationId: 'receiveEvent',
  tags: ['Events'],
  summary: 'What your endpoint is sent: verify its signature, keep its id, answer 2xx within 15 seconds.',
  requestParams: {
    header: z.object({
      'webhook-id': z.string().meta({
        description:
          'The same however often it is sent, and never another event’s: keep it to know what came before.',
      }),
      'webhook-timestamp': z.string(),
      'webhook-signature': z.string().meta({ description: '`v1,…`, one for each secret in force.' }),
    }),
  },
  requestBody: { required: true, content: { 'application/json': { schema: EventMessage } } },
  responses: {
    '2XX': { description: 'Taken. Anything else is tried again over four days.' },
    '410': { description: 'Gone: the endpoint is switched off.' },
  },
};

function pathsOf(operations: readonly Operation[]): ZodOpenApiPathsObject {
  const paths: ZodOpenApiPathsObject = {};
  for (const operation of operations) {
    const method = operation.method.toLowerCase() as 'get' | 'post' | 'patch';
    paths[operation.path] = { ...paths[operation.path], [method]: described(operation) };
  }
  return paths;
}

const Version = z.enum(VERSIONS).optional().meta({ description: 'Another version than the key’s own.' });
const IdempotencyKey = z.string().min(1).max(255).meta({ description: 'Yours, new for each new request.' });

function described(operation: Operation): ZodOpenApiOperationObject {
  const { id, tag, summary, params, query, body, upload, method } = operation;
  return {
    operationId: id,
    tags: [tag],
    summary,
    description: scopesOf(operation),
    requestParams: {
      path: params,
      query,
      header: z.object({
        'Monedero-Version': Version,
        ...(method === 'POST' && { 'Idempotency-Key': IdempotencyKey }),
      }),
    },
    ...(body && { requestBody: { required: true, content: { 'application/json': { schema: body } } } }),
    ...(upload && { requestBody: { required: true, content: filesOf(upload.types) } }),
    responses: responsesOf(operation),
  };
}

function filesOf(types: readonly string[]) {
  const schema = { type: 'string', format: 'binary' } as const;
  return Object.fromEntries(types.map((type) => [type, { schema }]));
}

function scopesOf({ scope, scopeOf = {} }: Operation): string {
  const own = scope === null ? 'Any key.' : `Scope: \`${scope}\`.`;
  const more = Object.entries(scopeOf).map(([field, also]) => ` With \`${field}\` also \`${also}\`.`);
  return own + more.join('');
}
