'use client';

import { useEffect, useState } from 'react';
import { SignInDialog } from '~/components/layout/sign-in-dialog';
import { useReconnect } from '~/components/live/reconnect';

/** Over a form whose sending found nobody signed in. What was typed waits under it for the next press. */
export function SessionEnded({ isEnded }: { isEnded: boolean }) {
  const [isOpen, setOpen] = useState(false);
  const reconnect = useReconnect();

  useEffect(() => setOpen(isEnded), [isEnded]);

  return (
    <SignInDialog
      open={isOpen}
      onClose={() => setOpen(false)}
      onSignedIn={() => {
        setOpen(false);
        reconnect();
      }}
    />
  );
}
