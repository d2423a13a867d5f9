'use client';

import { useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';

const POLL_INTERVAL_MS = 2_000;

type LiveProps = {
  /** What the page shows, for `/api/live?topic=`. */
  topic: string;
  /** The token that the page was rendered with. Left out, the first answer counts as what is shown. */
  token?: string;
};

/** Renders nothing. Asks for the topic's token while the tab is seen, and refreshes the page when it changes. */
export function Live({ topic, token }: LiveProps) {
  const router = useRouter();
  const shown = useRef(token);
  const { data } = useQuery({
    queryKey: ['live', topic],
    queryFn: ({ signal }) => fetchToken(topic, signal),
    refetchInterval: POLL_INTERVAL_MS,
    refetchIntervalInBackground: false,
    gcTime: 0,
    retry: false,
  });

  useEffect(() => {
    shown.current = token ?? shown.current;
  }, [token]);

  useEffect(() => {
    if (data === undefined) return;
    const changed = shown.current !== undefined && shown.current !== data;
    shown.current = data;
    if (changed) router.refresh();
  }, [data, router]);

  return null;
}

async function fetchToken(topic: string, signal: AbortSignal): Promise<string> {
  const response = await fetch(`/api/live?topic=${encodeURIComponent(topic)}`, { signal, cache: 'no-store' });
  if (!response.ok) throw new Error(`Live topic ${topic} answered ${response.status}`);
  const { token } = (await response.json()) as { token: string };
  return token;
}
