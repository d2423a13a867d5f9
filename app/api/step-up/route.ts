import { z } from 'zod';
import { DomainError } from '~/lib/errors';
import { passkeyAnswer } from '~/lib/people/passkeys';
import { stepUp, stepUpWays } from '~/lib/people/step-up';
import { inScopeOf } from '~/lib/scope';
import { currentActor } from '~/lib/session';
import { typed } from '~/lib/typed-text';

const proof = z.union([
  z.object({ password: typed(1_000) }),
  z.object({ code: typed(100) }),
  z.object({ passkey: typed(20_000) }).transform(({ passkey }) => passkeyAnswer(passkey)),
]);

/** How whoever is signed in can show that it is still they. */
export async function GET(): Promise<Response> {
  const actor = await currentActor();
  if (!actor) return Response.json({ code: 'signed_out' }, { status: 401 });
  return Response.json(await inScopeOf(actor, () => stepUpWays(actor)));
}

/** Shows it: 204, or why not as `code`. */
export async function POST(request: Request): Promise<Response> {
  const actor = await currentActor();
  if (!actor) return Response.json({ code: 'signed_out' }, { status: 401 });
  const given = proof.safeParse(await request.json().catch(() => null));
  if (!given.success) return Response.json({ code: 'wrong' }, { status: 422 });
  try {
    const isRight = await inScopeOf(actor, () => stepUp(actor, given.data));
    return isRight ? new Response(null, { status: 204 }) : Response.json({ code: 'wrong' }, { status: 422 });
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return Response.json({ code: error.code }, { status: error.code === 'too_many_tries' ? 429 : 409 });
  }
}
