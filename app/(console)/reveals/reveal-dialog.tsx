'use client';

import { Eye } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import { revealPersonAction } from '~/app/(console)/reveals/actions';
import { Field, Form, SubmitButton } from '~/components/form/form';
import { Button } from '~/components/ui/button';
import { Dialog, DialogClose, DialogContent, DialogFooter, DialogTrigger } from '~/components/ui/dialog';
import { Textarea } from '~/components/ui/textarea';
import { type Person, REASON_MAX, REVEAL_MINUTES } from '~/lib/people/masking';

const READY = ['identity', 'payment', 'authority'] as const;

type RevealDialogProps = { person: Person; name: string | null };

/** Asks why before it shows one person's data. */
export function RevealDialog({ person: { subject, id }, name }: RevealDialogProps) {
  const t = useTranslations('reveals');
  const form = useTranslations('form');
  const common = useTranslations('common');
  const [open, setOpen] = useState(false);
  const minutes = REVEAL_MINUTES;
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button size="sm">
          <Eye aria-hidden />
          {t('action')}
        </Button>
      </DialogTrigger>
      <DialogContent
        title={name ? t('title', { name }) : t('titleUnnamed')}
        description={t(`consequence.${subject}`, { minutes })}
      >
        <Form
          act="reveal_person"
          action={revealPersonAction}
          hidden={{ subject, id }}
          onSuccess={() => setOpen(false)}
        >
          <Reason label={form('reason')} hint={form('reasonHint')} />
          <DialogFooter>
            <DialogClose asChild>
              <Button>{common('cancel')}</Button>
            </DialogClose>
            <SubmitButton>{t('confirm', { minutes })}</SubmitButton>
          </DialogFooter>
        </Form>
      </DialogContent>
    </Dialog>
  );
}

/** The usual reasons at a click, to be sent as they are or added to; any other in one's own words. */
function Reason({ label, hint }: { label: string; hint: string }) {
  const t = useTranslations('reveals');
  const box = useRef<HTMLTextAreaElement>(null);

  function fill(text: string) {
    if (!box.current) return;
    box.current.value = text;
    box.current.focus();
  }

  return (
    <>
      <fieldset className="flex flex-wrap gap-1.5">
        <legend className="mb-1.5 font-medium text-sm">{t('usual')}</legend>
        {READY.map((key) => (
          <Button key={key} size="sm" onClick={() => fill(t(`ready.${key}`))}>
            {t(`ready.${key}`)}
          </Button>
        ))}
      </fieldset>
      <Field name="reason" label={label} hint={hint} required>
        <Textarea ref={box} rows={2} maxLength={REASON_MAX} />
      </Field>
    </>
  );
}
