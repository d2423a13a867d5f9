'use client';

import { KeyRound } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { leaveForProvider } from '~/components/layout/sign-in';
import { Alert } from '~/components/ui/alert';
import { Button } from '~/components/ui/button';

/** Leaves for the provider of sign-in, which sends whoever it recognises back here. */
export function ProviderButton({ name, path }: { name: string; path: string }) {
  const t = useTranslations('login');
  const [pending, setPending] = useState(false);
  const [isUnreachable, setUnreachable] = useState(false);

  async function leave() {
    setPending(true);
    setUnreachable(false);
    // Where it works this page is on its way out, and the button stays pressed until it is gone.
    if (await leaveForProvider(path)) return;
    setPending(false);
    setUnreachable(true);
  }

  return (
    <>
      {isUnreachable ? (
        <Alert tone="danger" role="alert">
          {t('errors.unreachable')}
        </Alert>
      ) : null}
      <Button className="w-full" disabled={pending} onClick={leave}>
        <KeyRound aria-hidden />
        {t('provider.enter', { name })}
      </Button>
    </>
  );
}
