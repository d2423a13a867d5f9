'use client';

import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import * as Primitive from 'radix-ui/dialog';
import type { ReactNode } from 'react';
import { buttonVariants } from './button';
import { cn } from './cn';
import type { Layer } from './layer';

export type DialogPanelProps = {
  title: ReactNode;
  description?: ReactNode;
  children: ReactNode;
  className?: string;
};

/** What a dialog is drawn by. */
export function DialogPanel({
  layer,
  title,
  description,
  children,
  className,
}: DialogPanelProps & { layer: Layer }) {
  return (
    <Over
      layer={layer}
      {...(description === undefined ? { 'aria-describedby': undefined } : {})}
      className={cn(
        'fixed z-50 flex max-h-[calc(100dvh-2rem)] flex-col gap-4 overflow-y-auto border bg-popover p-5 shadow-floating duration-150 focus-visible:outline-none',
        'sm:top-1/2 sm:left-1/2 sm:w-full sm:max-w-md sm:-translate-x-1/2 sm:-translate-y-1/2 sm:rounded-xl',
        'max-sm:inset-x-0 max-sm:bottom-0 max-sm:rounded-t-xl max-sm:pb-[calc(1.5rem+env(safe-area-inset-bottom))]',
        // While it fades its buttons still stand there, and the second half of a double click would press one.
        'data-[state=closed]:pointer-events-none!',
        'data-[state=closed]:fade-out-0 data-[state=open]:fade-in-0 data-[state=closed]:animate-out data-[state=open]:animate-in',
        'max-sm:data-[state=open]:slide-in-from-bottom-4 sm:data-[state=open]:zoom-in-98',
        className,
      )}
    >
      <div className="grid gap-1.5 pr-8">
        <Primitive.Title className="font-semibold text-lg">{title}</Primitive.Title>
        {description === undefined ? null : (
          <Primitive.Description className="text-muted-foreground text-sm" asChild>
            <div>{description}</div>
          </Primitive.Description>
        )}
      </div>
      {children}
      <CloseButton className="top-3 right-3 max-sm:top-1.5 max-sm:right-1.5" />
    </Over>
  );
}

export type SheetPanelProps = {
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

/** What a sheet is drawn by. */
export function SheetPanel({
  layer,
  title,
  side = 'right',
  hideTitle = false,
  children,
  className,
}: SheetPanelProps & { layer: Layer }) {
  return (
    <Over
      layer={layer}
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
      <CloseButton className="top-1.5 right-1.5 sm:top-3 sm:right-3" />
    </Over>
  );
}

type OverProps = { layer: Layer; className: string; children: ReactNode; 'aria-describedby'?: undefined };

function Over({ layer: { isOpen, onOpenChange, trigger, contentId }, ...props }: OverProps) {
  return (
    <Primitive.Root open={isOpen} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <Primitive.Overlay className="data-[state=closed]:fade-out-0 data-[state=open]:fade-in-0 fixed inset-0 z-50 bg-overlay data-[state=closed]:animate-out data-[state=open]:animate-in" />
        <Primitive.Content
          id={contentId}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            trigger.current?.focus();
          }}
          {...props}
        />
      </Primitive.Portal>
    </Primitive.Root>
  );
}

function CloseButton({ className }: { className: string }) {
  const t = useTranslations('common');
  return (
    <Primitive.Close
      aria-label={t('close')}
      className={cn(buttonVariants({ variant: 'ghost', size: 'icon' }), 'absolute', className)}
    >
      <X aria-hidden />
    </Primitive.Close>
  );
}
