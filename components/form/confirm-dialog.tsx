'use client';

import { type ReactNode, useContext, useEffect, useState } from 'react';
import { type News, OffersContext } from '~/components/form/offers-context';
import type { FormAction } from '~/components/form/use-sending';
import { Button, type ButtonProps } from '~/components/ui/button';
import { Dialog, DialogContent, DialogTrigger } from '~/components/ui/dialog';
import { onDemand, useOnDemand } from '~/components/ui/on-demand';
import type { FormState } from '~/lib/form-state';

const form = onDemand(() => import('~/components/form/confirm-form'));

type ConfirmDialogProps = {
  action: FormAction;
  /**
   * Which act this is: what is typed is kept under it, and where the same place offers another one next, what was opened
   * for the one never does the other.
   */
  act: string;
  /** Which of several things it is about, where the offers around it are on several. */
  about?: string;
  /** What the action needs to know: the id of what it changes. */
  hidden?: Record<string, string>;
  /** The button that asks. */
  trigger: ReactNode;
  triggerVariant?: ButtonProps['variant'];
  title: ReactNode;
  /** What will happen, in words, with names and amounts. */
  consequence: ReactNode;
  /** The act, as a verb: "Congelar monedero". Never "Aceptar". */
  confirm: ReactNode;
  danger?: boolean;
  /** `required` asks for a reason and sends it as `reason`. */
  reason?: 'none' | 'optional' | 'required';
  /** Further fields, above the reason. */
  children?: ReactNode;
  /** A toast once it is done. */
  success?: string;
  /** What came of it, for who shows more of that than a toast. */
  onDone?: (state: Extract<FormState, { status: 'ok' }>) => void;
};

/** Asks before an act, says what it will do, and does it once. */
export function ConfirmDialog({
  action,
  act,
  about = '',
  hidden,
  trigger,
  triggerVariant = 'secondary',
  title,
  consequence,
  confirm,
  danger = false,
  reason = 'none',
  children,
  success,
  onDone,
}: ConfirmDialogProps) {
  const [openFor, setOpenFor] = useState<string | null>(null);
  // Nor does it come back by itself when the act is offered again.
  if (openFor !== null && openFor !== act) setOpenFor(null);
  const isOpen = openFor === act;
  const news = useNews(isOpen, about);
  const drawn = useOnDemand(form, isOpen);
  return (
    <Dialog open={isOpen} onOpenChange={(open) => setOpenFor(open ? act : null)}>
      <DialogTrigger asChild aria-busy={(isOpen && !drawn) || undefined}>
        <Button variant={triggerVariant}>{trigger}</Button>
      </DialogTrigger>
      {drawn ? (
        <DialogContent key={act} title={title} description={news ? undefined : consequence}>
          <drawn.ConfirmForm
            {...{ act, action, hidden, success, reason, confirm, danger, news }}
            onSuccess={(state) => {
              setOpenFor(null);
              onDone?.(state);
            }}
          >
            {children}
          </drawn.ConfirmForm>
        </DialogContent>
      ) : null}
    </Dialog>
  );
}

/** Tells the offers around it that it is open, and hears what somebody else did meanwhile. */
function useNews(isOpen: boolean, about: string): News | 'unknown' | null {
  const offers = useContext(OffersContext);
  const onOpen = offers?.onOpen;
  useEffect(() => {
    if (!isOpen || !onOpen) return;
    onOpen(true);
    return () => onOpen(false);
  }, [isOpen, onOpen]);
  return isOpen ? (offers?.newsOf(about) ?? null) : null;
}
