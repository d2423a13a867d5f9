'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { ProviderButton } from '~/app/login/provider-button';
import type { FactorAsked } from '~/components/layout/sign-in';
import { SignInForm } from '~/components/layout/sign-in-form';
import { Alert } from '~/components/ui/alert';

type LoginFormProps = {
  path: string;
  /** What the provider of sign-in is called; null where there is none. */
  provider: string | null;
  /** It just sent somebody back whom nobody here knows, or something went wrong on the way. */
  failure: 'refused' | 'failed' | null;
};

export function LoginForm({ path, provider, failure }: LoginFormProps) {
  const t = useTranslations('login.provider');
  const begun = useBegun();
  return (
    <div className="grid gap-4">
      {failure ? (
        <Alert tone="danger" role="alert">
          {t(failure)}
        </Alert>
      ) : null}
      {/* A whole new page: language, theme and zone of the layout are the operator's from now on. */}
      <SignInForm
        key={begun?.challenge ?? ''}
        begun={begun}
        onSignedIn={() => window.location.assign(path)}
      />
      {provider && !begun ? (
        <>
          <p className="flex items-center gap-3 text-muted-foreground text-xs before:h-px before:flex-1 before:bg-border after:h-px after:flex-1 after:bg-border">
            {t('or')}
          </p>
          <ProviderButton name={provider} path={path} />
        </>
      ) : null}
    </div>
  );
}

/** What a provider's sign-in left to answer, from behind the #; it doesn't stay in the address. */
function useBegun(): FactorAsked | null {
  const [begun, setBegun] = useState<FactorAsked | null>(null);
  useEffect(() => {
    const said = new URLSearchParams(window.location.hash.slice(1));
    const [challenge, ways] = [said.get('challenge'), said.get('ways')];
    if (!challenge || !ways) return;
    window.history.replaceState(null, '', window.location.pathname + window.location.search);
    setBegun({ challenge, ways: ways.split(' ') });
  }, []);
  return begun;
}
