import { checkReadiness } from '~/lib/health';

export const dynamic = 'force-dynamic';

/** Whether requests can be served and worked on. Of the books it says nothing: /api/health does. */
export async function GET(): Promise<Response> {
  const readiness = await checkReadiness();
  return Response.json(readiness, { status: readiness.status === 'ok' ? 200 : 503 });
}
