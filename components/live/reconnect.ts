import { useCallback } from 'react';
import { reportSignIn } from '~/components/live/connection';
import { useRefresh } from '~/components/live/go';
import { polls } from '~/components/live/polls';

/** After a new sign-in, or when the server is back: asks for what has happened meanwhile. */
export function useReconnect(): () => void {
  const { refresh } = useRefresh();
  return useCallback(() => {
    reportSignIn();
    polls.get()?.askAgain();
    refresh();
  }, [refresh]);
}
