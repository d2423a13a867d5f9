import { type NextFetchEvent, type NextRequest, NextResponse } from 'next/server';
import { type NextRequestWithAuth, withAuth } from 'next-auth/middleware';

/**
 * Sends whoever has no session to the sign-in page. Pages and actions decide for themselves what one may do; an action
 * says itself that nobody is signed in, so that what was typed stays where it was typed.
 */
const pages = withAuth(
  ({ nextUrl }) => {
    // Nothing has an id that is no text: the page that says so, before anything is asked with it.
    return isText(nextUrl.pathname)
      ? NextResponse.next()
      : NextResponse.rewrite(new URL('/nothing', nextUrl));
  },
  {
    pages: { signIn: '/login' },
    callbacks: {
      authorized: ({ token, req }) =>
        token !== null || (req.method === 'POST' && req.headers.has('next-action')),
    },
  },
);

export function proxy(request: NextRequest, event: NextFetchEvent) {
  const { pathname } = request.nextUrl;
  if (!pathname.startsWith('/api/')) return pages(request as NextRequestWithAuth, event);
  // Routes ask for their session themselves; Next fails at an address that it can't decode before they are asked.
  return isText(pathname) ? NextResponse.next() : new NextResponse(null, { status: 404 });
}

/** Whether an address spells text that can be kept: in UTF-8, and without controls. */
function isText(pathname: string): boolean {
  try {
    return !/[\p{Cc}\p{Cs}]/u.test(decodeURIComponent(pathname));
  } catch {
    return false;
  }
}

export const config = {
  // Of the API only what isn't spelt in plain letters: whoever else asks there is nobody's to hold up.
  matcher: ['/((?!api/|_next/|login|icon.svg|robots.txt|favicon.ico).*)', '/(api/.*%.*)'],
};
