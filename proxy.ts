import { withAuth } from 'next-auth/middleware';

/**
 * Sends whoever has no session to the sign-in page. Pages and actions decide for themselves what one may do; an action
 * says itself that nobody is signed in, so that what was typed stays where it was typed.
 */
export const proxy = withAuth({
  pages: { signIn: '/login' },
  callbacks: {
    authorized: ({ token, req }) =>
      token !== null || (req.method === 'POST' && req.headers.has('next-action')),
  },
});

export const config = {
  matcher: ['/((?!api/|_next/|login|icon.svg|robots.txt|favicon.ico).*)'],
};
