/** Signs in over HTTP, as the form does. Answers the cookies. */
export async function signIn(origin: string, person: { email: string; password: string }): Promise<string> {
  const csrf = await fetch(`${origin}/api/auth/csrf`);
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  const kept = cookiesOf(csrf);
  const answer = await fetch(`${origin}/api/auth/callback/credentials`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: kept, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ csrfToken, ...person, json: 'true' }),
  });
  const cookie = [kept, cookiesOf(answer)].filter(Boolean).join('; ');
  if (!cookie.includes('session-token')) throw new Error(`Signing in answered ${answer.status}.`);
  return cookie;
}

const cookiesOf = ({ headers }: Response): string =>
  headers
    .getSetCookie()
    .map((cookie) => cookie.split(';', 1)[0])
    .join('; ');
