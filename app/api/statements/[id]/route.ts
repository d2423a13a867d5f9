import { fileAnswer } from '~/app/api/statements/answer';
import { inScopeOf } from '~/lib/scope';
import { currentActor } from '~/lib/session';
import { takeStatement } from '~/lib/statements/file';

/** The file of a statement, for whoever is signed in and may have it, until its time is over. */
export async function GET(_request: Request, { params }: RouteContext<'/api/statements/[id]'>) {
  const [actor, { id }] = [await currentActor(), await params];
  if (!actor) return new Response(null, { status: 401 });
  return inScopeOf(actor, () => fileAnswer(() => takeStatement(actor, { id })));
}
