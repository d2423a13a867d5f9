import NextAuth from 'next-auth';
import { authOptions } from '~/lib/session';

type Context = { params: Promise<{ nextauth: string[] }> };

/** Made per request: the configuration is read when it is needed, not while the app is built. */
const handler = async (request: Request, context: Context): Promise<Response> =>
  (await isReadable(request))
    ? NextAuth(authOptions())(request, context)
    : new Response(null, { status: 400, headers: { 'cache-control': 'no-store' } });

/** next-auth parses JSON as it comes, and where it is none answers 500, as if we had failed. */
async function isReadable(request: Request): Promise<boolean> {
  if (request.method !== 'POST' || !request.headers.get('content-type')?.includes('application/json'))
    return true;
  const body: unknown = await request
    .clone()
    .json()
    .catch(() => null);
  return typeof body === 'object' && body !== null;
}

export { handler as GET, handler as POST };
