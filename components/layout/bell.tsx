'use client';

import { Bell as BellIcon } from 'lucide-react';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { cn } from '~/components/ui/cn';
import { Link } from '~/components/ui/link';
import { onDemand, useOnDemand } from '~/components/ui/on-demand';

const unreadPoll = onDemand(() => import('~/components/layout/unread-poll'));

/** How many notices are unread, as the page was rendered and since then; leads to them. */
export function Bell({ unread, className }: { unread: number; className?: string }) {
  const t = useTranslations('notices');
  const pathname = usePathname();
  const [told, setTold] = useState({ rendered: unread, count: unread });
  // What a page was rendered with is newer than what was asked for before it.
  const count = told.rendered === unread ? told.count : unread;
  const asking = useOnDemand(unreadPoll, true);
  const label = count > 0 ? `${t('bell')}: ${t('bellUnread', { count })}` : t('bell');
  return (
    <Link
      href="/notices"
      aria-label={label}
      title={label}
      aria-current={pathname === '/notices' ? 'page' : undefined}
      className={cn(
        'relative inline-flex items-center justify-center rounded-md text-muted-foreground transition-colors hover:bg-accent hover:text-foreground aria-[current=page]:text-foreground',
        className,
      )}
    >
      <BellIcon aria-hidden className="size-4.5" />
      {asking ? (
        <asking.UnreadPoll rendered={unread} onCount={(count) => setTold({ rendered: unread, count })} />
      ) : null}
      {count > 0 ? (
        <span
          aria-hidden
          className="absolute top-0.5 right-0.5 inline-flex h-4 min-w-4 items-center justify-center rounded-full bg-danger px-1 font-semibold text-[0.625rem] text-background tabular-nums leading-none"
        >
          {count > 99 ? '99+' : count}
        </span>
      ) : null}
    </Link>
  );
}
