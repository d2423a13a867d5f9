import { asked } from '~/app/api/asked';
import { listViews } from '~/lib/people/saved-views';
import { can } from '~/lib/roles';
import { signedIn } from '~/lib/session';

/** The views of the list at `?path=` that the reader may open, and whether they may share one. */
export async function GET(request: Request): Promise<Response> {
  return signedIn(async (operator) => {
    return Response.json({
      views: await listViews(operator, asked(request, 'path')),
      shares: can(operator.role, 'notes:write'),
    });
  });
}
