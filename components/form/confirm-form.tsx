'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Field, Form, SubmitButton } from '~/components/form/form';
import { useDecided } from '~/components/form/form-messages';
import type { News } from '~/components/form/offers-context';
import type { FormAction } from '~/components/form/use-sending';
import { Alert } from '~/components/ui/alert';
import { Button } from '~/components/ui/button';
import { DialogClose, DialogFooter } from '~/components/ui/dialog';
import { Textarea } from '~/components/ui/textarea';
import type { FormState } from '~/lib/form-state';

type ConfirmFormProps = {
  act: string;
  action: FormAction;
  hidden: Record<string, string> | undefined;
  success: string | undefined;
  reason: 'none' | 'optional' | 'required';
  confirm: ReactNode;
  danger: boolean;
  /** What somebody else did meanwhile. */
  news: News | 'unknown' | null;
  onSuccess: (state: Extract<FormState, { status: 'ok' }>) => void;
  children: ReactNode;
};

/** What a question asks for before it is answered, and both answers. */
export function ConfirmForm(props: ConfirmFormProps) {
  const { act, action, hidden, success, reason, confirm, danger, news, onSuccess, children } = props;
  const t = useTranslations('form');
  const common = useTranslations('common');
  return (
    <>
      {news ? <Overtaken news={news} /> : null}
      <Form
        act={act}
        action={action}
        hidden={hidden}
        success={success}
        onSuccess={onSuccess}
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
    </>
  );
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
