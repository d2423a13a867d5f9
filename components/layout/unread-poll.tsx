'use client';

import { useQuery } from '@tanstack/react-query';
import { useContext, useEffect, useEffectEvent } from 'react';
import { OperatorContext } from '~/components/layout/operator-context';
import { reportAnswer, useIsLeaving } from '~/components/live/connection';
import { queries } from '~/components/live/queries';

const POLL_MS = 10_000;
const TIMEOUT_MS = 5_000;

type UnreadPollProps = { rendered: number; onCount: (count: number) => void };

/** Renders nothing. Asked for now and then while the tab is seen: nothing on the page is refreshed for it, and nothing said where no answer comes. */
export function UnreadPoll({ rendered, onCount }: UnreadPollProps) {
  const operatorId = useContext(OperatorContext);
  const isLeaving = useIsLeaving();
  const { data } = useQuery(
    {
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
    },
    queries,
  );
  const tell = useEffectEvent(onCount);
  useEffect(() => tell(data ?? rendered), [data, rendered]);
  return null;
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
