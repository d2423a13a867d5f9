import { z } from 'zod';
import { DomainError } from '~/lib/errors';
import { passkeyQuestion } from '~/lib/people/passkeys';
import { enrolAtSignIn } from '~/lib/people/sign-in';
import { typed } from '~/lib/typed-text';

const asked = z.object({ challenge: typed(100), enrols: z.boolean() });

/**
 * For who gave the right password and is asked for more: the address that their new authenticator app reads, or the
 * question for their passkey. Who asks is known by the challenge alone, which a wrong one tells nothing about.
 */
export async function POST(request: Request): Promise<Response> {
  const given = asked.safeParse(await request.json().catch(() => null));
  if (!given.success) return Response.json({ code: 'second_factor_over' }, { status: 409 });
  const { challenge, enrols } = given.data;
  if (!enrols) return Response.json({ passkey: passkeyQuestion(challenge) });
  try {
    return Response.json({ uri: await enrolAtSignIn(challenge) });
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return Response.json({ code: error.code }, { status: 409 });
  }
}
