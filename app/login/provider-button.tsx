'use client';

import { KeyRound } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { leaveForProvider } from '~/components/layout/sign-in';
import { Button } from '~/components/ui/button';

/** Leaves for the provider of sign-in, which sends whoever it recognises back here. */
export function ProviderButton({ name, path }: { name: string; path: string }) {
  const t = useTranslations('login.provider');
  const [pending, setPending] = useState(false);
  return (
    <Button
      className="w-full"
      disabled={pending}
      onClick={() => {
        setPending(true);
        leaveForProvider(path).catch(() => setPending(false));
      }}
    >
      <KeyRound aria-hidden />
      {t('enter', { name })}
    </Button>
  );
}
