'use client';

import { LogIn, WifiOff } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useHistoryGuard } from '~/components/form/history-guard';
import { SignInDialog } from '~/components/layout/sign-in-dialog';
import { ping, reportLoss, useConnection, wasReachedWithin } from '~/components/live/connection';
import { useReconnect } from '~/components/live/reconnect';
import { Button } from '~/components/ui/button';
import { toast } from '~/components/ui/toast';

/** How often it is looked whether the server is there, when no page has asked it anything. */
const LOOK_MS = 2_000;
const TOAST = 'connection';
const QUIET_MS = 5_000;

/** Says within seconds that the server can't be reached or the session has ended, and catches up when it is over. */
export function ConnectionBanner() {
  const t = useTranslations('nav.connection');
  const { isLost, isSignedOut, refusals } = useConnection();
  useLookout();
  useHistoryGuard();
  useCatchUp(isLost);

  const told = useRef(0);

  useEffect(() => {
    if (refusals === told.current) return;
    told.current = refusals;
    toast.warning(t('refused'), { id: TOAST, description: t('refusedHint') });
  }, [refusals, t]);

  useEffect(() => {
    if (!isLost) toast.dismiss(TOAST);
  }, [isLost]);

  // Always there, or screen readers would not hear what appears in it.
  return (
    <div role="status" className="sticky top-(--sticky-top,0px) z-50 empty:hidden">
      {isLost ? (
        <Strip icon={<WifiOff aria-hidden className="size-4 shrink-0" />}>
          <strong className="font-semibold">{t('lost')}</strong> {t('lostHint')}
        </Strip>
      ) : isSignedOut ? (
        <SignedOut />
      ) : null}
    </div>
  );
}

function SignedOut() {
  const t = useTranslations('nav.connection');
  const [isOpen, setOpen] = useState(false);
  const reconnect = useReconnect();
  return (
    <Strip icon={<LogIn aria-hidden className="size-4 shrink-0" />}>
      <strong className="font-semibold">{t('signedOut')}</strong> {t('signedOutHint')}
      <Button size="sm" onClick={() => setOpen(true)}>
        {t('signIn')}
      </Button>
      <SignInDialog open={isOpen} onClose={() => setOpen(false)} onSignedIn={reconnect} />
    </Strip>
  );
}

function Strip({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <div className="flex min-h-9 flex-wrap items-center justify-center gap-x-2 gap-y-1 border-warning/25 border-b bg-warning-soft px-4 py-1.5 text-center text-sm text-warning">
      {icon}
      {children}
    </div>
  );
}

/** The browser says at once that its network is gone; that a server is, only who asks it finds out. */
function useLookout(): void {
  useEffect(() => {
    const look = () => {
      if (document.visibilityState === 'visible' && !wasReachedWithin(QUIET_MS)) void ping();
    };
    const lookNow = () => void ping();
    const timer = setInterval(look, LOOK_MS);
    window.addEventListener('offline', reportLoss);
    window.addEventListener('online', lookNow);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      window.removeEventListener('offline', reportLoss);
      window.removeEventListener('online', lookNow);
      document.removeEventListener('visibilitychange', look);
    };
  }, []);
}

function useCatchUp(isLost: boolean): void {
  const wasLost = useRef(false);
  const reconnect = useReconnect();
  useEffect(() => {
    if (wasLost.current && !isLost) reconnect();
    wasLost.current = isLost;
  }, [isLost, reconnect]);
}
