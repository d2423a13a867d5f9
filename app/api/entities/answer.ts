import type { OperatorActor } from '~/lib/actor';
import { DomainError, InvalidInputError } from '~/lib/errors';
import { log } from '~/lib/log';
import { inScopeOf } from '~/lib/scope';
import { currentActor } from '~/lib/session';

const STATUSES: Partial<Record<DomainError['code'], number>> = {
  forbidden: 403,
  not_found: 404,
  invalid: 422,
};

/**
 * Runs a verb for a page that sends by itself, and answers JSON: what it gives, or `{ code, details, fields }`. Another
 * site's page may not send in an operator's name, as with a server action.
 */
export async function answer(
  request: Request,
  verb: (actor: OperatorActor) => Promise<object | null>,
): Promise<Response> {
  const site = request.headers.get('sec-fetch-site');
  if (site !== null && site !== 'same-origin') return Response.json({ code: 'forbidden' }, { status: 403 });
  const actor = await currentActor();
  if (!actor) return Response.json({ code: 'signed_out' }, { status: 401 });
  try {
    const result = await inScopeOf(actor, () => verb(actor));
    if (result === null) return Response.json({ code: 'invalid', details: {}, fields: {} }, { status: 400 });
    return Response.json(result);
  } catch (error) {
    if (!(error instanceof DomainError)) {
      log.error({ err: error, actor: actor.id }, 'request failed');
      return Response.json({ code: 'failed' }, { status: 500 });
    }
    const { code, details } = error;
    const fields = error instanceof InvalidInputError ? error.fields : {};
    return Response.json({ code, details, fields }, { status: STATUSES[code] ?? 409 });
  }
}
