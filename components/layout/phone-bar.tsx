import { ClipboardCheck, Ellipsis, House, type LucideIcon, Search, SearchCheck } from 'lucide-react';
import type { Route } from 'next';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { openFinder } from '~/components/layout/find/finder';
import { type NavBadges, WaitingCount } from '~/components/layout/nav';
import { cn } from '~/components/ui/cn';
import { Link } from '~/components/ui/link';
import { can, type Role } from '~/lib/roles';

type PhoneBarProps = { role: Role; badges?: NavBadges | undefined; onMore: () => void };

/** What a thumb needs most, at the edge of a phone that it reaches; everything else is one step further. */
export function PhoneBar({ role, badges = {}, onMore }: PhoneBarProps) {
  const t = useTranslations('nav');
  const find = useTranslations('find');
  return (
    <nav
      aria-label={t('bar')}
      className="fixed inset-x-0 bottom-0 z-40 grid h-(--phone-bar) grid-cols-4 border-t bg-background/95 pb-[env(safe-area-inset-bottom)] backdrop-blur-sm sm:hidden"
    >
      <Place href="/" icon={House} label={t('items.overview')} />
      {can(role, 'people:read') ? (
        <Place
          href="/approvals"
          icon={ClipboardCheck}
          label={t('items.approvals')}
          count={badges.approvals ?? 0}
        />
      ) : (
        <Place href="/where" icon={SearchCheck} label={t('items.where')} short={t('where')} />
      )}
      <button type="button" onClick={openFinder} className={PLACE}>
        <Search aria-hidden className="size-5" />
        {find('title')}
      </button>
      <button type="button" aria-haspopup="dialog" onClick={onMore} className={PLACE}>
        <Ellipsis aria-hidden className="size-5" />
        {t('more')}
      </button>
    </nav>
  );
}

const PLACE =
  'relative flex min-w-0 flex-col items-center justify-center gap-0.5 font-medium text-muted-foreground text-xs transition-colors active:bg-accent focus-visible:-outline-offset-4';

type PlaceProps = { href: Route; icon: LucideIcon; label: string; short?: string; count?: number };

function Place({ href, icon: Icon, label, short, count = 0 }: PlaceProps) {
  const pathname = usePathname();
  const current = href === '/' ? pathname === '/' : pathname.startsWith(href);
  return (
    <Link
      href={href}
      aria-current={current ? 'page' : undefined}
      aria-label={short && label}
      className={cn(PLACE, 'flex-col-reverse', current && 'text-link')}
    >
      {/* The word first, so that it is what the link is called; it is seen below. */}
      <span className="max-w-full truncate px-1">{short ?? label}</span>
      <span className="relative">
        <Icon aria-hidden className="size-5" />
        <WaitingCount count={count} className="absolute -top-2 left-3" />
      </span>
    </Link>
  );
}
