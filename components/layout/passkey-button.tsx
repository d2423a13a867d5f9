'use client';

import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/browser';
import { Fingerprint } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '~/components/ui/button';

type PasskeyButtonProps = {
  /** What the device is asked; null where nobody answers. */
  question: () => Promise<object | null>;
  /** What it signed, as JSON. */
  onAnswer: (passkey: string) => void;
};

/** Has the device show by a passkey who sits there. Whoever calls it off is told, and may try again. */
export function PasskeyButton({ question, onAnswer }: PasskeyButtonProps) {
  const t = useTranslations('login.factor');
  const [isOff, setOff] = useState(false);

  async function ask() {
    setOff(false);
    try {
      const [asked, { startAuthentication }] = await Promise.all([
        question(),
        import('@simplewebauthn/browser'),
      ]);
      const optionsJSON = asked as PublicKeyCredentialRequestOptionsJSON | null;
      if (!optionsJSON) return setOff(true);
      onAnswer(JSON.stringify(await startAuthentication({ optionsJSON })));
    } catch {
      setOff(true);
    }
  }

  return (
    <div className="grid gap-1.5">
      <Button size="lg" onClick={() => void ask()} className="w-full">
        <Fingerprint aria-hidden />
        {t('passkey')}
      </Button>
      {isOff ? (
        <p role="alert" className="text-danger text-sm">
          {t('passkeyOff')}
        </p>
      ) : null}
    </div>
  );
}
