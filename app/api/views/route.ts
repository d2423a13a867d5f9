import { asked } from '~/app/api/asked';
import { listViews } from '~/lib/people/saved-views';
import { can } from '~/lib/roles';
import { currentOperator } from '~/lib/session';

/** The views of the list at `?path=` that the reader may open, and whether they may share one. */
export async function GET(request: Request): Promise<Response> {
  const operator = await currentOperator();
  if (!operator) return new Response(null, { status: 401 });
  return Response.json({
    views: await listViews(operator, asked(request, 'path')),
    shares: can(operator.role, 'notes:write'),
  });
}
