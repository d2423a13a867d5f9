'use client';

import { LoaderCircle } from 'lucide-react';
import { getCsrfToken, signIn } from 'next-auth/react';
import { useTranslations } from 'next-intl';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { Alert } from '~/components/ui/alert';
import { Button } from '~/components/ui/button';
import { Input } from '~/components/ui/input';
import { Label } from '~/components/ui/label';

type Failure = 'wrong' | 'too_many_tries' | 'unreachable';

/** E-mail and password. The server never says which of them was wrong. */
export function LoginForm({ path }: { path: string }) {
  const t = useTranslations('login');
  const [failure, setFailure] = useState<Failure | null>(null);
  const [pending, setPending] = useState(false);
  const password = useRef<HTMLInputElement>(null);

  useEffect(() => {
    if (failure) password.current?.select();
  }, [failure]);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (pending) return;
    const form = new FormData(event.currentTarget);
    setPending(true);
    setFailure(null);
    const problem = await tryToSignIn(String(form.get('email')), String(form.get('password')));
    if (problem === null) {
      // A whole new page: language, theme and zone of the layout are the operator's from now on.
      window.location.assign(path);
      return;
    }
    setPending(false);
    setFailure(problem);
  }

  return (
    <form method="post" onSubmit={submit} className="grid gap-4">
      {failure ? (
        <Alert tone="danger" role="alert">
          {t(`errors.${failure}`)}
        </Alert>
      ) : null}
      <div className="grid gap-1.5">
        <Label htmlFor="email">{t('email')}</Label>
        <Input
          id="email"
          name="email"
          type="email"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={320}
          required
          autoFocus
        />
      </div>
      <div className="grid gap-1.5">
        <Label htmlFor="password">{t('password')}</Label>
        <Input
          ref={password}
          id="password"
          name="password"
          type="password"
          autoComplete="current-password"
          maxLength={1000}
          required
        />
      </div>
      <Button type="submit" variant="primary" size="lg" aria-disabled={pending} className="mt-1 w-full">
        {pending ? <LoaderCircle aria-hidden className="animate-spin" /> : null}
        {pending ? t('submitting') : t('submit')}
      </Button>
    </form>
  );
}

/** Null when it worked. */
async function tryToSignIn(email: string, password: string): Promise<Failure | null> {
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
