import type { Route } from 'next';
import { refresh } from 'next/cache';
import type { z } from 'zod';
import type { OperatorActor } from '~/lib/actor';
import { DomainError, InvalidInputError } from '~/lib/errors';
import { FILLED_IN_BY, type FormState, LEAFS_TO, LOOKED_AT } from '~/lib/form-state';
import { log } from '~/lib/log';
import type { Place } from '~/lib/people/sessions';
import { inScopeOf } from '~/lib/scope';
import { currentActor, currentPlace } from '~/lib/session';
import { storable } from '~/lib/storable';
import { sound } from '~/lib/text';

type Options<Input, Result, Look> = {
  /** Where it goes on once it worked. */
  redirectTo?: (result: Result) => Route;
  /** What somebody has to look at before it is done, from where they leafed to; null when nothing. */
  look?: (actor: OperatorActor, input: Input, cursor: string) => Promise<Look | null>;
};

/**
 * Makes a server action of a verb: session, parse, run, error to FormState, refresh. The verb authorizes by itself, and
 * does once what comes under one `requestId`. `field` issues are keys of the `invalid` messages.
 */
export function operatorAction<Schema extends z.ZodType, Result, Look = never>(
  schema: Schema,
  verb: (actor: OperatorActor, input: z.output<Schema>) => Promise<Result>,
  options: Options<z.output<Schema>, Result, Look> = {},
) {
  return async (_previous: FormState, form: FormData): Promise<FormState<Look>> => {
    const actor = await currentActor();
    if (!actor) return { status: 'signed_out' };
    if (!isForm(form)) return NO_FORM;
    const owner = form.get(FILLED_IN_BY);
    if (owner !== null && owner !== actor.id)
      return { status: 'other_operator', id: actor.id, name: actor.name };
    const work = async (input: z.output<Schema>): Promise<FormState<Look>> => {
      const cursor = String(form.get(LEAFS_TO) ?? '');
      const look = form.has(LOOKED_AT) ? null : await options.look?.(actor, input, cursor);
      return look ? { status: 'look', look } : done(await verb(actor, input), options.redirectTo);
    };
    return inScopeOf(actor, () => run<Schema, Look>(schema, form, actor.id, work));
  };
}

/** The same for who is not signed in, and shows in another way that they may: the verb is told where they sit. */
export function openAction<Schema extends z.ZodType>(
  schema: Schema,
  verb: (from: Place, input: z.output<Schema>) => Promise<unknown>,
  redirectTo: () => Route,
) {
  return async (_previous: FormState, form: FormData): Promise<FormState> =>
    isForm(form)
      ? run<Schema, unknown>(schema, form, null, async (input) =>
          done(await verb(await currentPlace(), input), redirectTo),
        )
      : NO_FORM;
}

/** Types are the page's promise alone: anybody may send anything under an action's id. */
const isForm = (sent: unknown): sent is FormData => sent instanceof FormData;
const NO_FORM = { status: 'invalid', fieldErrors: {} } as const;

async function run<Schema extends z.ZodType, Look>(
  schema: Schema,
  form: FormData,
  actorId: string | null,
  work: (input: z.output<Schema>) => Promise<FormState<Look>>,
): Promise<FormState<Look>> {
  const parsed = schema.safeParse(form.has('$json') ? jsonOf(form) : entriesOf(form));
  if (!parsed.success) return { status: 'invalid', fieldErrors: issuesByField(parsed.error) };
  try {
    return await work(parsed.data);
  } catch (error) {
    if (error instanceof InvalidInputError) return { status: 'invalid', fieldErrors: error.fields };
    if (error instanceof DomainError && error.code === 'step_up') return { status: 'step_up' };
    if (error instanceof DomainError) return { status: 'error', code: error.code, details: error.details };
    log.error({ err: error, actor: actorId }, 'action failed');
    throw error;
  }
}

/** The page goes there by itself: a redirect whose answer is lost would leave it with nothing. */
function done<Result>(result: Result, redirectTo?: (result: Result) => Route): FormState<never> {
  const made = { status: 'ok', id: idOf(result), ...secretOf(result) } as const;
  if (redirectTo) return { ...made, to: redirectTo(result) };
  refresh();
  return made;
}

function entriesOf(form: FormData): Record<string, FormDataEntryValue> {
  return Object.fromEntries(
    [...form.entries()]
      .filter(([name, value]) => !name.startsWith('$') && value !== '')
      .map(([name, value]) => [sound(name), typeof value === 'string' ? sound(value) : value]),
  );
}

/** With the request id that the form signs. What doesn't parse is nothing that any form here has sent: no schema takes it. */
function jsonOf(form: FormData): unknown {
  try {
    return { ...storable(JSON.parse(String(form.get('$json')))), requestId: form.get('requestId') };
  } catch {
    return undefined;
  }
}

function issuesByField(error: z.ZodError): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const { path, code, message } of error.issues) {
    const field = String(path[0] ?? 'form');
    fields[field] ??= code === 'custom' ? message : code === 'too_big' ? 'too_long' : 'required';
  }
  return fields;
}

function idOf(result: unknown): string | null {
  const id = (result as { id?: unknown } | null | undefined)?.id;
  return typeof id === 'string' || typeof id === 'bigint' ? String(id) : null;
}

function secretOf(result: unknown): { secret?: string } {
  const secret = (result as { secret?: unknown } | null | undefined)?.secret;
  return typeof secret === 'string' ? { secret } : {};
}
