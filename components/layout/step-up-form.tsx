'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useEffect, useId, useState } from 'react';
import { CodeInput } from '~/components/layout/code-input';
import { PasskeyButton } from '~/components/layout/passkey-button';
import { Alert } from '~/components/ui/alert';
import { BusyButton } from '~/components/ui/busy-button';
import { Button } from '~/components/ui/button';
import { Input } from '~/components/ui/input';
import { Label } from '~/components/ui/label';

type Ways = { code: boolean; passkey: object | null };
type Given = { password: string } | { code: string } | { passkey: string };
type Failure = 'wrong' | 'too_many_tries' | 'unreachable';

/** The password, or what somebody has besides it: one of them is enough. */
export function StepUpForm({ onProven }: { onProven: () => void }) {
  const t = useTranslations('form.stepUp');
  const id = useId();
  const [ways, setWays] = useState<Ways>({ code: false, passkey: null });
  const [byCode, setByCode] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [pending, setPending] = useState(false);

  useEffect(() => {
    // Without an answer, the password is a way that everybody has.
    void fetch('/api/step-up').then(
      async (answer) => (answer.ok ? setWays((await answer.json()) as Ways) : undefined),
      () => {},
    );
  }, []);

  async function send(given: Given) {
    if (pending) return;
    setPending(true);
    setFailure(null);
    const problem = await prove(given);
    if (problem === null) return onProven();
    setPending(false);
    setFailure(problem);
  }

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    event.stopPropagation();
    const typed = new FormData(event.currentTarget);
    void send(byCode ? { code: String(typed.get('code')) } : { password: String(typed.get('password')) });
  }

  return (
    <form method="post" onSubmit={submit} className="grid gap-4">
      {failure ? (
        <Alert tone="danger" role="alert">
          {t(`errors.${failure}`)}
        </Alert>
      ) : null}
      {ways.passkey ? (
        <PasskeyButton
          question={() => Promise.resolve(ways.passkey)}
          onAnswer={(passkey) => void send({ passkey })}
        />
      ) : null}
      {byCode ? (
        <CodeInput id={`${id}-code`} label={t('code')} hint={t('codeHint')} autoFocus />
      ) : (
        <div className="grid gap-1.5">
          <Label htmlFor={`${id}-password`}>{t('password')}</Label>
          <Input
            id={`${id}-password`}
            name="password"
            type="password"
            autoComplete="current-password"
            maxLength={1000}
            required
            autoFocus
          />
        </div>
      )}
      <BusyButton isBusy={pending} busy={t('submitting')}>
        {t('submit')}
      </BusyButton>
      {ways.code ? (
        <Button variant="ghost" onClick={() => setByCode(!byCode)}>
          {t(byCode ? 'withPassword' : 'withCode')}
        </Button>
      ) : null}
    </form>
  );
}

async function prove(given: Given): Promise<Failure | null> {
  try {
    const answer = await fetch('/api/step-up', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(given),
    });
    if (answer.ok) return null;
    return answer.status === 429 ? 'too_many_tries' : answer.status === 422 ? 'wrong' : 'unreachable';
  } catch {
    return 'unreachable';
  }
}
