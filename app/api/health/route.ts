import { checkHealth } from '~/lib/health';

export const dynamic = 'force-dynamic';

/** What somebody should be called for: what doesn't answer, and books that don't hold. */
export async function GET(): Promise<Response> {
  const health = await checkHealth();
  return Response.json(health, { status: health.status === 'ok' ? 200 : 503 });
}
