import { asked } from '~/app/api/asked';
import { liveToken } from '~/lib/live';
import { currentOperator } from '~/lib/session';

/** What an open page polls: `?topic=wallet:<id>` answers a token that changes when the page's content did. */
export async function GET(request: Request): Promise<Response> {
  if (!(await currentOperator())) return new Response(null, { status: 401 });
  const token = await liveToken(asked(request, 'topic'));
  return token === null ? new Response(null, { status: 404 }) : Response.json({ token });
}
