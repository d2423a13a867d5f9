'use client';

import { Mail } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { mailStatementAction } from '~/app/(console)/statements/actions';
import { Field, Form, SubmitButton } from '~/components/form/form';
import { Button } from '~/components/ui/button';
import { Dialog, DialogClose, DialogContent, DialogFooter, DialogTrigger } from '~/components/ui/dialog';
import { Textarea } from '~/components/ui/textarea';

/** Sends a statement's file to somebody. */
export function MailStatement({ id, name }: { id: string; name: string }) {
  const t = useTranslations('statements.mail');
  const common = useTranslations('common');
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button size="sm" aria-label={t('sendOf', { name })}>
          <Mail aria-hidden />
          {t('send')}
        </Button>
      </DialogTrigger>
      <DialogContent title={t('title')} description={t('consequence')}>
        <Form
          act="mail_statement"
          action={mailStatementAction}
          hidden={{ id }}
          success={t('asked')}
          onSuccess={() => setOpen(false)}
        >
          <Field name="mailTo" label={t('to')} hint={t('toHint')} required>
            <Textarea rows={2} maxLength={2_600} autoComplete="off" spellCheck={false} />
          </Field>
          <DialogFooter>
            <DialogClose asChild>
              <Button>{common('cancel')}</Button>
            </DialogClose>
            <SubmitButton>{t('submit')}</SubmitButton>
          </DialogFooter>
        </Form>
      </DialogContent>
    </Dialog>
  );
}
