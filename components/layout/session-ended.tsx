'use client';

import { useEffect, useState } from 'react';
import { SignInDialog } from '~/components/layout/sign-in-dialog';
import { useReconnect } from '~/components/live/reconnect';

type SessionEndedProps = {
  /** An answer that found nobody signed in: each opens the dialog anew. Null where none did. */
  ended: object | null;
  /** Something was sent before that nobody answered. */
  isUnknown?: boolean;
  onSignedIn?: () => void;
};

/** Over a form whose sending found nobody signed in. What was typed waits under it for the next press. */
export function SessionEnded({ ended, isUnknown = false, onSignedIn }: SessionEndedProps) {
  const [isOpen, setOpen] = useState(false);
  const reconnect = useReconnect();

  useEffect(() => setOpen(ended !== null), [ended]);

  return (
    <SignInDialog
      open={isOpen}
      isUnknown={isUnknown}
      onClose={() => setOpen(false)}
      onSignedIn={() => {
        setOpen(false);
        reconnect();
        onSignedIn?.();
      }}
    />
  );
}
