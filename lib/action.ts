import type { Route } from 'next';
import { refresh } from 'next/cache';
import { redirect } from 'next/navigation';
import type { z } from 'zod';
import type { OperatorActor } from '~/lib/actor';
import { DomainError, InvalidInputError } from '~/lib/errors';
import type { FormState } from '~/lib/form-state';
import { log } from '~/lib/log';
import { currentActor } from '~/lib/session';
import { storable } from '~/lib/storable';
import { sound } from '~/lib/text';

/**
 * Makes a server action of a verb: session, parse, run, error to FormState, refresh. The verb authorizes by itself.
 * `field` issues are keys of the `invalid` messages; typed values come back, because React resets a form.
 */
export function operatorAction<Schema extends z.ZodType, Result>(
  schema: Schema,
  verb: (actor: OperatorActor, input: z.output<Schema>) => Promise<Result>,
  options: { redirectTo?: (result: Result) => Route } = {},
) {
  return async (_previous: FormState, form: FormData): Promise<FormState> => {
    const values = textsOf(form);
    const actor = await currentActor();
    if (!actor) redirect('/login');
    const parsed = schema.safeParse(form.has('$json') ? jsonOf(form) : entriesOf(form));
    if (!parsed.success) return { status: 'invalid', fieldErrors: issuesByField(parsed.error), values };
    let result: Result;
    try {
      result = await verb(actor, parsed.data);
    } catch (error) {
      if (error instanceof InvalidInputError) return { status: 'invalid', fieldErrors: error.fields, values };
      if (error instanceof DomainError)
        return { status: 'error', code: error.code, details: error.details, values };
      log.error({ err: error, actor: actor.id }, 'action failed');
      throw error;
    }
    // Outside the try: redirecting works by throwing.
    if (options.redirectTo) redirect(options.redirectTo(result));
    refresh();
    return { status: 'ok', id: idOf(result), ...secretOf(result) };
  };
}

function entriesOf(form: FormData): Record<string, FormDataEntryValue> {
  return Object.fromEntries(
    [...form.entries()]
      .filter(([name, value]) => !name.startsWith('$') && value !== '')
      .map(([name, value]) => [sound(name), typeof value === 'string' ? sound(value) : value]),
  );
}

/** What doesn't parse is nothing that any form here has sent: no schema takes it. */
function jsonOf(form: FormData): unknown {
  try {
    return storable(JSON.parse(String(form.get('$json'))));
  } catch {
    return undefined;
  }
}

/** What was typed, for the form to show again; never a file, never a password. */
function textsOf(form: FormData): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [name, value] of form.entries()) {
    if (typeof value === 'string' && !name.startsWith('$') && !/password/i.test(name)) texts[name] = value;
  }
  return texts;
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
