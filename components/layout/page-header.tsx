import { ChevronRight } from 'lucide-react';
import type { Route } from 'next';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Link } from '~/components/ui/link';

export type Breadcrumb = { label: ReactNode; href: Route };

type PageHeaderProps = {
  title: ReactNode;
  /** Beside the title: a status badge, most of the time. */
  badge?: ReactNode;
  description?: ReactNode;
  /** The way down to this page, without the page itself: it ends the way by its title. */
  breadcrumbs?: readonly Breadcrumb[];
  /** What ends the way where the title is too much for it: it has buttons, or only shows an amount. */
  here?: ReactNode;
  actions?: ReactNode;
};

/** The head of every page: where I am, what this is, what I can do. */
export function PageHeader({
  title,
  badge,
  description,
  breadcrumbs = [],
  here = title,
  actions,
}: PageHeaderProps) {
  return (
    <header className="mb-5 grid gap-1">
      {breadcrumbs.length > 0 ? <Way breadcrumbs={breadcrumbs} here={here} /> : null}
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-3">
        <div className="min-w-0">
          <div className="flex min-h-8 flex-wrap items-center gap-x-2.5 gap-y-1">
            <h1 className="min-w-0 break-words font-semibold text-xl">{title}</h1>
            {badge}
          </div>
          {description ? (
            <div className="mt-0.5 max-w-2xl text-pretty text-muted-foreground text-base">{description}</div>
          ) : null}
        </div>
        {actions ? <div className="flex flex-wrap items-center gap-2 max-sm:w-full">{actions}</div> : null}
      </div>
    </header>
  );
}

/** The way down to a page, which it ends: a link for each step, and the page itself without one. */
export function Way({ breadcrumbs, here }: { breadcrumbs: readonly Breadcrumb[]; here: ReactNode }) {
  const t = useTranslations('common');
  return (
    <nav aria-label={t('breadcrumbs')} className="mb-0.5">
      <ol className="flex flex-wrap items-center gap-1 text-muted-foreground text-sm">
        {breadcrumbs.map((crumb) => (
          <li key={crumb.href} className="flex min-w-0 items-center gap-1">
            <Link href={crumb.href} className="truncate rounded-sm hover:text-foreground max-sm:py-2">
              {crumb.label}
            </Link>
            <ChevronRight aria-hidden className="size-3.5 shrink-0 opacity-60" />
          </li>
        ))}
        <li aria-current="page" className="min-w-0 max-w-full truncate text-foreground">
          {here}
        </li>
      </ol>
    </nav>
  );
}
