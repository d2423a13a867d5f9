'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useContext, useEffect, useState } from 'react';
import { Field, Form, SubmitButton } from '~/components/form/form';
import { useDecided } from '~/components/form/form-messages';
import { type News, OffersContext } from '~/components/form/offers-context';
import type { FormAction } from '~/components/form/use-sending';
import { Alert } from '~/components/ui/alert';
import { Button, type ButtonProps } from '~/components/ui/button';
import { Dialog, DialogClose, DialogContent, DialogFooter, DialogTrigger } from '~/components/ui/dialog';
import { Textarea } from '~/components/ui/textarea';
import type { FormState } from '~/lib/form-state';

type ConfirmDialogProps = {
  action: FormAction;
  /** Which act this is, where the same place offers another one next: what was opened for the one never does the other. */
  act?: string;
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
  act = '',
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
  const t = useTranslations('form');
  const common = useTranslations('common');
  const [openFor, setOpenFor] = useState<string | null>(null);
  // Nor does it come back by itself when the act is offered again.
  if (openFor !== null && openFor !== act) setOpenFor(null);
  const isOpen = openFor === act;
  const news = useNews(isOpen, about);
  return (
    <Dialog open={isOpen} onOpenChange={(open) => setOpenFor(open ? act : null)}>
      <DialogTrigger asChild>
        <Button variant={triggerVariant}>{trigger}</Button>
      </DialogTrigger>
      <DialogContent key={act} title={title} description={news ? undefined : consequence}>
        {news ? <Overtaken news={news} /> : null}
        <Form
          action={action}
          hidden={hidden}
          success={success}
          onSuccess={(state) => {
            setOpenFor(null);
            onDone?.(state);
          }}
          className={news ? 'hidden' : undefined}
        >
          {children}
          {reason === 'none' ? null : (
            <Field name="reason" label={t('reason')} hint={t('reasonHint')} required={reason === 'required'}>
              <Textarea rows={2} maxLength={500} />
            </Field>
          )}
          <DialogFooter>
            <DialogClose asChild>
              <Button>{common('cancel')}</Button>
            </DialogClose>
            <SubmitButton variant={danger ? 'danger' : 'primary'}>{confirm}</SubmitButton>
          </DialogFooter>
        </Form>
      </DialogContent>
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

/** In place of the question: what it was about has changed. */
function Overtaken({ news }: { news: News | 'unknown' }) {
  const t = useTranslations('form.overtaken');
  const common = useTranslations('common');
  const decided = useDecided();
  return (
    <>
      <Alert tone="warning" role="alert" title={t('title')}>
        {news === 'unknown' ? t('unknown') : decided({ ...news, at: news.at.toISOString() })}
      </Alert>
      <DialogFooter>
        <DialogClose asChild>
          <Button variant="primary">{common('close')}</Button>
        </DialogClose>
      </DialogFooter>
    </>
  );
}
