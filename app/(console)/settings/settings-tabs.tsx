'use client';

import type { Route } from 'next';
import { usePathname } from 'next/navigation';
import { TabLinks } from '~/components/list/tab-links';
import { cn } from '~/components/ui/cn';
import { Link } from '~/components/ui/link';

type Tab = { href: Route; label: string };
type SettingsTabsProps = { label: string; groups: readonly { label: string; tabs: readonly Tab[] }[] };

/** The groups as tabs, each leading to its first section, and below them the sections of the one that is seen. */
export function SettingsTabs({ label, groups }: SettingsTabsProps) {
  const pathname = usePathname();
  const isSeen = ({ href }: Tab) => pathname === href || pathname.startsWith(`${href}/`);
  const seen = groups.find(({ tabs }) => tabs.some(isSeen));
  return (
    <>
      <TabLinks
        label={label}
        tabs={groups.flatMap(({ label, tabs: [first] }) => (first ? [{ href: first.href, label }] : []))}
        {...(seen?.tabs[0] && { current: seen.tabs[0].href })}
      />
      {seen && seen.tabs.length > 1 ? (
        <nav
          aria-label={seen.label}
          className="mb-6 flex flex-wrap gap-1.5 max-sm:-mx-4 max-sm:flex-nowrap max-sm:overflow-x-auto max-sm:px-4"
        >
          {seen.tabs.map((tab) => (
            <Link
              key={tab.href}
              href={tab.href}
              aria-current={isSeen(tab) ? 'page' : undefined}
              className={cn(
                'flex h-8 shrink-0 items-center rounded-full border px-3 font-medium text-muted-foreground text-sm transition-colors max-sm:h-11 max-sm:px-4',
                'hover:bg-muted hover:text-foreground',
                'aria-[current=page]:border-transparent aria-[current=page]:bg-muted aria-[current=page]:text-foreground',
              )}
            >
              {tab.label}
            </Link>
          ))}
        </nav>
      ) : null}
    </>
  );
}
