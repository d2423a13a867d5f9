'use client';

import type { LiveProps } from '~/components/live/live-poll';
import { polls } from '~/components/live/polls';
import { useOnDemand } from '~/components/ui/on-demand';

/** Renders nothing. Once the page can be used, it is kept as it is now. */
export function Live(props: LiveProps) {
  const asking = useOnDemand(polls, true);
  return asking ? <asking.LivePoll {...props} /> : null;
}
