import { Maximize2 } from 'lucide-react';
import type { Route } from 'next';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { ClosePeek } from '~/components/list/peek/close-peek';
import { Button } from '~/components/ui/button';
import { Link } from '~/components/ui/link';

type PeekFrameProps = {
  title: ReactNode;
  badge?: ReactNode;
  /** Whose, or to whom. */
  description?: ReactNode;
  /** The whole page of the record; null where it has none. */
  page: Route | null;
  /** What can be done about it here. */
  acts?: ReactNode;
  children: ReactNode;
};

/** A record beside its list: what it is, the way to all of it, what can be done, and what that is decided by. */
export function PeekFrame({ title, badge, description, page, acts, children }: PeekFrameProps) {
  const t = useTranslations('common.peek');
  return (
    <>
      <header className="sticky top-0 z-20 border-b bg-card px-4 py-3">
        <div className="flex items-start justify-between gap-2">
          <div className="min-w-0">
            <div className="flex min-h-8 flex-wrap items-center gap-x-2.5 gap-y-1">
              <h2 className="min-w-0 break-words font-semibold text-lg">{title}</h2>
              {badge}
            </div>
            {description ? <div className="text-muted-foreground text-sm">{description}</div> : null}
          </div>
          <div className="flex shrink-0">
            {page ? (
              <Button asChild variant="ghost" size="icon">
                <Link href={page} aria-label={t('page')} title={t('page')}>
                  <Maximize2 aria-hidden />
                </Link>
              </Button>
            ) : null}
            <ClosePeek />
          </div>
        </div>
      </header>
      {acts ? <div className="flex flex-wrap gap-2 px-4 pt-4 empty:hidden">{acts}</div> : null}
      {/* The facts of a page stand in a narrower column here. */}
      <div className="px-4 pt-4 pb-1 [&_dl>.grid]:grid-cols-[7.5rem_minmax(0,1fr)]">{children}</div>
    </>
  );
}

/** A part of what stands beside a list. */
export function PeekSection({ title, children }: { title: ReactNode; children: ReactNode }) {
  return (
    <section className="mb-6">
      <h3 className="mb-2 font-semibold text-sm">{title}</h3>
      {children}
    </section>
  );
}

/** What stands there where the address names none, or none any more. */
export function PeekGone() {
  const t = useTranslations('common.peek');
  return (
    <div className="flex items-center justify-between gap-2 px-4 py-3">
      <p className="text-muted-foreground text-sm">{t('gone')}</p>
      <ClosePeek />
    </div>
  );
}
