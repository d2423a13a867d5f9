'use client';

import { useQuery } from '@tanstack/react-query';
import { Bell as BellIcon } from 'lucide-react';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useContext } from 'react';
import { OperatorContext } from '~/components/layout/operator-context';
import { reportAnswer, useIsLeaving } from '~/components/live/connection';
import { cn } from '~/components/ui/cn';
import { Link } from '~/components/ui/link';

const POLL_MS = 10_000;
const TIMEOUT_MS = 5_000;

/** How many notices are unread, as the page was rendered and since then; leads to them. */
export function Bell({ unread, className }: { unread: number; className?: string }) {
  const t = useTranslations('notices');
  const pathname = usePathname();
  const count = useUnread(unread);
  const label = count > 0 ? `${t('bell')}: ${t('bellUnread', { count })}` : t('bell');
  return (
    <Link
      href="/notices"
      aria-label={label}
      title={label}
      aria-current={pathname === '/notices' ? 'page' : undefined}
      className={cn(
        'relative inline-flex items-center justify-center rounded-md text-muted-foreground transition-colors hover:bg-accent hover:text-foreground aria-[current=page]:text-foreground',
        className,
      )}
    >
      <BellIcon aria-hidden className="size-4.5" />
      {count > 0 ? (
        <span
          aria-hidden
          className="absolute top-0.5 right-0.5 inline-flex h-4 min-w-4 items-center justify-center rounded-full bg-danger px-1 font-semibold text-[0.625rem] text-background tabular-nums leading-none"
        >
          {count > 99 ? '99+' : count}
        </span>
      ) : null}
    </Link>
  );
}

/** Asked for now and then while the tab is seen: nothing on the page is refreshed for it, and nothing said where no answer comes. */
function useUnread(rendered: number): number {
  const operatorId = useContext(OperatorContext);
  const isLeaving = useIsLeaving();
  const { data } = useQuery({
    // What a page was rendered with is newer than what was asked for before it.
    queryKey: ['live', 'bell', operatorId, rendered],
    enabled: operatorId !== null && !isLeaving,
    queryFn: ({ signal }) => fetchUnread(operatorId ?? '', signal),
    initialData: rendered,
    staleTime: POLL_MS,
    refetchInterval: ({ state }) => (state.data === null ? false : POLL_MS),
    refetchIntervalInBackground: false,
    gcTime: 0,
    retry: false,
  });
  return data ?? rendered;
}

/** Null once the session has ended. The last part of the token is the count (lib/live). */
async function fetchUnread(operatorId: string, signal: AbortSignal): Promise<number | null> {
  const response = await fetch(`/api/live?topic=${encodeURIComponent(`notices:${operatorId}`)}`, {
    signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    cache: 'no-store',
  });
  if (response.status === 401) {
    // Of pages that follow nothing else, this is how the banner hears of it.
    reportAnswer('signed_out');
    return null;
  }
  if (!response.ok) throw new Error(`The bell was answered ${response.status}`);
  const { token } = (await response.json()) as { token: string };
  return Number(token.split('/').at(-1));
}
