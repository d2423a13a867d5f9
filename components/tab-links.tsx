'use client';

import type { Route } from 'next';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { Link } from '~/components/ui/link';
import { tabClasses } from '~/components/ui/tabs';

type TabLinksProps = {
  label: string;
  tabs: readonly { href: string; label: ReactNode }[];
  /** The address of the one that is seen, where more than the path tells them apart. */
  current?: string;
};

/** Tabs whose views have their own address. */
export function TabLinks({ label, tabs, current }: TabLinksProps) {
  const pathname = usePathname();
  return (
    <nav aria-label={label} className="mb-5 flex gap-5 overflow-x-auto border-b">
      {tabs.map((tab) => (
        <Link
          key={tab.href}
          href={tab.href as Route}
          aria-current={(current ?? pathname) === tab.href ? 'page' : undefined}
          className={tabClasses}
        >
          {tab.label}
        </Link>
      ))}
    </nav>
  );
}
