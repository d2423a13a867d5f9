import { getCsrfToken, signIn } from 'next-auth/react';

export type SignInFailure = 'wrong' | 'too_many_tries' | 'unreachable';

/** Signs in with the form's `email` and `password`, without leaving the page. Null when it worked. */
export async function signInWith(form: FormData): Promise<SignInFailure | null> {
  const [email, password] = [String(form.get('email')), String(form.get('password'))];
  try {
    // Without an answer here, signIn would leave for an error page of its own.
    if (!(await getCsrfToken())) return 'unreachable';
    const answer = await signIn('credentials', { email, password, redirect: false });
    if (answer?.ok && !answer.error) return null;
    return answer?.status === 429 || answer?.error === 'too_many_tries' ? 'too_many_tries' : 'wrong';
  } catch {
    return 'unreachable';
  }
}
