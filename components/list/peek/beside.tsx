import { useTranslations } from 'next-intl';
import type { ReactNode, RefObject } from 'react';
import { PeekContext } from '~/components/list/peek/peek-context';
import { cn } from '~/components/ui/cn';

type BesideProps = {
  /** The row whose record it is; null: the list stands alone. */
  id: string | null;
  list?: RefObject<HTMLDivElement | null>;
  aside: RefObject<HTMLElement | null>;
  panel: ReactNode;
  onClose: () => void;
  children: ReactNode;
};

/** A list, and beside it the record of one of its rows. */
export function Beside({ id, list, aside, panel, onClose, children }: BesideProps) {
  const t = useTranslations('common.peek');
  return (
    <PeekContext value={onClose}>
      <div
        data-peek={id ?? undefined}
        className={cn(
          'group/peek',
          id !== null &&
            'lg:grid lg:grid-cols-[minmax(0,1fr)_24rem] lg:items-start lg:gap-x-5 2xl:grid-cols-[minmax(0,1fr)_28rem]',
        )}
      >
        <div ref={list} className="min-w-0">
          {children}
        </div>
        {id === null ? null : (
          <aside
            ref={aside}
            aria-label={t('label')}
            className="fade-in-0 slide-in-from-right-4 sticky top-[calc(var(--sticky-top,0px)+1rem)] max-h-[calc(100dvh-var(--sticky-top,0px)-2rem)] animate-in overflow-y-auto rounded-lg border border-border-strong bg-card shadow-raised duration-150 max-lg:hidden"
          >
            <p role="status" className="sr-only">
              {t('opened')}
            </p>
            {panel}
          </aside>
        )}
      </div>
    </PeekContext>
  );
}

/** Into the record from its row. */
export function enter(aside: HTMLElement | null): void {
  aside?.querySelector<HTMLElement>('a, button')?.focus();
}

/** Whether there is room for a record beside its list; on less, it is a page. */
export function isWide(): boolean {
  return window.matchMedia('(min-width: 64rem)').matches;
}
