export type SignInFailure = 'wrong' | 'wrong_code' | 'over' | 'too_many_tries' | 'unreachable';

/** What is asked besides the password: to prove a second factor by one of these ways, or to set one up first. */
export type FactorAsked = { challenge: string; ways: readonly string[] };

export type SignInOutcome = 'in' | FactorAsked | { failure: SignInFailure };

/** Signs in with the form's `email` and `password`, without leaving the page. */
export function signInWith(form: FormData): Promise<SignInOutcome> {
  return enter({ email: String(form.get('email')), password: String(form.get('password')) }, 'wrong');
}

/** Signs a guest in by the link that they were handed. */
export function signInByLink(link: string): Promise<SignInOutcome> {
  return enter({ link }, 'over');
}

/** Answers what was asked besides the password: a code, or what a passkey signed, as JSON. */
export function answerWith(
  { challenge }: FactorAsked,
  answer: { code: string } | { passkey: string },
): Promise<SignInOutcome> {
  return enter({ challenge, ...answer }, 'wrong_code');
}

/** Leaves this page for the provider of sign-in, which sends people back to `path`; false where nobody answers here. */
export async function leaveForProvider(path: string): Promise<boolean> {
  try {
    const { getCsrfToken, signIn } = await import('next-auth/react');
    if (!(await getCsrfToken())) return false;
    await signIn('oidc', { callbackUrl: path });
    return true;
  } catch {
    return false;
  }
}

async function enter(given: Record<string, string>, wrong: SignInFailure): Promise<SignInOutcome> {
  try {
    // Few sign in on a page, and none has to wait for this before it can be used.
    const { getCsrfToken, signIn } = await import('next-auth/react');
    // Without an answer here, signIn would leave for an error page of its own.
    if (!(await getCsrfToken())) return { failure: 'unreachable' };
    const answer = await signIn('credentials', { ...given, redirect: false });
    if (answer?.ok && !answer.error) return 'in';
    const [code, ways = '', challenge = ''] = (answer?.error ?? '').split(':');
    if (code === 'second_factor') return { challenge, ways: ways.split(' ') };
    if (code === 'second_factor_over') return { failure: 'over' };
    return { failure: answer?.status === 429 || code === 'too_many_tries' ? 'too_many_tries' : wrong };
  } catch {
    return { failure: 'unreachable' };
  }
}
