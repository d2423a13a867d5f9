'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { type SignInFailure, signInByLink } from '~/components/layout/sign-in';
import { Alert } from '~/components/ui/alert';
import { BusyButton } from '~/components/ui/busy-button';

/** A press, so that nothing that only reads the address spends the link: it is good once. */
export function EnterByLink({ token }: { token: string }) {
  const t = useTranslations('login.link');
  const login = useTranslations('login');
  const [failure, setFailure] = useState<SignInFailure | null>(null);
  const [pending, setPending] = useState(false);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (pending) return;
    setPending(true);
    const outcome = await signInByLink(token);
    if (outcome === 'in') return window.location.assign('/');
    setPending(false);
    setFailure('failure' in outcome ? outcome.failure : 'over');
  }

  return (
    <form method="post" onSubmit={submit} className="grid gap-4">
      {failure ? (
        <Alert tone="danger" role="alert">
          {failure === 'over' ? t('over') : login(`errors.${failure}`)}
        </Alert>
      ) : null}
      <p className="text-pretty text-muted-foreground text-sm">{t('enterHint')}</p>
      <BusyButton isBusy={pending} busy={login('submitting')}>
        {t('enter')}
      </BusyButton>
    </form>
  );
}
