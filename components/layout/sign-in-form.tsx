'use client';

import { LoaderCircle } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { type SignInFailure, signInWith } from '~/components/layout/sign-in';
import { Alert } from '~/components/ui/alert';
import { Button } from '~/components/ui/button';
import { Input } from '~/components/ui/input';
import { Label } from '~/components/ui/label';

/** E-mail and password. The server never says which of them was wrong. */
export function SignInForm({ onSignedIn }: { onSignedIn: () => void }) {
  const t = useTranslations('login');
  const id = useId();
  const [failure, setFailure] = useState<SignInFailure | null>(null);
  const [pending, setPending] = useState(false);
  const password = useRef<HTMLInputElement>(null);

  useEffect(() => {
    if (failure) password.current?.select();
  }, [failure]);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    // It may stand over another form, which is not what is sent here.
    event.stopPropagation();
    if (pending) return;
    setPending(true);
    setFailure(null);
    const problem = await signInWith(new FormData(event.currentTarget));
    if (problem === null) return onSignedIn();
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
        <Label htmlFor={`${id}-email`}>{t('email')}</Label>
        <Input
          id={`${id}-email`}
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
        <Label htmlFor={`${id}-password`}>{t('password')}</Label>
        <Input
          ref={password}
          id={`${id}-password`}
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
