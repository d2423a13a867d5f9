'use client';

import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Dialog as Primitive } from 'radix-ui';
import type { ReactNode } from 'react';
import { buttonVariants } from './button';
import { cn } from './cn';

export const Sheet = Primitive.Root;
export const SheetTrigger = Primitive.Trigger;
export const SheetClose = Primitive.Close;

type SheetContentProps = {
  title: string;
  side?: 'left' | 'right' | 'bottom';
  /** The title is always there for screen readers; hide it where the content names itself. */
  hideTitle?: boolean;
  children: ReactNode;
  className?: string;
};

const SIDES = {
  left: 'data-[state=closed]:slide-out-to-left data-[state=open]:slide-in-from-left inset-y-0 left-0 max-w-72 border-r pb-[env(safe-area-inset-bottom)]',
  right:
    'data-[state=closed]:slide-out-to-right data-[state=open]:slide-in-from-right inset-y-0 right-0 max-w-lg border-l',
  bottom:
    'data-[state=closed]:slide-out-to-bottom data-[state=open]:slide-in-from-bottom inset-x-0 bottom-0 max-h-[85dvh] rounded-t-xl border-t pb-[env(safe-area-inset-bottom)]',
} as const;

/** A panel from the side: the menu on phones, details beside a list. */
export function SheetContent({
  title,
  side = 'right',
  hideTitle = false,
  children,
  className,
}: SheetContentProps) {
  const t = useTranslations('common');
  return (
    <Primitive.Portal>
      <Primitive.Overlay className="data-[state=closed]:fade-out-0 data-[state=open]:fade-in-0 fixed inset-0 z-50 bg-overlay data-[state=closed]:animate-out data-[state=open]:animate-in" />
      <Primitive.Content
        aria-describedby={undefined}
        className={cn(
          'fixed z-50 flex w-full flex-col overflow-y-auto bg-popover shadow-floating duration-200 focus-visible:outline-none',
          'data-[state=closed]:animate-out data-[state=open]:animate-in',
          SIDES[side],
          className,
        )}
      >
        <Primitive.Title className={hideTitle ? 'sr-only' : 'px-5 pt-5 pb-3 font-semibold text-lg'}>
          {title}
        </Primitive.Title>
        {children}
        <Primitive.Close
          aria-label={t('close')}
          className={cn(
            buttonVariants({ variant: 'ghost', size: 'icon' }),
            'absolute top-1.5 right-1.5 sm:top-3 sm:right-3',
          )}
        >
          <X aria-hidden />
        </Primitive.Close>
      </Primitive.Content>
    </Primitive.Portal>
  );
}
