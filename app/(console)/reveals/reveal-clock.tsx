'use client';

import { Eye } from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { concealPersonAction } from '~/app/(console)/reveals/actions';
import { Form, SubmitButton } from '~/components/form/form';
import { useIsLost } from '~/components/live/connection';
import { useRefresh } from '~/components/live/go';
import { REVEAL_MINUTES } from '~/lib/people/masking';

const LIMIT_MS = REVEAL_MINUTES * 60_000;
/** How often the server is asked to mask again when by its own clock it is not yet time. */
const RETRY_MS = 5_000;

/** How long the data is still seen, and a way to hide it now. At the end the page is asked for again, masked. */
export function RevealClock({ reveal: { id, expiresAt } }: { reveal: { id: string; expiresAt: Date } }) {
  const t = useTranslations('reveals');
  const formatter = useFormatter();
  const leftSeconds = useSecondsLeft(expiresAt);
  const isOver = leftSeconds === 0;
  useRefreshAtEnd(isOver);
  const isLost = useIsLost();
  const time = `${Math.floor(leftSeconds / 60)}:${String(leftSeconds % 60).padStart(2, '0')}`;
  // Who can't be asked for the masked page must not go on seeing this one.
  if (isOver && isLost)
    return (
      <p className="fixed inset-0 z-40 grid place-items-center bg-background p-6 text-center text-muted-foreground">
        {t('overOffline')}
      </p>
    );
  return (
    <div className="flex items-center gap-1 text-sm">
      <span role="status" className="sr-only">
        {t('until', {
          time: formatter.dateTime(expiresAt, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
        })}
      </span>
      <span aria-hidden className="inline-flex items-center gap-1.5 whitespace-nowrap text-warning">
        <Eye className="size-4" />
        <span suppressHydrationWarning className="tabular-nums">
          {t('visible', { time })}
        </span>
      </span>
      <Form act="conceal_person" action={concealPersonAction} hidden={{ revealId: id }}>
        <SubmitButton variant="ghost" size="sm" className="-mr-2.5 max-sm:-mr-3.5">
          {t('hide')}
        </SubmitButton>
      </Form>
    </div>
  );
}

function useSecondsLeft(expiresAt: Date): number {
  const end = expiresAt.getTime();
  const [left, setLeft] = useState(() => secondsUntil(end));
  useEffect(() => {
    // A clock that goes wrong must not show the data for longer than a reveal lasts.
    const latest = Math.min(end, Date.now() + LIMIT_MS);
    const tick = () => setLeft(secondsUntil(latest));
    tick();
    const timer = setInterval(tick, 1_000);
    return () => clearInterval(timer);
  }, [end]);
  return left;
}

function secondsUntil(end: number): number {
  return Math.max(0, Math.min(LIMIT_MS / 1_000, Math.ceil((end - Date.now()) / 1_000)));
}

function useRefreshAtEnd(over: boolean): void {
  const { refresh } = useRefresh();
  useEffect(() => {
    if (!over) return;
    refresh();
    const again = setInterval(refresh, RETRY_MS);
    return () => clearInterval(again);
  }, [over, refresh]);
}
