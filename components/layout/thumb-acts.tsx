import type { ReactNode } from 'react';

/**
 * What is decided on a page: beside its title, and on a phone at the lower edge, in buttons that a thumb can't miss.
 * Nothing where nothing is offered.
 */
export function ThumbActs({ children }: { children: ReactNode }) {
  return (
    <div
      data-thumb
      className="contents max-sm:fixed max-sm:inset-x-0 max-sm:bottom-(--phone-bar) max-sm:z-30 max-sm:flex max-sm:gap-2 max-sm:border-t max-sm:bg-background/95 max-sm:px-4 max-sm:py-2.5 max-sm:backdrop-blur-sm max-sm:empty:hidden max-sm:[&>*]:h-12 max-sm:[&>*]:min-w-0 max-sm:[&>*]:flex-1 max-sm:[&>*]:px-2 max-sm:[&>*]:text-base"
    >
      {children}
    </div>
  );
}
