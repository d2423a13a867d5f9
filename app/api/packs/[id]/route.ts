import { DomainError } from '~/lib/errors';
import { takePack } from '~/lib/packs/file';
import { inScopeOf } from '~/lib/scope';
import { currentActor } from '~/lib/session';

const STATUSES: Record<string, number> = {
  forbidden: 403,
  step_up: 403,
  not_found: 404,
  conflict: 409,
  statement_expired: 410,
};

/** The file of everything that is held of a customer, for an admin, until its time is over. */
export async function GET(_request: Request, { params }: RouteContext<'/api/packs/[id]'>) {
  const [actor, { id }] = [await currentActor(), await params];
  if (!actor) return new Response(null, { status: 401 });
  try {
    const { name, bytes, body } = await inScopeOf(actor, () => takePack(actor, { id }));
    return new Response(body, {
      headers: {
        'Content-Type': 'application/zip',
        'Content-Length': String(bytes),
        'Content-Disposition': `attachment; filename="${name}"`,
        'Cache-Control': 'no-store',
      },
    });
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return new Response(null, { status: STATUSES[error.code] ?? 409 });
  }
}
