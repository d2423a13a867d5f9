'use client';

// biome-ignore lint/style/noRestrictedImports: what all others use instead is made of it.
import NextLink, { type LinkProps } from 'next/link';
import { useState } from 'react';
import { isSurelyThere } from '~/components/live/connection';
import { useGo } from '~/components/live/go';

/**
 * Next's own link asks for the beginning of its page as soon as it is seen, and again whenever the page that it
 * stands on is refreshed: some forty requests for every page that is looked at, nearly all for nothing. This one asks
 * when somebody points at it or reaches it by keyboard. Where the server may be gone it looks first: Next would leave
 * the page for the browser's own error.
 */
export function Link<RouteType>({ onNavigate, ...props }: LinkProps<RouteType>) {
  const { go } = useGo();
  const [isWanted, setWanted] = useState(false);
  const want = () => setWanted(true);

  function leave(event: { preventDefault: () => void }) {
    onNavigate?.(event);
    const { href, replace, scroll } = props;
    if (typeof href !== 'string' || isSurelyThere()) return;
    event.preventDefault();
    void go(href, { replace, scroll: scroll ?? true });
  }

  return (
    <NextLink
      onPointerEnter={want}
      onFocus={want}
      prefetch={isWanted ? null : false}
      {...props}
      onNavigate={leave}
    />
  );
}
