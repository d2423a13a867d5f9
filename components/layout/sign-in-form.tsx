'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useContext, useEffect, useId, useRef, useState } from 'react';
import { FactorStep } from '~/components/layout/factor-step';
import { OperatorEmailContext } from '~/components/layout/operator-context';
import { type FactorAsked, type SignInFailure, signInWith } from '~/components/layout/sign-in';
import { Alert } from '~/components/ui/alert';
import { BusyButton } from '~/components/ui/busy-button';
import { Input } from '~/components/ui/input';
import { Label } from '~/components/ui/label';

/** E-mail and password, then what somebody has besides them. The server never says which of the two was wrong. */
type SignInFormProps = {
  onSignedIn: () => void;
  /** What is asked of who came in by a provider: the password's place is taken. */
  begun?: FactorAsked | null;
};

export function SignInForm({ onSignedIn, begun = null }: SignInFormProps) {
  const [asked, setAsked] = useState<FactorAsked | null>(begun);
  const [isOver, setOver] = useState(false);
  if (asked)
    return (
      <FactorStep
        asked={asked}
        onSignedIn={onSignedIn}
        onOver={() => {
          setOver(true);
          setAsked(null);
        }}
      />
    );
  return <PasswordStep isOver={isOver} onSignedIn={onSignedIn} onAsked={setAsked} />;
}

type PasswordStepProps = {
  /** They were too slow before. */
  isOver: boolean;
  onSignedIn: () => void;
  onAsked: (asked: FactorAsked) => void;
};

function PasswordStep({ isOver, onSignedIn, onAsked }: PasswordStepProps) {
  const t = useTranslations('login');
  const id = useId();
  const email = useContext(OperatorEmailContext);
  const [failure, setFailure] = useState<SignInFailure | null>(isOver ? 'over' : null);
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
    const outcome = await signInWith(new FormData(event.currentTarget));
    if (outcome === 'in') return onSignedIn();
    if ('challenge' in outcome) return onAsked(outcome);
    setPending(false);
    setFailure(outcome.failure);
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
          defaultValue={email}
          required
          autoFocus={email === undefined}
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
          autoFocus={email !== undefined}
        />
      </div>
      <BusyButton isBusy={pending} busy={t('submitting')}>
        {t('submit')}
      </BusyButton>
    </form>
  );
}
