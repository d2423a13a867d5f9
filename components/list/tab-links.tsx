'use client';

import type { Route } from 'next';
import { usePathname } from 'next/navigation';
import { type ReactNode, useEffect, useRef } from 'react';
import { cn } from '~/components/ui/cn';
import { Link } from '~/components/ui/link';
import { tabClasses, tabListClasses } from '~/components/ui/tab-classes';

type TabLinksProps = {
  label: string;
  tabs: readonly { href: Route; label: ReactNode }[];
  /** The address of the one that is seen, where more than the path tells them apart. */
  current?: string;
};

/** Tabs whose views have their own address. */
export function TabLinks({ label, tabs, current }: TabLinksProps) {
  const pathname = usePathname();
  const seen = current ?? tabOf(tabs, pathname);
  const list = useRef<HTMLElement>(null);

  // On a phone the tab of this page may be one that has no room.
  useEffect(() => {
    const tab = list.current?.querySelector<HTMLElement>(`a[href="${seen}"]`);
    if (!list.current || !tab) return;
    list.current.scrollLeft = tab.offsetLeft - (list.current.clientWidth - tab.offsetWidth) / 2;
  }, [seen]);

  return (
    <nav ref={list} aria-label={label} className={cn('relative mb-5', tabListClasses)}>
      {tabs.map((tab) => (
        <Link
          key={tab.href}
          href={tab.href}
          aria-current={seen === tab.href ? 'page' : undefined}
          className={tabClasses}
        >
          {tab.label}
        </Link>
      ))}
    </nav>
  );
}

/** A page below a tab still belongs to it: to the one that names most of its address. */
function tabOf(tabs: TabLinksProps['tabs'], pathname: string): string {
  const above = tabs.filter(({ href }) => pathname === href || pathname.startsWith(`${href}/`));
  return above.reduce((longest, { href }) => (href.length > longest.length ? href : longest), '');
}
