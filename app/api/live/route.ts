import { asked } from '~/app/api/asked';
import { liveToken } from '~/lib/live';
import { orBeyond, signedIn } from '~/lib/session';

/** What an open page polls: `?topic=wallet:<id>` answers a token that changes when the page's content did. */
export async function GET(request: Request): Promise<Response> {
  return signedIn(async (operator) => {
    const topic = asked(request, 'topic');
    // What somebody was told is nobody else's. A page that another person signed in on learns that by its token.
    const token = await orBeyond(liveToken(topic.startsWith('notices:') ? `notices:${operator.id}` : topic));
    return token === null ? new Response(null, { status: 404 }) : Response.json({ token });
  });
}
