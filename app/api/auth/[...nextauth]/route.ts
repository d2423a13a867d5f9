import NextAuth from 'next-auth';
import { authOptions } from '~/lib/session';

type Context = { params: Promise<{ nextauth: string[] }> };

/** Made per request: the configuration is read when it is needed, not while the app is built. */
const handler = (request: Request, context: Context): Promise<Response> =>
  NextAuth(authOptions())(request, context);

export { handler as GET, handler as POST };
