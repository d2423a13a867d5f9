'use client';

import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { NAV_GROUPS, NAV_ITEMS, type NavItem, type NavKey } from '~/components/layout/nav-items';
import { cn } from '~/components/ui/cn';
import { Link } from '~/components/ui/link';
import { can, isScoped, type Role } from '~/lib/roles';

/** How much waits in each place. Zero shows nothing. */
export type NavBadges = Partial<Record<NavKey, number>>;

type NavProps = { role: Role; badges?: NavBadges; onNavigate?: () => void };

/** The menu, in groups. It holds what the role may see. */
export function Nav({ role, badges = {}, onNavigate }: NavProps) {
  const t = useTranslations('nav');
  const pathname = usePathname();
  const visible = NAV_ITEMS.filter(
    (item) => can(role, item.permission) && !(item.ofTheHouse && isScoped(role)),
  );
  return (
    <nav aria-label={t('label')} className="grid gap-4 lg:gap-2">
      {NAV_GROUPS.map((group) => {
        const items = visible.filter((item) => item.group === group);
        if (items.length === 0) return null;
        const titled = items.length > 1;
        return (
          <div key={group}>
            {titled ? (
              <div id={`nav-${group}`} className="px-2 pb-1 font-medium text-muted-foreground text-xs">
                {t(`groups.${group}`)}
              </div>
            ) : null}
            <ul aria-labelledby={titled ? `nav-${group}` : undefined} className="grid gap-px">
              {items.map((item) => (
                <NavLink
                  key={item.key}
                  item={item}
                  current={isCurrent(item.href, pathname)}
                  count={badges[item.key] ?? 0}
                  onNavigate={onNavigate}
                />
              ))}
            </ul>
          </div>
        );
      })}
    </nav>
  );
}

type NavLinkProps = { item: NavItem; current: boolean; count: number; onNavigate?: () => void };

function NavLink({ item: { key, href, icon: Icon }, current, count, onNavigate }: NavLinkProps) {
  const t = useTranslations('nav');
  return (
    <li>
      <Link
        href={href}
        onClick={onNavigate}
        aria-current={current ? 'page' : undefined}
        className={cn(
          'flex h-7 items-center gap-2.5 rounded-md px-2 font-medium text-sm transition-colors max-lg:h-11',
          current
            ? 'bg-accent text-foreground [&_svg]:text-link'
            : 'text-muted-foreground hover:bg-accent/70 hover:text-foreground',
        )}
      >
        <Icon aria-hidden className="size-4 shrink-0" />
        <span className="truncate">{t(`items.${key}`)}</span>
        <WaitingCount count={count} className="ml-auto" />
      </Link>
    </li>
  );
}

/** How much waits in a place; nothing where nothing does. */
export function WaitingCount({ count, className }: { count: number; className: string }) {
  const t = useTranslations('nav');
  if (count === 0) return null;
  return (
    <span
      className={cn(
        'inline-flex h-5 min-w-5 items-center justify-center rounded-full bg-warning-soft px-1.5 text-warning text-xs tabular-nums',
        className,
      )}
    >
      <span aria-hidden>{count > 99 ? '99+' : count}</span>
      <span className="sr-only">{t('waiting', { count })}</span>
    </span>
  );
}

/** A page below an item still belongs to it; the overview is only itself. */
function isCurrent(href: string, pathname: string): boolean {
  return href === '/' ? pathname === '/' : pathname === href || pathname.startsWith(`${href}/`);
}
