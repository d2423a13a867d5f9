import { cookies } from 'next/headers';
import { cookieName, cookieOptions } from '~/lib/cookies';

const YEAR_SECONDS = 365 * 24 * 3_600;

/** For the sign-in page, which knows nobody yet. */
export async function rememberLocale(locale: string): Promise<void> {
  (await cookies()).set(cookieName('locale'), locale, {
    ...cookieOptions(),
    maxAge: YEAR_SECONDS,
  });
}
