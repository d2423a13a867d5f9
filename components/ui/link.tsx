'use client';

// biome-ignore lint/style/noRestrictedImports: what all others use instead is made of it.
import NextLink, { type LinkProps } from 'next/link';
import { useState } from 'react';

/**
 * Next's own link asks for the beginning of its page as soon as it is seen, and again whenever the page that it
 * stands on is refreshed: some forty requests for every page that is looked at, nearly all for nothing. This one asks
 * when somebody points at it or reaches it by keyboard.
 */
export function Link<RouteType>(props: LinkProps<RouteType>) {
  const [isWanted, setWanted] = useState(false);
  const want = () => setWanted(true);
  return <NextLink onPointerEnter={want} onFocus={want} prefetch={isWanted ? null : false} {...props} />;
}
