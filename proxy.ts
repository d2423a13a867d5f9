import { withAuth } from 'next-auth/middleware';

/** Sends whoever has no session to the sign-in page. Pages and actions decide for themselves what one may do. */
export const proxy = withAuth({ pages: { signIn: '/login' } });

export const config = {
  matcher: ['/((?!api/|_next/|login|icon.svg|robots.txt|favicon.ico).*)'],
};
