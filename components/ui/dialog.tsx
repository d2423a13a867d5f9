'use client';

import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Dialog as Primitive } from 'radix-ui';
import type { ReactNode } from 'react';
import { buttonVariants } from './button';
import { cn } from './cn';

export const Dialog = Primitive.Root;
export const DialogTrigger = Primitive.Trigger;
export const DialogClose = Primitive.Close;

type DialogContentProps = {
  title: ReactNode;
  description?: ReactNode;
  children: ReactNode;
  className?: string;
};

/** A centred dialog; on phones it rises from the bottom edge. Title and description name it for screen readers. */
export function DialogContent({ title, description, children, className }: DialogContentProps) {
  const t = useTranslations('common');
  return (
    <Primitive.Portal>
      <Primitive.Overlay className="data-[state=closed]:fade-out-0 data-[state=open]:fade-in-0 fixed inset-0 z-50 bg-overlay data-[state=closed]:animate-out data-[state=open]:animate-in" />
      <Primitive.Content
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
        <Primitive.Close
          aria-label={t('close')}
          className={cn(
            buttonVariants({ variant: 'ghost', size: 'icon' }),
            'absolute top-3 right-3 max-sm:top-1.5 max-sm:right-1.5',
          )}
        >
          <X aria-hidden />
        </Primitive.Close>
      </Primitive.Content>
    </Primitive.Portal>
  );
}

/** The row of buttons at the end of a dialog: the way out first, the act last. */
export function DialogFooter({ children }: { children: ReactNode }) {
  return <div className="flex flex-col-reverse gap-2 sm:flex-row sm:justify-end">{children}</div>;
}
