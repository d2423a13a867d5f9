'use client';

import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { forgetFreshness, ping, reportAnswer, useIsLeaving } from '~/components/live/connection';
import { useRefresh } from '~/components/live/go';
import { queries } from '~/components/live/queries';
import type { LiveTopic } from '~/lib/live';

const POLL_INTERVAL_MS = 2_000;
const POLL_TIMEOUT_MS = 5_000;

export type LiveProps = {
  /** What the page shows, for `/api/live?topic=`. */
  topic: LiveTopic;
  /** The token that the page was rendered with. Left out, the first answer counts as what is shown. */
  token?: string;
};

/** Renders nothing. Asks for the topic's token while the tab is seen, and refreshes the page until it shows that one. */
export function LivePoll({ topic, token }: LiveProps) {
  const shown = useRef(token);
  const judged = useRef(0);
  const { refresh, isRefreshing } = useRefresh();
  const isLeaving = useIsLeaving();
  const { data, dataUpdatedAt } = useQuery(
    {
      queryKey: ['live', topic],
      enabled: !isLeaving,
      queryFn: ({ signal }) => fetchToken(topic, signal),
      // Who has no session any more is not asked for every two seconds, but when they come back to the tab.
      refetchInterval: ({ state }) => (state.data === null ? false : POLL_INTERVAL_MS),
      refetchIntervalInBackground: false,
      // A network that the browser takes for gone is asked all the same: it may be wrong, and who waits is to know.
      networkMode: 'always',
      gcTime: 0,
      retry: false,
    },
    queries,
  );

  useEffect(() => {
    shown.current = token ?? shown.current;
  }, [token]);

  useEffect(() => forgetFreshness, []);

  useEffect(() => {
    if (isLeaving) void queries.cancelQueries({ queryKey: ['live', topic] });
  }, [isLeaving, topic]);

  useEffect(() => {
    // Each answer once: what is rendered meanwhile may be newer than it.
    if (data === undefined || data === null || judged.current === dataUpdatedAt) return;
    judged.current = dataUpdatedAt;
    shown.current ??= data;
    if (shown.current === data || isRefreshing) return;
    // With a token, only the page that comes says what is shown: a refresh that is lost is asked for again.
    if (token === undefined) shown.current = data;
    refresh();
  }, [data, dataUpdatedAt, isRefreshing, token, refresh]);

  return null;
}

/** Asks at once for all that open pages follow. */
export function askAgain(): void {
  void queries.invalidateQueries({ queryKey: ['live'] });
}

/** Null once the session has ended. */
async function fetchToken(topic: string, signal: AbortSignal): Promise<string | null> {
  const response = await ask(topic, signal);
  if (response.status === 401) {
    reportAnswer('signed_out');
    return null;
  }
  if (!response.ok) {
    // It may be a proxy that says so, with nobody behind it.
    void ping();
    throw new Error(`Live topic ${topic} answered ${response.status}`);
  }
  reportAnswer('fresh');
  const { token } = (await response.json()) as { token: string };
  return token;
}

async function ask(topic: string, signal: AbortSignal): Promise<Response> {
  try {
    return await fetch(`/api/live?topic=${encodeURIComponent(topic)}`, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(POLL_TIMEOUT_MS)]),
      cache: 'no-store',
    });
  } catch (error) {
    // One lost answer is no lost network: it is looked again, at once.
    if (!signal.aborted) void ping();
    throw error;
  }
}
