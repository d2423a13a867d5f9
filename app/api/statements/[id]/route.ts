import { DomainError } from '~/lib/errors';
import { currentActor } from '~/lib/session';
import { takeStatement } from '~/lib/statements/file';

const STATUSES: Record<string, number> = {
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  statement_expired: 410,
};

/** The file of a statement, for whoever is signed in and may have it, until its time is over. */
export async function GET(_request: Request, { params }: RouteContext<'/api/statements/[id]'>) {
  const [actor, { id }] = [await currentActor(), await params];
  if (!actor) return new Response(null, { status: 401 });
  try {
    const { name, type, bytes, body } = await takeStatement(actor, { id });
    return new Response(body, {
      headers: {
        'Content-Type': type,
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
