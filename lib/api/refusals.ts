import type { z } from 'zod';
import { publicId } from '~/lib/api/ids';
import { type Fault, Problem, REFUSALS } from '~/lib/api/problem';
import { reasonSentence } from '~/lib/api/reasons';
import { isMalformedId, isTooSlow } from '~/lib/db';
import { DomainError, InvalidInputError } from '~/lib/errors';

type Said = { params?: Record<string, unknown>; query?: Record<string, unknown>; body?: unknown };

/** What a verb threw, as the API says it; what is no refusal comes back as it is. */
export function problemOf(error: unknown, said: Said): unknown {
  if (error instanceof Problem) return error;
  if (isMalformedId(error)) return notFound();
  if (isTooSlow(error)) return busy();
  if (error instanceof InvalidInputError) return invalid(error, said);
  if (!(error instanceof DomainError)) return error;
  if (error.code === 'not_found') return missing(error, said);
  const { status, title, detail } = REFUSALS[error.code];
  const retry = status === 503 || error.code === 'credit_unconfirmed' ? { 'retry-after': '30' } : undefined;
  return new Problem({
    ...{ status, title, detail, code: error.code, extra: extraOf(error) },
    ...(retry && { headers: retry }),
  });
}

function busy(): Problem {
  return new Problem({
    ...{ status: 503, code: 'busy', title: 'Too much to do', headers: { 'retry-after': '5' } },
    detail: 'It took longer than it may. Wait as long as Retry-After says, or ask for less.',
  });
}

/** Of a refusal's details those that a caller can use. */
function extraOf({ code, details }: DomainError): Record<string, string> {
  if (code === 'same_payment') return { accepted_twin: publicId('withdrawal', String(details.id)) };
  if (details.approvalId !== undefined)
    return { approval_id: publicId('approval', String(details.approvalId)) };
  const open = ['status', 'limit', 'asset', 'reason', 'debt', 'has', 'scope'];
  return Object.fromEntries(
    open.flatMap((name) => (details[name] === undefined ? [] : [[name, String(details[name])]])),
  );
}

function invalid({ fields }: InvalidInputError, { body, query = {} }: Said): Problem {
  const errors = Object.entries(fields).map(([field, code]): Fault => {
    const name = NAMED[field] ?? snake(field).replaceAll('.', '/');
    const pointer = body instanceof File ? '' : pointerOf(name, body);
    return { ...(name in query ? { parameter: name } : { pointer }), code, detail: reasonSentence(code) };
  });
  const { status, title, detail } = REFUSALS.invalid;
  return new Problem({ status, title, detail, code: 'invalid', errors });
}

/** What has another name over HTTP. */
const NAMED: Record<string, string> = { patterns: 'event_types' };

/** A field of the body, or of an object in it: a customer’s first wallet has its own. */
function pointerOf(field: string, body: unknown): string {
  const parts = Object.entries((body ?? {}) as Record<string, unknown>);
  const holder = parts.find(([, part]) => typeof part === 'object' && part !== null && field in part)?.[0];
  return parts.some(([name]) => name === field) || holder === undefined ? `/${field}` : `/${holder}/${field}`;
}

/**
 * The thing of the address is 404; one that the body names is a field that doesn't fit, however deep it stands. Where
 * nothing said names it, 404 is of an address that has an id.
 */
function missing({ details }: DomainError, { params = {}, body, query = {} }: Said): Problem {
  const pointer = pathTo(body, details.id);
  const parameter = pathTo(query, details.id)?.split('/')[1];
  const isOfAddress = pathTo(params, details.id) !== null;
  if (isOfAddress || (pointer === null && parameter === undefined && Object.keys(params).length > 0))
    return notFound();
  const detail = 'There is nothing under this id. Check it, and that it is of this mode.';
  const where = pointer === null ? parameter !== undefined && { parameter } : { pointer };
  const { status, title, detail: told } = REFUSALS.invalid;
  return new Problem({
    ...{ status, code: 'invalid', title, detail: where ? told : detail },
    ...(where && { errors: [{ ...where, code: 'not_found', detail }] }),
  });
}

/** Where a value stands in what was said, as a JSON pointer. */
function pathTo(said: unknown, value: string | number | undefined): string | null {
  if (value === undefined) return null;
  if (said === value) return '';
  if (typeof said !== 'object' || said === null) return null;
  for (const [name, part] of Object.entries(said)) {
    const path = pathTo(part, value);
    if (path !== null) return `/${name}${path}`;
  }
  return null;
}

export function notFound(): Problem {
  return new Problem({ ...REFUSALS.not_found, code: 'not_found' });
}

/** What doesn't have the shape that OpenAPI says: each field, and each that nobody knows, by its name. */
export function shapeProblem(error: z.ZodError, where: 'query' | 'body' | null, given: unknown): Problem {
  if (where === null) return notFound();
  const errors = error.issues.flatMap((issue) => faultsOf(issue, where, given));
  const isUnknown = errors.some(({ code }) => code === 'unknown');
  return new Problem({
    status: 400,
    code: isUnknown ? 'unknown_field' : 'invalid_shape',
    title: isUnknown ? 'Unknown field' : 'Invalid request',
    detail: errors
      .map(({ parameter, pointer, detail }) => `${parameter ?? (pointer || 'body')}: ${detail}`)
      .join(' '),
    errors,
  });
}

function faultsOf(issue: z.core.$ZodIssue, where: 'query' | 'body', given: unknown): Fault[] {
  const at = (path: readonly PropertyKey[]) =>
    where === 'body'
      ? {
          pointer: path
            .map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`)
            .join(''),
        }
      : { parameter: String(path[0] ?? '') };
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      ...at([...issue.path, key]),
      code: 'unknown',
      detail: 'There is no such field here.',
    }));
  const value = issue.path.length > 0 ? valueAt(given, issue.path) : given;
  if (value === undefined) return [{ ...at(issue.path), ...MISSING }];
  // What takes one value stands in the address several times.
  const isSeveral = where === 'query' && issue.path.length === 1 && Array.isArray(value);
  return [{ ...at(issue.path), ...(isSeveral && issue.code === 'invalid_type' ? SEVERAL : whyOf(issue)) }];
}

const OWN: Record<string, string> = {
  id_format: 'It is no id of what belongs here.',
  cursor_format: 'No page gave this cursor. Leave it out to begin anew.',
  moment_format:
    'It is a time such as 2026-10-31T18:00:00Z. In an address the + of an offset is written %2B.',
  moment_range: 'It is a time between 1970 and 2200.',
  limit_range: 'It is a whole number from 1 to 100.',
  amount_digits: 'It is text of digits alone, in the asset’s smallest unit.',
};

const MISSING = { code: 'required', detail: 'It is required.' };

const SEVERAL = { code: 'several', detail: 'It is given more than once, and takes one value.' };

function valueAt(given: unknown, path: readonly PropertyKey[]): unknown {
  let value = given;
  for (const part of path) value = (value as Record<PropertyKey, unknown> | null | undefined)?.[part];
  return value;
}

function whyOf({ code, message }: z.core.$ZodIssue): { code: string; detail: string } {
  const own = OWN[message];
  if (own !== undefined) return { code: message, detail: own };
  return code === 'custom'
    ? { code: message, detail: reasonSentence(message) }
    : { code, detail: `${message}.` };
}

function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
