'use client';

import { useEffect } from 'react';
import { canLeave, isSurelyThere, useIsLost } from '~/components/live/connection';

/**
 * Back and Forward lead to a page that Next asks the server for, and where no answer comes, to the browser's own error
 * page. So the server is looked for first, and without it whoever pressed stays where they were. The page's address
 * has changed by then: it is set back to that of the page that is seen.
 */
export function useHistoryGuard(): void {
  useWarning();
  useEffect(() => {
    // Older browsers don't tell which entry they are at: there the warning is all.
    const { navigation } = window;
    if (!navigation) return;
    let seen = navigation.currentEntry?.key;
    let isFree = false;

    const enter = ({ navigationType }: NavigationCurrentEntryChangeEvent) => {
      if (navigationType !== 'traverse') seen = navigation.currentEntry?.key;
    };
    const traverse = (event: PopStateEvent) => {
      const to = navigation.currentEntry?.key;
      // Back where they were, or never away from it: Next has heard of none of it.
      if (to === seen) return event.stopImmediatePropagation();
      if (isFree || isSurelyThere()) {
        isFree = false;
        seen = to;
        return;
      }
      event.stopImmediatePropagation();
      void canLeave().then((isThere) => {
        if (navigation.currentEntry?.key !== to || seen === undefined) return;
        isFree = isThere;
        if (isThere) window.dispatchEvent(new PopStateEvent('popstate', { state: history.state }));
        else navigation.traverseTo(seen);
      });
    };
    navigation.addEventListener('currententrychange', enter);
    // Before Next's own listener, which is on the same window.
    window.addEventListener('popstate', traverse, { capture: true });
    return () => {
      navigation.removeEventListener('currententrychange', enter);
      window.removeEventListener('popstate', traverse, { capture: true });
    };
  }, []);
}

/** What the browser itself leads away from, such as a reload, it asks about first while there is no server. */
function useWarning(): void {
  const isLost = useIsLost();
  useEffect(() => {
    if (!isLost) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [isLost]);
}
