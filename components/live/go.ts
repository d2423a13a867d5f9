import { useRouter } from 'next/navigation';
import { useCallback, useTransition } from 'react';
import { canLeave, isServerThere, isSignedOut } from '~/components/live/connection';

type Destination = Parameters<ReturnType<typeof useRouter>['push']>[0];

type How = {
  /** The page that is left is not gone back to. */
  replace?: boolean;
  scroll?: boolean;
};

/** Goes to an address of the console where the server is there; answers whether it is. */
export type Go = (href: string, how?: How) => Promise<boolean>;

/**
 * The one way to a page that no link leads to. Where Next's router gets no answer it leaves for the browser's own error
 * page, and takes along what was typed.
 */
export function useGo(): { go: Go; isGoing: boolean } {
  const router = useRouter();
  const [isGoing, startGoing] = useTransition();
  const go = useCallback<Go>(
    async (href, { replace = false, scroll = true } = {}) => {
      const isThere = await canLeave();
      if (isThere) startGoing(() => router[replace ? 'replace' : 'push'](href as Destination, { scroll }));
      return isThere;
    },
    [router],
  );
  return { go, isGoing };
}

/**
 * Asks for the page as it is now; where nobody answers, the one that is seen stays. So it does where nobody is signed in:
 * the page would be the sign-in, and what was typed on this one gone.
 */
export function useRefresh(): { refresh: () => void; isRefreshing: boolean } {
  const router = useRouter();
  const [isRefreshing, startRefresh] = useTransition();
  const refresh = useCallback(() => {
    void isServerThere().then((isThere) => {
      if (isThere && !isSignedOut()) startRefresh(() => router.refresh());
    });
  }, [router]);
  return { refresh, isRefreshing };
}

/** Loads the whole page again, where there is somebody to load it from. */
export async function reloadPage(): Promise<void> {
  if (await canLeave()) location.reload();
}

/** Saves the file that an address answers with, where there is somebody to send it. */
export async function saveFile(address: string): Promise<void> {
  if (await canLeave()) location.assign(address);
}
