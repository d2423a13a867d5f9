import { cookies } from 'next/headers';

const YEAR_SECONDS = 365 * 24 * 3_600;

/** For the sign-in page, which knows nobody yet. */
export async function rememberLocale(locale: string): Promise<void> {
  (await cookies()).set('locale', locale, {
    maxAge: YEAR_SECONDS,
    sameSite: 'lax',
    path: '/',
    httpOnly: true,
  });
}
