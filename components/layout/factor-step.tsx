'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useEffect, useEffectEvent, useId, useState } from 'react';
import { CodeInput } from '~/components/layout/code-input';
import { PasskeyButton } from '~/components/layout/passkey-button';
import { answerWith, type FactorAsked, type SignInFailure } from '~/components/layout/sign-in';
import { TotpSecret } from '~/components/layout/totp-secret';
import { Alert } from '~/components/ui/alert';
import { BusyButton } from '~/components/ui/busy-button';

type FactorStepProps = { asked: FactorAsked; onSignedIn: () => void; onOver: () => void };

/** After the right password: a code, a passkey, or an authenticator app to be set up before anybody is let in. */
export function FactorStep({ asked, onSignedIn, onOver }: FactorStepProps) {
  const t = useTranslations('login.factor');
  const errors = useTranslations('login.errors');
  const id = useId();
  const [failure, setFailure] = useState<SignInFailure | null>(null);
  const [pending, setPending] = useState(false);
  const enrols = asked.ways.includes('enrol');
  const hasPasskey = asked.ways.includes('passkey');

  async function answer(given: { code: string } | { passkey: string }) {
    if (pending) return;
    setPending(true);
    setFailure(null);
    const outcome = await answerWith(asked, given);
    if (outcome === 'in') return onSignedIn();
    setPending(false);
    if ('challenge' in outcome || outcome.failure === 'over') return onOver();
    setFailure(outcome.failure);
  }

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    event.stopPropagation();
    void answer({ code: String(new FormData(event.currentTarget).get('code')) });
  }

  return (
    <form method="post" onSubmit={submit} className="grid gap-4">
      {failure ? (
        <Alert tone="danger" role="alert">
          {errors(failure)}
        </Alert>
      ) : null}
      {enrols ? <Enrolment challenge={asked.challenge} onOver={onOver} /> : null}
      {hasPasskey ? (
        <PasskeyButton
          question={() => questionFor(asked.challenge)}
          onAnswer={(passkey) => void answer({ passkey })}
        />
      ) : null}
      <CodeInput
        id={`${id}-code`}
        label={t('code')}
        hint={enrols ? t('firstCodeHint') : t(hasPasskey ? 'orCodeHint' : 'codeHint')}
        autoFocus={!hasPasskey}
      />
      <BusyButton isBusy={pending} busy={t('submitting')}>
        {t('submit')}
      </BusyButton>
    </form>
  );
}

function Enrolment({ challenge, onOver }: { challenge: string; onOver: () => void }) {
  const t = useTranslations('login.factor');
  const [uri, setUri] = useState<string | null>(null);
  // Asked once, as it appears: another time would bring another secret than the one that was read.
  const end = useEffectEvent(onOver);
  useEffect(() => {
    let isHere = true;
    void ask(challenge, true).then(({ uri: told }) => {
      if (!isHere) return;
      if (told === undefined) end();
      else setUri(told);
    });
    return () => {
      isHere = false;
    };
  }, [challenge]);
  return (
    <div className="grid gap-3">
      <h2 className="font-semibold">{t('enrolTitle')}</h2>
      <p className="text-muted-foreground text-sm">{t('enrolHint')}</p>
      <TotpSecret uri={uri} />
    </div>
  );
}

async function questionFor(challenge: string): Promise<object | null> {
  return (await ask(challenge, false)).passkey ?? null;
}

async function ask(challenge: string, enrols: boolean): Promise<{ uri?: string; passkey?: object }> {
  try {
    const answer = await fetch('/api/second-factor', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ challenge, enrols }),
    });
    return answer.ok ? ((await answer.json()) as { uri?: string; passkey?: object }) : {};
  } catch {
    return {};
  }
}
