import { z } from 'zod';
import type { ZodOpenApiResponseObject, ZodOpenApiResponsesObject } from 'zod-openapi';
import type { Operation } from '~/lib/api/operation';

const Fault = z
  .strictObject({
    pointer: z.string().optional().meta({ description: 'The field of the body (RFC 6901).' }),
    parameter: z.string().optional().meta({ description: 'The parameter of the address, or the header.' }),
    code: z.string(),
    detail: z.string(),
  })
  .meta({ id: 'Fault' });

export const ProblemDocument = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string().meta({ description: 'Stable: what programs look at.' }),
    pointer: z.string().optional(),
    parameter: z.string().optional(),
    errors: z.array(Fault).optional(),
    request_id: z.string(),
  })
  .meta({ id: 'Problem', description: 'Any answer that is no success (RFC 9457).' });

type Refusal = { id: string; description: string; headers?: Record<string, string> };

const RETRY = { 'Retry-After': 'Seconds to wait.' };

/** What each status says that is no success. */
const REFUSALS = {
  400: {
    id: 'Malformed',
    description: 'It has not the shape described here: each field that is wrong or unknown is named.',
  },
  401: { id: 'Unauthenticated', description: 'No key, or one that is none any more.' },
  403: { id: 'Forbidden', description: 'The key may not do this, or not from this address.' },
  404: { id: 'NotFound', description: 'There is nothing under this id.' },
  409: {
    id: 'Conflict',
    description: 'As things stand it can’t be done, or its Idempotency-Key is in use at this moment.',
    headers: RETRY,
  },
  410: { id: 'Gone', description: 'It was there, and was deleted once its time was over.' },
  413: { id: 'TooLarge', description: 'The body has more than 64 KB, or a file than it may.' },
  422: {
    id: 'Invalid',
    description: 'It is well formed and doesn’t fit: by its field, or by what money there is.',
  },
  429: { id: 'TooMany', description: 'The key asks more often than it may.', headers: RETRY },
  500: { id: 'Broken', description: 'Something broke here. A POST may be sent again under its key.' },
  503: {
    id: 'Unavailable',
    description: 'The rail, or the books after a restore, can’t answer now. Send the same again.',
    headers: RETRY,
  },
} as const satisfies Record<number, Refusal>;

type RefusalStatus = keyof typeof REFUSALS;

/** What a file that stands for a while answers, besides. */
const OF_FILES: RefusalStatus[] = [409, 410];

const ALWAYS: RefusalStatus[] = [400, 401, 403, 429, 500, 503];

/** Every status but success that an operation may answer with. Tests hold each answer to it. */
export function refusalsOf({
  method,
  params,
  query,
  body,
  upload,
  media,
  refuses = [],
}: Operation): RefusalStatus[] {
  const namesThings = method !== 'GET' || Object.keys(query.shape).some((name) => name.endsWith('_id'));
  return [
    ...ALWAYS,
    ...refuses,
    ...(Object.keys(params.shape).length > 0 ? [404 as const] : []),
    ...(method === 'GET' ? [] : [409 as const]),
    ...(media ? OF_FILES : []),
    ...(body || upload ? [413 as const] : []),
    ...(namesThings ? [422 as const] : []),
  ].sort((one, other) => one - other);
}

const header = (description: string) => ({ description, schema: { type: 'string' } as const });
const headersOf = (told: Record<string, string>) =>
  Object.fromEntries(Object.entries(told).map(([name, description]) => [name, header(description)]));

const REQUEST = { 'Request-Id': 'What to name when you ask us about this answer.' };
const LIMITED = { RateLimit: 'What is left to this key, and until when.' };

/** Its success, with what its headers say, and each of its refusals. */
export function responsesOf(operation: Operation): ZodOpenApiResponsesObject {
  const { status, answer, method, media } = operation;
  const isPolled = method === 'GET' && !media;
  const own: Record<string, string> = media
    ? { 'Content-Disposition': 'What to call it.' }
    : isPolled
      ? { ETag: 'Send it back as If-None-Match, and hear 304 as long as nothing changed.' }
      : method === 'POST'
        ? { 'Idempotent-Replayed': '`true` where this was answered before under the same key.' }
        : {};
  const isList = answer instanceof z.ZodObject && 'next_cursor' in answer.shape;
  const told = { ...REQUEST, ...LIMITED, ...own, ...(isList && { Link: 'The next page, as `rel="next"`.' }) };
  return {
    [`${status}`]: {
      description: 'Done.',
      headers: headersOf(told),
      content: Object.fromEntries((media ?? ['application/json']).map((type) => [type, { schema: answer }])),
    },
    ...(isPolled && { '304': UNCHANGED }),
    ...Object.fromEntries(refusalsOf(operation).map((each) => [`${each}`, REFUSED[each]])),
  };
}

const UNCHANGED: ZodOpenApiResponseObject = {
  id: 'Unchanged',
  description: 'You have it already.',
  headers: headersOf(REQUEST),
};

function refused({ id, description, headers = {} }: Refusal): ZodOpenApiResponseObject {
  return {
    ...{ id, description },
    headers: headersOf({ ...REQUEST, ...headers }),
    content: { 'application/problem+json': { schema: ProblemDocument } },
  };
}

/** Each once: the description refers to it. */
const REFUSED = Object.fromEntries(
  Object.entries(REFUSALS).map(([status, refusal]) => [status, refused(refusal)]),
) as Record<RefusalStatus, ZodOpenApiResponseObject>;
