import { type NextFetchEvent, type NextRequest, NextResponse } from 'next/server';
import { type NextRequestWithAuth, withAuth } from 'next-auth/middleware';
import { cookieName, SESSION_COOKIE } from '~/lib/cookies';
import { isText } from '~/lib/entrance/kinds';
import { newNonce, pagePolicy } from '~/lib/entrance/policy';

/**
 * Sends whoever has no session to the sign-in page. Pages and actions decide for themselves what one may do; an action
 * says itself that nobody is signed in, so that what was typed stays where it was typed.
 */
const pages = withAuth(shown, {
  pages: { signIn: '/login' },
  cookies: { sessionToken: { name: cookieName(SESSION_COOKIE) } },
  callbacks: {
    authorized: ({ token, req }) =>
      token !== null || (req.method === 'POST' && req.headers.has('next-action')),
  },
});

export async function proxy(request: NextRequest, event: NextFetchEvent) {
  const { pathname } = request.nextUrl;
  // Routes ask for their session themselves; Next fails at an address that it can't decode before they are asked.
  if (pathname.startsWith('/api/')) return isText(pathname) ? NextResponse.next() : nothing();
  const policy = pagePolicy(newNonce(), { isDevelopment: process.env.NODE_ENV === 'development' });
  // Next reads the nonce of its own scripts from here, and the layout that of the theme's.
  request.headers.set('content-security-policy', policy);
  // Who signs in, or sets a password by a link, has no session yet.
  const isDoor = pathname === '/login' || pathname.startsWith('/login/');
  const answer = isDoor ? shown(request) : await pages(request as NextRequestWithAuth, event);
  answer?.headers.set('content-security-policy', policy);
  return answer;
}

/** As the API says it (lib/api/problem), which is not asked here. */
function nothing(): NextResponse {
  const detail = 'There is nothing at this address, which is no text in UTF-8.';
  return NextResponse.json(
    { type: 'urn:monedero:problem:not_found', title: 'Not found', status: 404, detail, code: 'not_found' },
    { status: 404, headers: { 'content-type': 'application/problem+json' } },
  );
}

function shown({ nextUrl, headers }: NextRequest): NextResponse {
  // Nothing has an id that is no text: the page that says so, before anything is asked with it.
  return isText(nextUrl.pathname)
    ? NextResponse.next({ request: { headers } })
    : NextResponse.rewrite(new URL('/nothing', nextUrl), { request: { headers } });
}

export const config = {
  // Of the API only what isn't spelt in plain letters: whoever else asks there is nobody's to hold up.
  matcher: ['/((?!api/|_next/|icon.svg|robots.txt|favicon.ico).*)', '/(api/.*%.*)'],
};
